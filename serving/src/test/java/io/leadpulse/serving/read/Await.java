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
        until(what, within, condition, seen, LONGEST_NANOS);
    }

    /** The same for what passes again: it is looked for without pause. */
    public static void moment(String what, Callable<Boolean> condition, Supplier<?> seen) throws Exception {
        until(what, DEADLINE, condition, seen, FIRST_NANOS);
    }

    private static void until(
            String what, Duration within, Callable<Boolean> condition, Supplier<?> seen, long longestNanos)
            throws Exception {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        long pauseNanos = FIRST_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError(what + " did not come; there is " + seen.get());
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(longestNanos, pauseNanos * 3 / 2);
        }
    }
}
