package io.leadpulse.serving.store;

import java.time.Duration;

/**
 * When results begin to be live: the engine has read all that stood in the topics of events, and has had time to say what
 * follows from it. It says sums of history up to two seconds after it has read it ({@code HistoryPace}), when a checkpoint with
 * all of it may be complete; what it says then of past days corrects nothing. An engine that is behind again for
 * longer than {@link #BEHIND} still reads its history; one whose lag, between two checkpoints, comes and goes does not. Asked about once a second, by the machine's clock, whatever time the company has; not thread-safe.
 */
final class LiveStart {
    /** Twice what the engine takes its time for, for one that has much to say at once. */
    static final Duration SAID_WITHIN = Duration.ofSeconds(4);

    /** Some checkpoints: between two of them an engine that keeps up is behind by what comes in. */
    static final Duration BEHIND = Duration.ofSeconds(5);

    private boolean hasReadAll;
    private boolean ever;
    private long firstNanos;
    private long latestNanos;

    /**
     * Whether results are live from now on.
     *
     * @param engineHasReadAll whether the engine has read all that stands in the topics of events
     * @param nowNanos as of {@link System#nanoTime}
     */
    boolean isNow(boolean engineHasReadAll, long nowNanos) {
        hasReadAll = engineHasReadAll;
        if (!hasReadAll) {
            return false;
        }
        if (!ever || nowNanos - latestNanos > BEHIND.toNanos()) {
            firstNanos = nowNanos;
        }
        ever = true;
        latestNanos = nowNanos;
        return nowNanos - firstNanos >= SAID_WITHIN.toNanos();
    }

    /** Whether the engine had read all when it was last asked. */
    boolean hasReadAll() {
        return hasReadAll;
    }
}
