package io.leadpulse.local.latency;

import java.util.Arrays;

/** Some measured times; percentiles are those of the times themselves, by nearest rank, not of buckets. */
public final class Latencies {
    private static final int PERCENT = 100;

    private final long[] sortedMillis;

    /**
     * Times in any order.
     *
     * @param millis at least one, milliseconds
     */
    Latencies(long[] millis) {
        if (millis.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sortedMillis = millis.clone();
        Arrays.sort(sortedMillis);
    }

    /** How many were measured. */
    public int count() {
        return sortedMillis.length;
    }

    /** The smallest time that at least {@code percent} of all do not exceed, milliseconds; 1 to 100. */
    public long percentileMillis(int percent) {
        int rank = Math.toIntExact(((long) percent * sortedMillis.length + PERCENT - 1) / PERCENT);
        return sortedMillis[rank - 1];
    }

    /** The longest, milliseconds. */
    public long maxMillis() {
        return sortedMillis[sortedMillis.length - 1];
    }
}
