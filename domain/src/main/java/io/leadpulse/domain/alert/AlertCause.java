package io.leadpulse.domain.alert;

import java.util.Locale;

/**
 * Why somebody is told. The names stand in alert ids and on the wire: a constant is never renamed; new ones are added
 * at the end.
 */
public enum AlertCause {
    /** Longer in a stage than its limit. */
    STUCK,
    /** No attempt and no two-way contact for too long. */
    IDLE,
    /** A new lead that nobody contacted in time. */
    FIRST_CONTACT,
    /** A message of the lead without our answer for too long. */
    REPLY_OWED,
    /** A task or meeting that was planned and did not happen. */
    PLANNED_OVERDUE,
    /** A deal still open after the day on which it was expected to close. */
    EXPECTED_CLOSE_PASSED,
    /** A lead to be worked on that nobody owns. */
    UNASSIGNED,
    /** A goal of company or team whose period goes worse than chance would have it. */
    BEHIND_PACE,
    /** A goal of which a half, nine tenths or all is reached: no fault, but told like one. */
    MILESTONE,
    /** A campaign whose leads qualify by far less than those of its channel usually do. */
    POOR_CAMPAIGN,
    /** A lead that is about to be lost, by a sign of {@link FallOffSign}. */
    FALL_OFF,
    /** A rate of the last week is significantly under that of the eight weeks before. */
    WORKS_WORSE,

    /** A lead that has become marketing-qualified: no fault, but news to its owner. */
    MARKETING_QUALIFIED;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
