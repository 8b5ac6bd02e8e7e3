package io.leadpulse.bench.latency;

import java.util.concurrent.TimeUnit;

/**
 * Finds the rate that an engine sustains: bursts of records of the present, sent as fast as the broker takes them, each larger than the
 * one before, until one takes long enough. Those before it are the warm-up. The rate is records by the time until the last result
 * can be read, with all that an engine waits for before it commits: somewhat less than it might do without an end.
 */
final class Bursts {
    /** In each burst there are so many. */
    static final int PROBES = 20;

    private static final int MAX_BURSTS = 12;

    /** How many there are at most in all bursts. */
    static final int MAX_PROBES = MAX_BURSTS * PROBES;

    private static final long LEAST = 2_000;
    private static final long MOST = 8_000_000;
    private static final int GROWTH = 4;
    private static final long LONG_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Aimed at, so that a burst that is a little faster than expected still takes long enough. */
    private static final long AIM_NANOS = TimeUnit.SECONDS.toNanos(25);

    private static final double NANOS = 1e9;

    private int bursts;
    private long records = LEAST;
    private double perSecond;

    /** How many records the next burst has. */
    long records() {
        return records;
    }

    /** It took so long; false if another is to follow. */
    boolean took(long nanos) {
        perSecond = records * NANOS / nanos;
        bursts++;
        if (nanos >= LONG_ENOUGH_NANOS || records >= MOST || bursts == MAX_BURSTS) {
            return true;
        }
        long aimed = (long) ((double) records * AIM_NANOS / nanos);
        records = Math.min(MOST, Math.min(GROWTH * records, Math.max(aimed, records + records / 2)));
        return false;
    }

    /** Records a second of the latest burst. */
    int perSecond() {
        return (int) perSecond;
    }
}
