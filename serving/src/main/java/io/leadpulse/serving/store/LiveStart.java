package io.leadpulse.serving.store;

import java.time.Duration;

/**
 * When results begin to be live: the engine has read all that stood in the topics of events, and has had time to say what
 * follows from it. It says sums of history up to two seconds after it has read it ({@code HistoryPace}), when a checkpoint with
 * all of it may be complete; what it says then of past days corrects nothing. An engine that is behind again meanwhile
 * still reads its history. Asked about once a second, by the machine's clock, whatever time the company has; not thread-safe.
 */
final class LiveStart {
    /** Twice what the engine takes its time for, for one that has much to say at once. */
    static final Duration SAID_WITHIN = Duration.ofSeconds(4);

    private boolean hasReadAll;
    private long readAllNanos;

    /**
     * Whether results are live from now on.
     *
     * @param engineHasReadAll whether the engine has read all that stands in the topics of events
     * @param nowNanos as of {@link System#nanoTime}
     */
    boolean isNow(boolean engineHasReadAll, long nowNanos) {
        if (engineHasReadAll && !hasReadAll) {
            readAllNanos = nowNanos;
        }
        hasReadAll = engineHasReadAll;
        return hasReadAll && nowNanos - readAllNanos >= SAID_WITHIN.toNanos();
    }

    /** Whether the engine had read all when it was last asked. */
    boolean hasReadAll() {
        return hasReadAll;
    }
}
