package io.leadpulse.domain.rate;

/**
 * The score interval of a proportion, without continuity correction: all proportions that a score test would not reject.
 *
 * <p>E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American
 * Statistical Association 22 (1927), 209-212; method 3 of R. G. Newcombe, Two-sided Confidence Intervals for the Single
 * Proportion: Comparison of Seven Methods, Statistics in Medicine 17 (1998), 857-872.
 */
final class WilsonInterval {

    /** The normal quantile of 97.5 %: two-sided 95 %. */
    static final double Z_95 = 1.959963984540054;

    private static final double Z_SQUARED = Z_95 * Z_95;

    private WilsonInterval() {}

    /**
     * The interval of k of n.
     *
     * @param k 0..n
     * @param n at least 1
     * @return within 0..1; exactly 0 below none of them, exactly 1 above all of them
     */
    static Interval of(long k, long n) {
        double middle = 2.0 * k + Z_SQUARED;
        double half = Z_95 * Math.sqrt(Z_SQUARED + 4.0 * k * ((double) (n - k) / n));
        double divisor = 2.0 * (n + Z_SQUARED);
        return new Interval(
                k == 0 ? 0.0 : Math.max(0.0, (middle - half) / divisor),
                k == n ? 1.0 : Math.min(1.0, (middle + half) / divisor));
    }
}
