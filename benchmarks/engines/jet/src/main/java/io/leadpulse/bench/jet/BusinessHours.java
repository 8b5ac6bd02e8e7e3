package io.leadpulse.bench.jet;

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
    /** Of one day. Clocks change at night, so it closes as long after it has opened. */
    private static final long OPEN_MILLIS = 9 * 3_600_000L;

    private final ZoneId zone;
    private final Set<LocalDate> holidays;

    BusinessHours(ZoneId zone, Set<LocalDate> holidays) {
        this.zone = zone;
        this.holidays = Set.copyOf(holidays);
    }

    /** The company's day of an instant. */
    LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    /**
     * The earliest instant at which so much business time has passed, epoch milliseconds.
     *
     * @param halfDays halves of a business day, above 0
     */
    long after(long fromMillis, long halfDays) {
        long leftMillis = OPEN_MILLIS / 2 * halfDays;
        LocalDate day = day(fromMillis);
        while (true) {
            if (isWorkingDay(day)) {
                long opensMillis = day.atTime(OPENS).atZone(zone).toInstant().toEpochMilli();
                long beginsMillis = Math.max(opensMillis, fromMillis);
                long openMillis = Math.max(0, opensMillis + OPEN_MILLIS - beginsMillis);
                if (leftMillis <= openMillis) {
                    return beginsMillis + leftMillis;
                }
                leftMillis -= openMillis;
            }
            day = day.plusDays(1);
        }
    }

    private boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 && !holidays.contains(day);
    }
}
