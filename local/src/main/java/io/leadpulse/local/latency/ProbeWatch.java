package io.leadpulse.local.latency;

import java.util.Arrays;

/**
 * When the value that is watched first included each probe. Safe for several threads.
 *
 * <p>Each probe adds less than the one before it, so that the sum up to a probe is not reached by the next one having
 * overtaken it.
 */
final class ProbeWatch {
    private static final long NOT_SEEN = Long.MIN_VALUE;

    private final long[] sumsMinor;
    private final long[] seenNanos;
    private int seen;

    /** Waits for so many probes, each of them so many deals, on top of what is there. */
    ProbeWatch(int probes, int dealsEach, long beforeMinor) {
        sumsMinor = new long[probes];
        seenNanos = new long[probes];
        Arrays.fill(seenNanos, NOT_SEEN);
        long sum = beforeMinor;
        for (int probe = 0; probe < probes; probe++) {
            sum += dealsEach * amountMinor(probe, probes);
            sumsMinor[probe] = sum;
        }
    }

    /**
     * Waits for so many leads, each of which adds one. One that overtakes another is taken for it: their latencies are
     * changed for each other, and their distribution stays.
     */
    static ProbeWatch ofLeads(int probes) {
        ProbeWatch watch = new ProbeWatch(probes, 0, 0);
        Arrays.setAll(watch.sumsMinor, probe -> probe + 1L);
        return watch;
    }

    /** Amount of a probe, minor units: from twice their number down to above the number. */
    static long amountMinor(int probe, int probes) {
        return 2L * probes - probe;
    }

    /**
     * Takes in the value of now.
     *
     * @param valueMinor the sum, minor units
     * @param nowNanos by {@link System#nanoTime}
     */
    synchronized void see(long valueMinor, long nowNanos) {
        while (seen < sumsMinor.length && valueMinor >= sumsMinor[seen]) {
            seenNanos[seen] = nowNanos;
            seen++;
        }
    }

    /** How many were seen. */
    synchronized int seen() {
        return seen;
    }

    synchronized boolean isComplete() {
        return seen == sumsMinor.length;
    }

    /** When a probe was seen, by {@link System#nanoTime}; only of one that was. */
    synchronized long seenNanos(int probe) {
        if (seenNanos[probe] == NOT_SEEN) {
            throw new IllegalStateException("probe " + probe + " was not seen");
        }
        return seenNanos[probe];
    }
}
