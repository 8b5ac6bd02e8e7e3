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
import java.util.TreeMap;

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

    /** The earliest instant at which so much business time has elapsed; empty if it does not. */
    static OptionalLong reachMillis(List<Governed> stretches, long limitMillis) {
        long leftMillis = limitMillis;
        for (Governed governed : stretches) {
            WorkCalendar calendar = governed.calendar();
            LocalDate last = calendar.dateOf(governed.stretch().toMillis());
            for (LocalDate day = calendar.dateOf(governed.stretch().fromMillis());
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                for (Stretch time : calendar.businessTime(day)) {
                    long from = Math.max(time.fromMillis(), governed.stretch().fromMillis());
                    long to = Math.min(time.toMillis(), governed.stretch().toMillis());
                    if (from < to && leftMillis <= to - from) {
                        return OptionalLong.of(from + leftMillis);
                    }
                    leftMillis -= Math.max(0, to - from);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Business time of stretches, each by its calendar. */
    static long businessMillis(List<Governed> stretches) {
        long sum = 0;
        for (Governed governed : stretches) {
            sum += governed.calendar().worked(governed.stretch()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
        return sum;
    }

    /** Business days of stretches, each by its calendar: of every day the part that lies within. */
    static Fraction days(List<Governed> stretches) {
        Fraction sum = Fraction.ZERO;
        for (Governed governed : stretches) {
            WorkCalendar calendar = governed.calendar();
            for (Map.Entry<LocalDate, Long> day :
                    calendar.worked(governed.stretch()).entrySet()) {
                long whole = calendar.businessTime(day.getKey()).stream()
                        .mapToLong(Stretch::length)
                        .sum();
                sum = sum.plus(Fraction.of(day.getValue(), whole));
            }
        }
        return sum;
    }

    /** Business time within a stretch by day; days without any are not there. */
    private Map<LocalDate, Long> worked(Stretch stretch) {
        Map<LocalDate, Long> worked = new TreeMap<>();
        LocalDate last = dateOf(stretch.toMillis());
        for (LocalDate day = dateOf(stretch.fromMillis()); !day.isAfter(last); day = day.plusDays(1)) {
            for (Stretch time : businessTime(day)) {
                long within = Math.min(time.toMillis(), stretch.toMillis())
                        - Math.max(time.fromMillis(), stretch.fromMillis());
                if (within > 0) {
                    worked.merge(day, within, Long::sum);
                }
            }
        }
        return worked;
    }

    LocalDate dateOf(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }
}
