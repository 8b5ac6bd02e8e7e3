package io.leadpulse.domain.correlation;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import java.util.Arrays;
import java.util.List;

/**
 * Whether two quantities rise together: Spearman's rank correlation. Moves together is no cause.
 *
 * <p>Pearson's correlation of the ranks, where equal values share the mean of their ranks (C. Spearman, The Proof and
 * Measurement of Association between Two Things, American Journal of Psychology 15 (1904), 72-101; for ties M. G.
 * Kendall, Rank Correlation Methods, chapter 3). Ranks are summed as whole numbers, so the order of the pairs does not
 * matter to the last bit.
 *
 * @param pairs how many pairs there are
 * @param rho -1 (one falls as the other rises) to 1; null if it cannot be said
 * @param lack null if it can be said
 */
public record RankCorrelation(int pairs, Double rho, Lack lack) {

    /** Nothing is said of fewer pairs. */
    public static final int MIN_PAIRS = 30;

    /** More pairs would overflow the sums of ranks. */
    static final int MAX_PAIRS = 1_000_000;

    /** One observation of both quantities; both finite, else {@link IllegalArgumentException}. */
    public record Pair(double x, double y) {
        /** Refuses what has no rank. */
        public Pair {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("a pair of " + x + " and " + y + " has no rank");
            }
        }
    }

    /**
     * The correlation of these pairs; below {@link #MIN_PAIRS}, and where all of one side are equal, what it needs.
     *
     * @param pairs in any order, at most a million
     */
    public static RankCorrelation of(List<Pair> pairs) {
        int n = pairs.size();
        Lack lack = Lack.unless(LackKind.TOO_FEW_PAIRS, n, MIN_PAIRS);
        if (lack != null) {
            return new RankCorrelation(n, null, lack);
        }
        if (n > MAX_PAIRS) {
            throw new IllegalArgumentException(n + " pairs are too many: at most " + MAX_PAIRS);
        }
        long[] x = centredRanks(pairs.stream().mapToDouble(Pair::x).toArray());
        long[] y = centredRanks(pairs.stream().mapToDouble(Pair::y).toArray());
        long squaresOfX = sumOfProducts(x, x);
        long squaresOfY = sumOfProducts(y, y);
        if (squaresOfX == 0 || squaresOfY == 0) {
            return new RankCorrelation(n, null, Lack.of(LackKind.NO_VARIATION));
        }
        double rho = sumOfProducts(x, y) / (Math.sqrt((double) squaresOfX) * Math.sqrt((double) squaresOfY));
        return new RankCorrelation(n, Math.max(-1, Math.min(1, rho)), null);
    }

    /** Twice the distance of each value's rank from the middle rank: always a whole number. */
    private static long[] centredRanks(double[] values) {
        double[] sorted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            // 0.0 and -0.0 are equal, but would be sorted apart.
            values[i] += 0.0;
            sorted[i] = values[i];
        }
        Arrays.sort(sorted);
        long[] ranks = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            long below = firstNotBelow(sorted, values[i]);
            long upTo = firstAbove(sorted, values[i]);
            // Ranks below+1..upTo share (below + 1 + upTo) / 2; the middle rank is (n + 1) / 2.
            ranks[i] = below + upTo - values.length;
        }
        return ranks;
    }

    private static int firstNotBelow(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int firstAbove(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long sumOfProducts(long[] a, long[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
