package io.leadpulse.bench.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/** The company's days and working hours, as TASK.md states them: nine hours from Monday to Friday but on two holidays. */
final class OracleClock {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 1, 6), LocalDate.of(2026, 4, 3));
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);
    private static final long BUSINESS_DAY_MILLIS = 9 * 3_600_000L;
    private static final int PERMILLE = 1000;

    private OracleClock() {}

    static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZONE);
    }

    /**
     * The earliest instant at which so much business time has passed. No working day is longer or shorter than another, clocks change at
     * night, so days may be summed as hours.
     */
    static long due(long fromMillis, int permilleOfDays) {
        long left = BUSINESS_DAY_MILLIS / PERMILLE * permilleOfDays;
        for (LocalDate day = day(fromMillis); ; day = day.plusDays(1)) {
            if (!isWorkingDay(day)) {
                continue;
            }
            long opens = Math.max(fromMillis, millis(day, OPENS));
            long open = millis(day, CLOSES) - opens;
            if (open >= left) {
                return opens + left;
            }
            left -= Math.max(0, open);
        }
    }

    private static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(day);
    }

    private static long millis(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(ZONE).toInstant().toEpochMilli();
    }
}
