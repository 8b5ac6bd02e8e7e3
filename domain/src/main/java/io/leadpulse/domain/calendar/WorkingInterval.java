package io.leadpulse.domain.calendar;

/**
 * Working hours within one day, {@code [startMinute, endMinute)} on the wall clock.
 *
 * <p>A shift over midnight is written as two intervals, one on each day.
 *
 * @param startMinute minute of the day, 0..1439
 * @param endMinute minute of the day, after {@code startMinute}, up to 1440 (24:00)
 */
public record WorkingInterval(int startMinute, int endMinute) {

    /** 24:00. */
    public static final int MINUTES_OF_DAY = 24 * 60;

    public WorkingInterval {
        if (startMinute < 0 || endMinute > MINUTES_OF_DAY || startMinute >= endMinute) {
            throw new IllegalArgumentException("working interval [" + startMinute + ", " + endMinute
                    + ") is not allowed: minutes of the day, start before end, within 0..1440"
                    + " (write a shift over midnight as two intervals)");
        }
    }

    /** An interval between whole hours, 0..24. */
    public static WorkingInterval ofHours(int startHour, int endHour) {
        return new WorkingInterval(startHour * 60, endHour * 60);
    }
}
