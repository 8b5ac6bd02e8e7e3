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
 */
public record LeadClockLimits(
        long handRaisedWarningMillis,
        long handRaisedCriticalMillis,
        long hotMillis,
        long firstContactMilliDays,
        long replyOwedMillis,
        int idleDays) {

    private static final long MINUTE_MILLIS = 60_000L;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;

    /** The limits used when none are configured. */
    public static final LeadClockLimits DEFAULT =
            new LeadClockLimits(15 * MINUTE_MILLIS, 60 * MINUTE_MILLIS, 4 * HOUR_MILLIS, 1_000, 4 * HOUR_MILLIS, 14);

    /** Checks that every limit is positive and critical not before warning. */
    public LeadClockLimits {
        if (handRaisedWarningMillis <= 0
                || handRaisedCriticalMillis < handRaisedWarningMillis
                || hotMillis <= 0
                || firstContactMilliDays <= 0
                || replyOwedMillis <= 0
                || idleDays <= 0) {
            throw new IllegalArgumentException(
                    ("Limits of a lead's clocks must be positive and the critical one not below the warning, but are: hand-raised"
                                    + " %d ms and %d ms, hot %d ms, first contact %d milli-days, reply owed %d ms, idle %d days")
                            .formatted(
                                    handRaisedWarningMillis,
                                    handRaisedCriticalMillis,
                                    hotMillis,
                                    firstContactMilliDays,
                                    replyOwedMillis,
                                    idleDays));
        }
    }
}
