package io.leadpulse.bench.spark;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/** The company's days and its business time: nine hours from Monday to Friday but on holidays. */
final class BusinessHours implements Serializable {
    private static final long serialVersionUID = 1;
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);
    private static final long DAY_MILLIS = 9 * 3_600_000L;

    private final ZoneId zone;
    private final Set<LocalDate> holidays;

    BusinessHours(ZoneId zone, Set<LocalDate> holidays) {
        this.zone = zone;
        this.holidays = Set.copyOf(holidays);
    }

    /** The company's day of an instant, as {@code 2026-02-03}. */
    String day(long millis) {
        return date(millis).toString();
    }

    /** The earliest instant at which so many business days have passed since another, epoch milliseconds. */
    long due(long fromMillis, double businessDays) {
        long leftMillis = Math.round(DAY_MILLIS * businessDays);
        for (LocalDate day = date(fromMillis); ; day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                long opensMillis = Math.max(fromMillis, millis(day, OPENS));
                long openMillis = Math.max(0, millis(day, CLOSES) - opensMillis);
                if (openMillis >= leftMillis) {
                    return opensMillis + leftMillis;
                }
                leftMillis -= openMillis;
            }
        }
    }

    private LocalDate date(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    private long millis(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant().toEpochMilli();
    }

    private boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }
}
