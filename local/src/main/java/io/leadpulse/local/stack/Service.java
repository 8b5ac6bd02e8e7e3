package io.leadpulse.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One process of the stack: how it is prepared, started, known to be well, and stopped. */
interface Service {
    /** Which one it is. */
    Role role();

    /** Whatever must be there before it starts: its folder, configuration, database. Called before every start. */
    void prepare(Spawner spawner) throws IOException, StackException, InterruptedException;

    /** The command. */
    Launch launch() throws IOException;

    /** The ports on which that very process must listen, checked besides its health. */
    List<Integer> listensOn();

    /** Whether it does its work. */
    HealthCheck health();

    /** How long the first start may take. */
    default Duration startDeadline() {
        return Duration.ofMinutes(2);
    }

    /** How long it may take to end before it is killed. */
    default Duration stopDeadline() {
        return Duration.ofSeconds(5);
    }

    /** Name of the signal that asks it to end soon but in order. */
    default String stopSignal() {
        return "TERM";
    }
}
