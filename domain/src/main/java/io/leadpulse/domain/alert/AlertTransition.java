package io.leadpulse.domain.alert;

/**
 * One step in the life of an alert.
 *
 * @param kind what happened
 * @param atMillis event time; of a withdrawal the watermark at which it was noticed
 * @param untilMillis end of a snooze; {@link #NO_TIME} for every other step and for a snooze without an end
 */
public record AlertTransition(AlertState kind, long atMillis, long untilMillis) {

    /** Stands where no end is given. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** A step without an end of its own. */
    public AlertTransition(AlertState kind, long atMillis) {
        this(kind, atMillis, NO_TIME);
    }
}
