package io.leadpulse.serving.read;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline far beyond what it should take. */
public final class Await {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final long FIRST_NANOS = 5_000_000;
    /** Looking takes time from those that are looked at. */
    private static final long LONGEST_NANOS = 150_000_000;

    private static final long LEAST_OFTEN_NANOS = 1_000_000_000;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @param what for the message when it never does
     * @param seen what there is instead, for the same
     */
    public static void until(String what, Callable<Boolean> condition, Supplier<?> seen) throws Exception {
        until(what, DEADLINE, condition, seen);
    }

    /** The same for what takes long. */
    public static void until(String what, Duration within, Callable<Boolean> condition, Supplier<?> seen)
            throws Exception {
        until(what, within, condition, seen, LONGEST_NANOS, LEAST_OFTEN_NANOS);
    }

    /** The same for what passes again: it is looked for without pause. */
    public static void moment(String what, Callable<Boolean> condition, Supplier<?> seen) throws Exception {
        until(what, DEADLINE, condition, seen, FIRST_NANOS, FIRST_NANOS);
    }

    private static void until(
            String what,
            Duration within,
            Callable<Boolean> condition,
            Supplier<?> seen,
            long longestNanos,
            long leastOftenNanos)
            throws Exception {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        long pauseNanos = FIRST_NANOS;
        while (true) {
            long lookNanos = System.nanoTime();
            if (condition.call()) {
                return;
            }
            long lookedNanos = System.nanoTime();
            if (lookedNanos - deadlineNanos > 0) {
                throw new AssertionError(what + " did not come; there is " + seen.get());
            }
            // Whoever looks long looks seldom: at most a fifth of the time.
            LockSupport.parkNanos(Math.max(pauseNanos, Math.min(leastOftenNanos, 4 * (lookedNanos - lookNanos))));
            pauseNanos = Math.min(longestNanos, pauseNanos * 3 / 2);
        }
    }
}
