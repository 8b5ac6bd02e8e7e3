package io.leadpulse.domain.measure;

/**
 * Log-spaced buckets, each 1 % wider than the one before: counts per bucket give percentiles to 1 % and, unlike a
 * sketch, a single value can be taken out again.
 */
public final class LogBuckets {
    private static final double GROWTH = 1.01;
    private static final double LOG_GROWTH = StrictMath.log(GROWTH);

    /** The bucket of everything below one millisecond. */
    public static final int ZERO = -1;

    /**
     * The bucket of a duration.
     *
     * @param millis duration in milliseconds; below 1 gives {@link #ZERO}
     */
    public static int indexOf(long millis) {
        return millis < 1 ? ZERO : (int) (StrictMath.log((double) millis) / LOG_GROWTH);
    }

    /**
     * The duration that stands for a bucket, in milliseconds: the middle of its bounds on the log scale, at most 0.5 %
     * away from every duration in it.
     */
    public static double middleMillis(int index) {
        return index < 0 ? 0 : StrictMath.exp((index + 0.5) * LOG_GROWTH);
    }

    private LogBuckets() {}
}
