package io.leadpulse.domain.goal;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.measure.Measure;

/**
 * What a goal is measured in, with the kind of activity where activities are counted.
 *
 * @param measure the measure
 * @param activity the kind counted by {@link GoalMeasure#ACTIVITIES}; null otherwise
 */
public record GoalLine(GoalMeasure measure, EventKind activity) {
    /** Money won. */
    public static final GoalLine MONEY = new GoalLine(GoalMeasure.WON_AMOUNT, null);

    /** The sums that tell what is reached. */
    public Measure summed() {
        return switch (measure) {
            case WON_AMOUNT -> Measure.WON_AMOUNT;
            case DEALS_WON -> Measure.WON_COUNT;
            case QUALIFIED_LEADS -> Measure.LEADS_SALES_QUALIFIED;
            case ACTIVITIES -> Measure.ACTIVITIES;
        };
    }

    /** Which of these sums; empty where they are not divided. */
    public String dimension() {
        return activity == null ? "" : activity.wireName();
    }

    /** The name in results, such as {@code won_amount} or {@code activities:call}. */
    public String wireName() {
        return summed().wireName() + (activity == null ? "" : ":" + activity.wireName());
    }
}
