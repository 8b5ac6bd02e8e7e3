package io.leadpulse.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Business time by walking through the days.
 *
 * @param zone zone of its days
 * @param hours working hours by weekday
 * @param holidays days without business time
 * @param absences time away
 */
record WorkCalendar(
        ZoneId zone, Map<DayOfWeek, List<OracleConfig.Hours>> hours, Set<LocalDate> holidays, List<Stretch> absences) {

    /** Time from one instant up to another, epoch milliseconds. */
    record Stretch(long fromMillis, long toMillis) {
        long length() {
            return toMillis - fromMillis;
        }
    }

    /** A stretch of time that a calendar governs. */
    record Governed(Stretch stretch, WorkCalendar calendar) {}

    /** Business time of a day, in order. */
    List<Stretch> businessTime(LocalDate day) {
        List<Stretch> times = new ArrayList<>();
        if (!holidays.contains(day)) {
            for (OracleConfig.Hours each : hours.getOrDefault(day.getDayOfWeek(), List.of())) {
                times.add(new Stretch(instant(day, each.fromMinute()), instant(day, each.toMinute())));
            }
        }
        for (Stretch absence : absences) {
            times = without(times, absence);
        }
        return times;
    }

    private long instant(LocalDate day, int minute) {
        LocalDate date = minute == 1440 ? day.plusDays(1) : day;
        int inDay = minute == 1440 ? 0 : minute;
        return date.atTime(inDay / 60, inDay % 60).atZone(zone).toInstant().toEpochMilli();
    }

    private static List<Stretch> without(List<Stretch> times, Stretch absence) {
        List<Stretch> left = new ArrayList<>();
        for (Stretch time : times) {
            left.add(new Stretch(time.fromMillis(), Math.min(time.toMillis(), absence.fromMillis())));
            left.add(new Stretch(Math.max(time.fromMillis(), absence.toMillis()), time.toMillis()));
        }
        left.removeIf(time -> time.length() <= 0);
        return left;
    }

    /**
     * The earliest instant at which the business days elapsed reach a limit, when each stretch counts by its calendar;
     * empty if they do not reach it.
     */
    static OptionalLong reach(List<Governed> stretches, Fraction limitDays) {
        Fraction left = limitDays;
        for (Governed governed : stretches) {
            WorkCalendar calendar = governed.calendar();
            LocalDate last = calendar.dateOf(governed.stretch().toMillis());
            for (LocalDate day = calendar.dateOf(governed.stretch().fromMillis());
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                List<Stretch> times = calendar.businessTime(day);
                long whole = times.stream().mapToLong(Stretch::length).sum();
                for (Stretch time : times) {
                    long from = Math.max(time.fromMillis(), governed.stretch().fromMillis());
                    long to = Math.min(time.toMillis(), governed.stretch().toMillis());
                    if (from >= to) {
                        continue;
                    }
                    long needed = left.times(Fraction.of(whole, 1)).ceiling();
                    if (needed <= to - from) {
                        return OptionalLong.of(from + needed);
                    }
                    left = left.minus(Fraction.of(to - from, whole));
                }
            }
        }
        return OptionalLong.empty();
    }

    LocalDate dateOf(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }
}
