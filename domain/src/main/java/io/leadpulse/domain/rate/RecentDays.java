package io.leadpulse.domain.rate;

import io.leadpulse.domain.calendar.BusinessCalendar;

/**
 * The last week and the eight weeks before it, for {@link RateComparison}: calendar days of the company, by when a case
 * began.
 *
 * <p>The last week ends with the last day all of whose cases are old enough. So today, which is not over, is never in it,
 * and of a rate within 14 days the week lies two weeks back: cases younger than that would look like failures.
 *
 * @param beforeFromEpochDay the first day compared with
 * @param nowFromEpochDay the first day of the last week; the day after the last one compared with
 * @param endEpochDayExclusive the day after the last
 */
public record RecentDays(long beforeFromEpochDay, long nowFromEpochDay, long endEpochDayExclusive) {

    /** Days of now. */
    public static final int DAYS_NOW = 7;

    /** Days compared with: eight weeks, so that every weekday is in it as often as the others. */
    public static final int DAYS_BEFORE = 8 * 7;

    /**
     * The days to compare as of an instant.
     *
     * @param calendar the company's, for its days
     * @param maturity the T of the rate; 0 for a rate that needs no waiting
     * @param asOfMillis epoch milliseconds
     */
    public static RecentDays of(BusinessCalendar calendar, Maturity maturity, long asOfMillis) {
        // The youngest case that counts began a millisecond and T ago; its day may have younger ones.
        long youngestMillis = asOfMillis - maturity.withinMillis() - 1;
        long end = calendar.epochDay(youngestMillis);
        if (youngestMillis == calendar.startOfDayMillis(end + 1) - 1) {
            end++;
        }
        return new RecentDays(end - DAYS_NOW - DAYS_BEFORE, end - DAYS_NOW, end);
    }

    /** Whether a case that began on this day is one of those before. */
    public boolean isBefore(long epochDay) {
        return beforeFromEpochDay <= epochDay && epochDay < nowFromEpochDay;
    }

    /** Whether a case that began on this day is one of the last week. */
    public boolean isNow(long epochDay) {
        return nowFromEpochDay <= epochDay && epochDay < endEpochDayExclusive;
    }
}
