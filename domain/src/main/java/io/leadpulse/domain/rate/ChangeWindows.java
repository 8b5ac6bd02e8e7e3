package io.leadpulse.domain.rate;

import io.leadpulse.domain.calendar.BusinessCalendar;
import java.util.Optional;

/**
 * The 20 business days before a change and the 20 after it; whole days of the company's calendar.
 *
 * <p>The day of the change belongs to neither side if business time had passed on it before the change: it was worked
 * both ways. Else, as with a change at midnight, on a weekend or before the doors open, it is the first day after. Days
 * without business time between the others are part of the windows.
 *
 * @param beforeFromEpochDay the first day before the change
 * @param beforeToEpochDayExclusive the day of the change
 * @param afterFromEpochDay the first day after the change
 * @param afterToEpochDayExclusive the day after the last
 */
public record ChangeWindows(
        long beforeFromEpochDay,
        long beforeToEpochDayExclusive,
        long afterFromEpochDay,
        long afterToEpochDayExclusive) {

    /** How many business days are compared, on each side. */
    public static final int BUSINESS_DAYS = 20;

    /**
     * The windows of a change.
     *
     * @param changeMillis when it took effect, epoch milliseconds
     * @return empty if the calendar does not have so many business days around it within
     *     {@link BusinessCalendar#MAX_IDLE_DAYS}
     */
    public static Optional<ChangeWindows> of(BusinessCalendar calendar, long changeMillis) {
        long changeDay = calendar.epochDay(changeMillis);
        boolean workedBothWays = calendar.businessMillisBetween(calendar.startOfDayMillis(changeDay), changeMillis) > 0;
        long afterFrom = workedBothWays ? changeDay + 1 : changeDay;
        long beforeFrom = changeDay;
        for (int found = 0; found < BUSINESS_DAYS; ) {
            beforeFrom--;
            if (changeDay - beforeFrom > BusinessCalendar.MAX_IDLE_DAYS) {
                return Optional.empty();
            }
            found += calendar.businessDayCount(beforeFrom, beforeFrom + 1);
        }
        long afterTo = afterFrom;
        for (int found = 0; found < BUSINESS_DAYS; afterTo++) {
            if (afterTo - afterFrom > BusinessCalendar.MAX_IDLE_DAYS) {
                return Optional.empty();
            }
            found += calendar.businessDayCount(afterTo, afterTo + 1);
        }
        return Optional.of(new ChangeWindows(beforeFrom, changeDay, afterFrom, afterTo));
    }

    /** Whether a case that began on this day is one of those before. */
    public boolean isBefore(long epochDay) {
        return beforeFromEpochDay <= epochDay && epochDay < beforeToEpochDayExclusive;
    }

    /** Whether a case that began on this day is one of those after. */
    public boolean isAfter(long epochDay) {
        return afterFromEpochDay <= epochDay && epochDay < afterToEpochDayExclusive;
    }
}
