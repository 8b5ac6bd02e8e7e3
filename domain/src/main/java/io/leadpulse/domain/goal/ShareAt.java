package io.leadpulse.domain.goal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The share of a period that is usually won by a position in its business time.
 *
 * @param share usually 0..1; refunds can push it outside
 * @param wonByThen numerator, rounded (it lies on a straight line between two points): what the periods before had won
 *     by this position; null if linear
 * @param wonInAll denominator: what they won in all; null if linear
 * @param periodsWithSales how many of the periods before have sales
 * @param basis how it was found
 */
public record ShareAt(double share, Long wonByThen, Long wonInAll, int periodsWithSales, ShareBasis basis) {

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    /** This share of an amount, rounded half up to whole units; held within the range of a long. */
    public long of(long amount) {
        return part(amount, share);
    }

    static long part(long amount, double share) {
        return whole(BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(share)));
    }

    /** Rounded half up, and held within the range of a long: a freak share must not stop the engine. */
    static long whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP)
                .max(MIN_LONG)
                .min(MAX_LONG)
                .longValueExact();
    }
}
