package io.leadpulse.domain.goal;

/** What a goal is measured in. */
public enum GoalMeasure {
    /** Money won, in minor units of the company's currency; the default. */
    WON_AMOUNT,
    /** Number of deals won. */
    DEALS_WON,
    /** Number of leads that became sales-qualified. */
    QUALIFIED_LEADS,
    /** Number of activities of one kind. */
    ACTIVITIES
}
