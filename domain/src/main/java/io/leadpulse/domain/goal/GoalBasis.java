package io.leadpulse.domain.goal;

/** Where a resolved goal comes from. */
public enum GoalBasis {
    /** Given for this very period. */
    GIVEN,
    /** Given for every period of the kind. */
    RECURRING,
    /** A day's goal that nobody gave: its expected part of the month's goal. */
    DERIVED_FROM_MONTH
}
