package io.leadpulse.lead;

import io.leadpulse.engine.HistoryPace;

/**
 * Whether history is coming in: inputs far behind the clock, one soon after the other, as with an import into a running
 * engine. A lead's alerts, read after each event of its past as of the present, would be told and taken back again and
 * again: it was not contacted, it was, it is idle, it is not. So nobody's alerts are judged until the burst is over.
 *
 * <p>By the machine's clock, since the engine's stands still or jumps meanwhile. One for all leads of a subtask; not kept
 * over a restart, after which at worst some alerts are judged once more.
 */
final class LateBurst {
    /** An input so far behind the clock is of the past. What a CRM or a browser says with some delay is not. */
    static final long LATE_MILLIS = HistoryPace.PAST_MILLIS;

    /** After so long without one the burst is over. */
    static final long CALM_MILLIS = 2_000;

    /** Where it was gathered: what still is, by visitors or by the lead, comes that much later. */
    static final long CALM_OF_GATHERED_MILLIS = HistoryPace.GATHER_MILLIS + CALM_MILLIS;

    /** A lead that waits is looked at so often. */
    static final long LOOK_AGAIN_MILLIS = 5_000;

    /** A source that always tells late is no burst: after so long everything is judged at once, until it is calm. */
    static final long PATIENCE_MILLIS = 300_000;

    private long firstMillis;
    private long calmMillis = Long.MIN_VALUE;

    /**
     * An input of the past has come.
     *
     * @param isGathered whether it waited for others, as where many of the past come
     */
    void extend(long wallMillis, boolean isGathered) {
        if (wallMillis >= calmMillis) {
            firstMillis = wallMillis;
        }
        calmMillis = Math.max(calmMillis, wallMillis + (isGathered ? CALM_OF_GATHERED_MILLIS : CALM_MILLIS));
    }

    /** Whether it is to be waited for. */
    boolean lasts(long wallMillis) {
        return wallMillis < calmMillis && wallMillis - firstMillis < PATIENCE_MILLIS;
    }

    /** When a lead that waits is looked at next: at fixed times, so that it has one timer, however much it gets. */
    static long nextLook(long wallMillis) {
        return (Math.floorDiv(wallMillis + CALM_MILLIS, LOOK_AGAIN_MILLIS) + 1) * LOOK_AGAIN_MILLIS;
    }
}
