package io.leadpulse.domain.alert;

/**
 * Limits of the clocks of a lead beside those of its stages. Flat because rules carry it on an edge.
 *
 * @param handRaisedWarningMillis working time from a hand-raise to the first contact, warning
 * @param handRaisedCriticalMillis the same, critical
 * @param hotMillis working time from becoming hot to the first contact
 * @param firstContactMilliDays business days, in thousandths, from the beginning to the first contact of any lead
 * @param replyOwedMillis working time from a message to our answer
 * @param idleDays calendar days without an attempt and without a two-way contact
 * @param unassignedMillis working time of the company without an owner
 * @param unassignedHandRaisedMillis the same from a hand-raise that nobody answered
 * @param plannedOverdueMillis working time from the due time of a planned activity until it is overdue; 0 for at once
 */
public record LeadClockLimits(
        long handRaisedWarningMillis,
        long handRaisedCriticalMillis,
        long hotMillis,
        long firstContactMilliDays,
        long replyOwedMillis,
        int idleDays,
        long unassignedMillis,
        long unassignedHandRaisedMillis,
        long plannedOverdueMillis) {

    private static final long MINUTE_MILLIS = 60_000L;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;

    /** The limits used when none are configured. */
    public static final LeadClockLimits DEFAULT = new LeadClockLimits(
            15 * MINUTE_MILLIS,
            60 * MINUTE_MILLIS,
            4 * HOUR_MILLIS,
            1_000,
            4 * HOUR_MILLIS,
            14,
            30 * MINUTE_MILLIS,
            5 * MINUTE_MILLIS,
            0);

    /** Checks that every limit is positive and critical not before warning. */
    public LeadClockLimits {
        if (handRaisedWarningMillis <= 0
                || handRaisedCriticalMillis < handRaisedWarningMillis
                || hotMillis <= 0
                || firstContactMilliDays <= 0
                || replyOwedMillis <= 0
                || idleDays <= 0
                || unassignedMillis <= 0
                || unassignedHandRaisedMillis <= 0
                || plannedOverdueMillis < 0) {
            throw new IllegalArgumentException(
                    ("Limits of a lead's clocks must be positive and the critical one not below the warning, but are: hand-raised"
                                    + " %d ms and %d ms, hot %d ms, first contact %d milli-days, reply owed %d ms, idle %d days,"
                                    + " unassigned %d ms and %d ms, planned overdue %d ms (0 or more)")
                            .formatted(
                                    handRaisedWarningMillis,
                                    handRaisedCriticalMillis,
                                    hotMillis,
                                    firstContactMilliDays,
                                    replyOwedMillis,
                                    idleDays,
                                    unassignedMillis,
                                    unassignedHandRaisedMillis,
                                    plannedOverdueMillis));
        }
    }
}
