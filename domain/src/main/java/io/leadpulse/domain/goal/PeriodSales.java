package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.measure.Measure;

/**
 * What a scope sold in a period.
 *
 * @param wonAmountMinor amount won less refunds, minor units
 * @param wonDealAmountMinor amount won without refunds, minor units
 * @param wonCount deals won; each of them has a cycle
 * @param lostCount deals lost
 * @param openedCount deals opened
 * @param cycleSumMillis sum of the cycles of the won deals, milliseconds
 * @param cycleMedianDays median cycle in days, to 1 %; null without a won deal
 */
public record PeriodSales(
        long wonAmountMinor,
        long wonDealAmountMinor,
        long wonCount,
        long lostCount,
        long openedCount,
        long cycleSumMillis,
        Double cycleMedianDays) {

    /** Reads it from sums. */
    public static PeriodSales of(ScopeSums sums, Period period) {
        return new PeriodSales(
                sums.sumOver(Measure.WON_AMOUNT, period),
                sums.sumOver(Measure.WON_DEAL_AMOUNT, period),
                sums.sumOver(Measure.WON_COUNT, period),
                sums.sumOver(Measure.LOST_COUNT, period),
                sums.sumOver(Measure.OPENED_COUNT, period),
                sums.sumOver(Measure.CYCLE_MILLIS, period),
                sums.histogramOver(Measure.CYCLE_HISTOGRAM, ScopeSums.NO_DIMENSION, period)
                        .percentileDays(0.5));
    }

    /** Deals won / deals closed. */
    public Ratio winRate() {
        return new Ratio(wonCount, wonCount + lostCount);
    }

    /** Money of won deals without refunds / deals won. */
    public Ratio wonAmountPerDeal() {
        return new Ratio(wonDealAmountMinor, wonCount);
    }
}
