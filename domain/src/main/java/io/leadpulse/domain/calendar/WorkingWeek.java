package io.leadpulse.domain.calendar;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The working hours of each weekday; immutable.
 *
 * <p>A weekday without intervals is no working day. A week without any working interval is allowed: in it no business
 * time ever comes.
 */
public final class WorkingWeek {
    private final Map<DayOfWeek, List<WorkingInterval>> intervalsByWeekday;

    private WorkingWeek(Map<DayOfWeek, List<WorkingInterval>> intervalsByWeekday) {
        this.intervalsByWeekday = intervalsByWeekday;
    }

    /**
     * A week from the intervals of each weekday; weekdays not named are free.
     *
     * @throws IllegalArgumentException if the intervals of a day are not in order or overlap; intervals that only touch
     *     are allowed
     */
    public static WorkingWeek of(Map<DayOfWeek, List<WorkingInterval>> intervalsByWeekday) {
        Map<DayOfWeek, List<WorkingInterval>> checked = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            List<WorkingInterval> intervals = intervalsByWeekday.getOrDefault(weekday, List.of());
            for (int i = 1; i < intervals.size(); i++) {
                if (intervals.get(i).startMinute() < intervals.get(i - 1).endMinute()) {
                    throw new IllegalArgumentException("working intervals of " + weekday
                            + " must be in order and must not overlap, but " + intervals.get(i) + " follows "
                            + intervals.get(i - 1));
                }
            }
            checked.put(weekday, List.copyOf(intervals));
        }
        return new WorkingWeek(checked);
    }

    /** A week with the same intervals on each of the given weekdays; the others are free. */
    public static WorkingWeek on(Collection<DayOfWeek> weekdays, WorkingInterval... intervals) {
        Map<DayOfWeek, List<WorkingInterval>> byWeekday = new EnumMap<>(DayOfWeek.class);
        weekdays.forEach(weekday -> byWeekday.put(weekday, List.of(intervals)));
        return of(byWeekday);
    }

    /** A week in which the given weekdays are worked from 00:00 to 24:00; the others are free. */
    public static WorkingWeek wholeDays(Collection<DayOfWeek> weekdays) {
        return on(weekdays, new WorkingInterval(0, WorkingInterval.MINUTES_OF_DAY));
    }

    /** The intervals of a weekday in order; empty if it is free. */
    public List<WorkingInterval> intervals(DayOfWeek weekday) {
        return intervalsByWeekday.get(weekday);
    }

    /** Whether no weekday has working hours. */
    public boolean isEmpty() {
        return intervalsByWeekday.values().stream().allMatch(List::isEmpty);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkingWeek week && intervalsByWeekday.equals(week.intervalsByWeekday);
    }

    @Override
    public int hashCode() {
        return intervalsByWeekday.hashCode();
    }

    @Override
    public String toString() {
        return "WorkingWeek" + intervalsByWeekday;
    }
}
