package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Ratio;
import java.util.Objects;

/**
 * Everything that the progress of one scope in one period is computed from, as of one time.
 *
 * @param measure what the goal is measured in; the unit of {@code won} and {@code goal}
 * @param periodKind the kind of the period
 * @param won won so far in the period
 * @param goal the goal that rules; null if there is none
 * @param share what is expected by now; null if the period has no business time, and for the total
 * @param businessDaysLeft business days from now to the period's end, today's remaining part counted as such
 * @param restMillis time from now to the period's end, milliseconds
 * @param wonAmountPerDeal money won / deals won, of the last 90 days
 * @param winRate opportunities won / won and lost
 * @param openOpportunitiesDue open opportunities expected to close in the period
 * @param leadToSale sales / leads that are old enough to be judged
 * @param medianLeadToSaleMillis median time from a lead's creation to its sale, milliseconds; null if not known
 */
public record GoalSituation(
        GoalMeasure measure,
        PeriodKind periodKind,
        long won,
        Long goal,
        ShareAt share,
        double businessDaysLeft,
        long restMillis,
        Ratio wonAmountPerDeal,
        Ratio winRate,
        long openOpportunitiesDue,
        Ratio leadToSale,
        Long medianLeadToSaleMillis) {
    public GoalSituation {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(periodKind, "periodKind");
        Objects.requireNonNull(wonAmountPerDeal, "wonAmountPerDeal");
        Objects.requireNonNull(winRate, "winRate");
        Objects.requireNonNull(leadToSale, "leadToSale");
        if (goal != null && goal < 1) {
            throw new IllegalArgumentException("goal " + goal + " is not allowed: at least 1, or none");
        }
    }
}
