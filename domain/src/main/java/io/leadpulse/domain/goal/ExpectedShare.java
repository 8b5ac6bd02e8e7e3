package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.PeriodKind;
import java.util.List;

/**
 * Which share of a period is usually won by a position in its business time: the sum of what was won up to that
 * position / the sum of what was won in all, over the last like periods (a ratio of sums, so that big periods weigh
 * more); immutable.
 *
 * <p>It is linear in the position for a year, and, marked so, while fewer than {@link #MIN_PERIODS_WITH_SALES} of the
 * periods have sales.
 */
public final class ExpectedShare {

    /** So many of the like periods must have sales before their curve says more than a straight line. */
    public static final int MIN_PERIODS_WITH_SALES = 4;

    private final List<WonCurve> curves;
    private final ShareBasis basis;
    private final int periodsWithSales;
    private final long wonInAll;

    private ExpectedShare(List<WonCurve> curves, ShareBasis basis, int periodsWithSales, long wonInAll) {
        this.curves = curves;
        this.basis = basis;
        this.periodsWithSales = periodsWithSales;
        this.wonInAll = wonInAll;
    }

    /** How many like periods count: 8 like weekdays for a day, 8 weeks, 6 months, 4 quarters; none for a year. */
    public static int likePeriods(PeriodKind kind) {
        return switch (kind) {
            case DAY, WEEK -> 8;
            case MONTH -> 6;
            case QUARTER -> 4;
            case YEAR, TOTAL -> 0;
        };
    }

    /**
     * The share for a period of a kind.
     *
     * @param likePeriods the curves of the last {@link #likePeriods(PeriodKind)} periods, restated, those without
     *     business time left out; not used for a year
     */
    public static ExpectedShare of(PeriodKind kind, List<WonCurve> likePeriods) {
        int withSales = 0;
        long wonInAll = 0;
        for (WonCurve curve : likePeriods) {
            wonInAll = Math.addExact(wonInAll, curve.total());
            if (curve.total() > 0) {
                withSales++;
            }
        }
        if (likePeriods(kind) == 0) {
            return new ExpectedShare(List.of(), ShareBasis.LINEAR, withSales, 0);
        }
        // More refunded than won is no curve either.
        return withSales < MIN_PERIODS_WITH_SALES || wonInAll <= 0
                ? new ExpectedShare(List.of(), ShareBasis.LINEAR_TOO_FEW_PERIODS, withSales, 0)
                : new ExpectedShare(List.copyOf(likePeriods), ShareBasis.LIKE_PERIODS, withSales, wonInAll);
    }

    /**
     * The share at a position.
     *
     * @param position business time elapsed / business time of the period, 0..1
     */
    public ShareAt at(double position) {
        if (basis != ShareBasis.LIKE_PERIODS) {
            return new ShareAt(position, null, null, periodsWithSales, basis);
        }
        double wonByThen = 0;
        for (WonCurve curve : curves) {
            wonByThen += curve.wonAt(position);
        }
        return new ShareAt(wonByThen / wonInAll, Math.round(wonByThen), wonInAll, periodsWithSales, basis);
    }
}
