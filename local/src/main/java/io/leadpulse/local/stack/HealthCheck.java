package io.leadpulse.local.stack;

import java.util.Optional;

/** Says whether a process does its work. */
@FunctionalInterface
interface HealthCheck {
    /**
     * Asks once, within a few seconds.
     *
     * @return empty if it is well, else what is wrong, in a few words
     * @throws InterruptedException if nobody wants to know any more
     */
    Optional<String> problem() throws InterruptedException;
}
