package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import java.util.Objects;

/**
 * A goal as it was given, from a time on; a later record for the same periods replaces it from its own time on.
 *
 * @param scope whose goal: {@code company}, {@code team:north}, {@code rep:17}
 * @param measure what it is measured in
 * @param activity the kind of activity counted; given for {@link GoalMeasure#ACTIVITIES} and null otherwise
 * @param periodKind day to year; the goal of the total is that of the year
 * @param periodEpochDay a day of the one period it is for; null if it recurs in every period of the kind
 * @param amount minor units or a count, at least 1; null withdraws the goal from then on
 * @param effectiveFromMillis epoch milliseconds; {@link Long#MIN_VALUE} if it always held
 */
public record Goal(
        String scope,
        GoalMeasure measure,
        EventKind activity,
        PeriodKind periodKind,
        Long periodEpochDay,
        Long amount,
        long effectiveFromMillis) {
    public Goal {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(periodKind, "periodKind");
        if (periodKind == PeriodKind.TOTAL) {
            throw new IllegalArgumentException("goal of " + scope
                    + ": the total has no end, so it has no goal; allowed are day, week, month, quarter, year");
        }
        if (amount != null && amount < 1) {
            throw new IllegalArgumentException("goal of " + scope + ": amount " + amount
                    + " is not allowed: at least 1, or none to withdraw the goal");
        }
        if ((measure == GoalMeasure.ACTIVITIES) != (activity != null)) {
            throw new IllegalArgumentException("goal of " + scope + ": measure " + measure + " with activity "
                    + activity + " is not allowed: a kind of activity goes with ACTIVITIES, and with nothing else");
        }
    }

    /** A goal that recurs in every period of a kind. */
    public static Goal recurring(
            String scope, GoalMeasure measure, PeriodKind periodKind, long amount, long effectiveFromMillis) {
        return new Goal(scope, measure, null, periodKind, null, amount, effectiveFromMillis);
    }

    /** Whether it recurs in every period of its kind. */
    public boolean isRecurring() {
        return periodEpochDay == null;
    }
}
