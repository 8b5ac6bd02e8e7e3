package io.leadpulse.domain.alert;

/** What happens to an alert, and how it stands after it. */
public enum AlertState {
    /** The limit was reached: a warning. */
    RAISED,
    /** The second limit was reached: critical. */
    ESCALATED,
    /** Somebody asked not to be reminded until a time. */
    SNOOZED,
    /** Somebody says that it is taken care of; the cause may stand. */
    HANDLED,
    /** The cause ended. */
    RESOLVED,
    /** A correction says that there never was a cause. */
    WITHDRAWN
}
