package io.leadpulse.schemas.result;

import java.util.List;
import java.util.Map;

/**
 * How one period goes ({@code sales.progress.v1}, key: scope, period kind, period). What cannot be said yet is null, and
 * {@code needs} says what it needs.
 *
 * @param scope {@code company}, {@code team:north} or {@code rep:17}
 * @param periodKind day, week, month, quarter, year, total, or trailing_90_days (as-of's day and the 89 before)
 * @param period the period by name: {@code 2017-06-28}; a week by its first day; {@code 2017-06}, {@code 2017-Q2},
 *     {@code 2017}; {@code total}; {@code current} for the trailing days
 * @param label the period as people call it, by the company's months: {@code Aban 1405}; null in records of before 0.2
 * @param startMillis first instant of the period, epoch milliseconds; null for total
 * @param endMillis first instant after it, epoch milliseconds; null for total
 * @param sales what was sold in it
 * @param goals how its goals stand, one per measure; empty when none was given
 * @param needs what is missing before a number appears, by the number's name; empty when all are there
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record ProgressRecord(
        String scope,
        String periodKind,
        String period,
        String label,
        Long startMillis,
        Long endMillis,
        Sales sales,
        List<Goal> goals,
        Map<String, String> needs,
        long asOfMillis) {

    /** Whether nothing happened in the period and nothing was asked for. */
    public boolean isEmpty() {
        return goals.isEmpty()
                && sales.wonAmountMinor() == 0
                && sales.wonCount() == 0
                && sales.lostCount() == 0
                && sales.openedCount() == 0;
    }

    /**
     * What was sold. Win rate and mean cycle are written beside the sums that they are made of.
     *
     * @param wonAmountMinor amount won less refunds, minor units
     * @param wonCount deals won
     * @param lostCount deals lost
     * @param openedCount deals opened
     * @param cycleCount deals in the cycle's mean
     * @param cycleSumMillis sum of their cycles, milliseconds
     * @param cycleMedianDays median cycle in days, to 1 %; null without a deal
     */
    public record Sales(
            long wonAmountMinor,
            long wonCount,
            long lostCount,
            long openedCount,
            long cycleCount,
            long cycleSumMillis,
            Double cycleMedianDays) {}

    /**
     * How one goal stands. Quantities are minor units where the unit is money, else pieces.
     *
     * @param measure what is to be reached, such as {@code won_amount}
     * @param unit what it is counted in
     * @param goal the goal
     * @param achieved what is reached
     * @param attainment achieved / goal; null when the goal is 0
     * @param expectedShare share of the period usually reached by now, 0..1
     * @param isLinear whether that share is only the share of the time, for want of earlier periods
     * @param expected goal x that share
     * @param ahead achieved less expected; negative is behind
     * @param paceIndex achieved / expected
     * @param projection what the whole period will bring at this pace
     * @param requiredPerDay what each business day left must bring
     * @param businessDaysLeft business days left, the remaining part of today counted as such
     * @param dealsNeeded deals still to be won
     * @param opportunitiesNeeded opportunities needed for these
     * @param openOpportunities open opportunities due in the period, to compare with
     * @param leadsNeeded leads needed for these
     */
    public record Goal(
            String measure,
            Unit unit,
            long goal,
            long achieved,
            Double attainment,
            Double expectedShare,
            boolean isLinear,
            Long expected,
            Long ahead,
            Double paceIndex,
            Long projection,
            Long requiredPerDay,
            Double businessDaysLeft,
            Long dealsNeeded,
            Long opportunitiesNeeded,
            Long openOpportunities,
            Long leadsNeeded) {}
}
