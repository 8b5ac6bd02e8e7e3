package io.leadpulse.domain.measure;

import java.util.Map;
import java.util.TreeMap;

/** Counts of durations by bucket of {@link LogBuckets}; percentiles to 1 %. */
public final class DurationHistogram {
    private static final double MILLIS_PER_DAY = 86_400_000.0;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    /** Adds so many durations of a bucket; a negative count takes them out again. */
    public void add(int bucket, long count) {
        counts.merge(bucket, count, Math::addExact);
        total = Math.addExact(total, count);
    }

    /** The duration in days that the given share of all does not exceed (nearest rank); null when there is none. */
    public Double percentileDays(double share) {
        Double millis = percentileMillis(share);
        return millis == null ? null : (Double) (millis / MILLIS_PER_DAY);
    }

    /** The same in milliseconds. */
    public Double percentileMillis(double share) {
        if (total <= 0) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return LogBuckets.middleMillis(bucket.getKey());
            }
        }
        throw new IllegalStateException("fewer counts than their total");
    }
}
