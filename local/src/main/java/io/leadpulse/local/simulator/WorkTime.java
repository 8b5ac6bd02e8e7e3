package io.leadpulse.local.simulator;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The company's working time: nine hours on each of five days in a row of the week, but for one holiday. What the
 * story tells is placed by it; it is simpler than the engine's calendar on purpose, and shares no code with it.
 */
final class WorkTime {
    static final LocalTime OPENS = LocalTime.of(9, 0);
    static final LocalTime CLOSES = LocalTime.of(18, 0);
    /** Working time of a working day. */
    static final long DAY_MILLIS = Duration.between(OPENS, CLOSES).toMillis();
    /** Working days of a week. */
    static final int DAYS_OF_WEEK = 5;

    private final ZoneId zone;
    private final DayOfWeek firstDay;
    private final long holidayEpochDay;

    WorkTime(ZoneId zone, DayOfWeek firstDay, long holidayEpochDay) {
        this.zone = zone;
        this.firstDay = firstDay;
        this.holidayEpochDay = holidayEpochDay;
    }

    /** The local day of an instant. */
    long day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
    }

    /** Place of a day in the working week, 0 to 4; 5 and 6 are free. */
    int placeInWeek(long epochDay) {
        int value = LocalDate.ofEpochDay(epochDay).getDayOfWeek().getValue();
        return Math.floorMod(value - firstDay.getValue(), 7);
    }

    /** Whether people work on a day. */
    boolean works(long epochDay) {
        return placeInWeek(epochDay) < DAYS_OF_WEEK && epochDay != holidayEpochDay;
    }

    /** A local time of a day, epoch milliseconds. */
    long at(long epochDay, LocalTime time) {
        return LocalDate.ofEpochDay(epochDay)
                .atTime(time)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** Local time of day. */
    LocalTime time(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalTime();
    }

    /** Whether people work at an instant. */
    boolean isOpen(long millis) {
        long day = day(millis);
        return works(day) && millis >= at(day, OPENS) && millis < at(day, CLOSES);
    }

    /** The instant so much working time after another one. */
    long plus(long millis, long workMillis) {
        long left = workMillis;
        long day = day(millis);
        long from = millis;
        while (true) {
            if (works(day)) {
                long start = Math.max(from, at(day, OPENS));
                long rest = at(day, CLOSES) - start;
                if (rest > 0 && left <= rest) {
                    return start + left;
                }
                left -= Math.max(0, rest);
            }
            day++;
            from = at(day, LocalTime.MIDNIGHT);
        }
    }

    /** The instant so much working time before another one. */
    long minus(long millis, long workMillis) {
        long left = workMillis;
        long day = day(millis);
        long to = millis;
        while (true) {
            if (works(day)) {
                long end = Math.min(to, at(day, CLOSES));
                long passed = end - at(day, OPENS);
                if (passed > 0 && left <= passed) {
                    return end - left;
                }
                left -= Math.max(0, passed);
            }
            to = at(day, LocalTime.MIDNIGHT);
            day--;
        }
    }

    /** Working time between two instants; 0 if the second is not later. */
    long between(long fromMillis, long toMillis) {
        long sum = 0;
        for (long day = day(fromMillis); day <= day(toMillis); day++) {
            if (works(day)) {
                long start = Math.max(fromMillis, at(day, OPENS));
                long end = Math.min(toMillis, at(day, CLOSES));
                sum += Math.max(0, end - start);
            }
        }
        return sum;
    }

    /** Milliseconds of so many working days. */
    static long days(double workingDays) {
        return Math.round(workingDays * DAY_MILLIS);
    }
}
