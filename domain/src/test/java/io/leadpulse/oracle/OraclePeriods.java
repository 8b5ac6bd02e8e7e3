package io.leadpulse.oracle;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * Periods by a second way, for tests: dates from java.time or from ICU4J's Persian calendar, and walking day by day until
 * a period begins. Slow, and without any arithmetic of months.
 */
public final class OraclePeriods {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final ULocale PERSIAN = new ULocale("en@calendar=persian");

    private final boolean persian;
    private final DayOfWeek firstDayOfWeek;
    private final int startMonth;
    private final int startDay;

    /** As the company is configured. */
    public OraclePeriods(boolean persian, DayOfWeek firstDayOfWeek, int startMonth, int startDay) {
        this.persian = persian;
        this.firstDayOfWeek = firstDayOfWeek;
        this.startMonth = startMonth;
        this.startDay = startDay;
    }

    /** Year, month from 1, and day from 1, of a day. */
    public int[] date(long epochDay) {
        return persian ? persian(epochDay) : gregorian(epochDay);
    }

    private static int[] gregorian(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return new int[] {date.getYear(), date.getMonthValue(), date.getDayOfMonth()};
    }

    /** A day by ICU4J. */
    public static int[] persian(long epochDay) {
        Calendar calendar = Calendar.getInstance(TimeZone.GMT_ZONE, PERSIAN);
        calendar.setTimeInMillis(epochDay * DAY_MILLIS);
        return new int[] {
            calendar.get(Calendar.YEAR), calendar.get(Calendar.MONTH) + 1, calendar.get(Calendar.DAY_OF_MONTH)
        };
    }

    /** Whether a week begins on this day. */
    public boolean beginsWeek(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).getDayOfWeek() == firstDayOfWeek;
    }

    /** Whether a month begins on this day. */
    public boolean beginsMonth(long epochDay) {
        return date(epochDay)[2] == startDay;
    }

    /** Whether a quarter of the fiscal year begins on this day. */
    public boolean beginsQuarter(long epochDay) {
        int month = date(epochDay)[1];
        boolean isQuartersMonth = month == startMonth
                || month == in12(startMonth + 3)
                || month == in12(startMonth + 6)
                || month == in12(startMonth + 9);
        return beginsMonth(epochDay) && isQuartersMonth;
    }

    private static int in12(int month) {
        return month > 12 ? month - 12 : month;
    }

    /** Whether a fiscal year begins on this day. */
    public boolean beginsYear(long epochDay) {
        return beginsMonth(epochDay) && date(epochDay)[1] == startMonth;
    }
}
