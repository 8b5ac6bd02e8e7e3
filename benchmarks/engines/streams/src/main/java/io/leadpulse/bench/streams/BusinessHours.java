package io.leadpulse.bench.streams;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.stream.LongStream;

/** When limits in business days are reached: nine hours from Monday to Friday but on holidays. */
final class BusinessHours {
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final long OPEN_MILLIS = 9 * 3_600_000L;
    private static final int THOUSAND = 1000;

    /** When offices open, epoch milliseconds, one a working day. They close nine hours later: clocks change at night. */
    private final long[] opens;

    BusinessHours(TaskConfig config) {
        opens = LongStream.range(FIRST.toEpochDay(), LAST.toEpochDay())
                .mapToObj(LocalDate::ofEpochDay)
                .filter(day -> isWorkingDay(day, config))
                .mapToLong(day ->
                        day.atTime(OPENS).atZone(config.zone()).toInstant().toEpochMilli())
                .toArray();
    }

    private static boolean isWorkingDay(LocalDate day, TaskConfig config) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !config.holidays().contains(day);
    }

    /**
     * The earliest instant at which so much business time has passed, epoch milliseconds.
     *
     * @param thousandths of a business day, above 0
     */
    long after(long fromMillis, long thousandths) {
        int place = Arrays.binarySearch(opens, fromMillis);
        int day = place >= 0 ? place : -place - 2;
        long leftMillis = OPEN_MILLIS / THOUSAND * thousandths;
        if (day >= 0) {
            long openMillis = Math.max(0, opens[day] + OPEN_MILLIS - fromMillis);
            if (leftMillis <= openMillis) {
                return fromMillis + leftMillis;
            }
            leftMillis -= openMillis;
        }
        // What ends with the working hours ends on that day and not as the next one begins.
        int wholeDays = (int) ((leftMillis - 1) / OPEN_MILLIS);
        return opens[day + 1 + wholeDays] + leftMillis - wholeDays * OPEN_MILLIS;
    }
}
