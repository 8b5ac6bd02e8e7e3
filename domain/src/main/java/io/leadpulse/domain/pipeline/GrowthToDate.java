package io.leadpulse.domain.pipeline;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RatioFigure;

/**
 * How a month (or week, quarter) goes against the one before, to date: both up to the same business day and time of day,
 * so that months that begin with a weekend are not behind because of it.
 *
 * @param soFar won in this period up to now; minor units or a count, as the other
 * @param before won in the period before up to the like instant
 * @param growth (so far - before) / before; needs something sold before
 */
public record GrowthToDate(long soFar, long before, RatioFigure growth) {

    /** The growth; a before of 0 or, by refunds, less gives no number. */
    public static GrowthToDate of(long soFar, long before) {
        return new GrowthToDate(
                soFar,
                before,
                before <= 0
                        ? RatioFigure.lacking(Lack.of(LackKind.NO_SALES_BEFORE))
                        : RatioFigure.of(Math.subtractExact(soFar, before), before));
    }

    /**
     * Up to where the period before is counted: on its n-th business day at the same time of day, if now is on the n-th
     * business day; before its (n+1)-th business day, if now is on a free day after n of them.
     *
     * @param calendar the company's
     * @param current the period that {@code asOfMillis} lies in
     * @param previous the one before
     * @param asOfMillis epoch milliseconds
     * @return exclusive, epoch milliseconds; the end of the period before if that has fewer business days
     */
    public static long likeInstantMillis(BusinessCalendar calendar, Period current, Period previous, long asOfMillis) {
        long today = calendar.epochDay(asOfMillis);
        long likeDay = likeDay(calendar, current, previous, today);
        long likeDayMillis = calendar.startOfDayMillis(likeDay);
        if (isOver(calendar, previous, likeDay, today)) {
            return likeDayMillis;
        }
        long timeOfDayMillis = asOfMillis - calendar.startOfDayMillis(today);
        return Math.min(likeDayMillis + timeOfDayMillis, calendar.startOfDayMillis(likeDay + 1));
    }

    /**
     * The first day of the period before that a whole day of this one is not compared with: what was won before it stands
     * against what is won by the end of the day.
     *
     * @param calendar the company's
     * @param current the period that {@code epochDay} lies in
     * @param previous the one before
     * @return epoch day, from the first day of the period before to the day after its last
     */
    public static long likeEndEpochDay(BusinessCalendar calendar, Period current, Period previous, long epochDay) {
        long likeDay = likeDay(calendar, current, previous, epochDay);
        return isOver(calendar, previous, likeDay, epochDay) ? likeDay : likeDay + 1;
    }

    /** The business day of the period before that is, or on a free day would be next, as many as a day of this one. */
    private static long likeDay(BusinessCalendar calendar, Period current, Period previous, long epochDay) {
        if (current.isTotal() || previous.isTotal()) {
            throw new IllegalArgumentException("the total has nothing before it to grow from");
        }
        if (!current.contains(epochDay)) {
            throw new IllegalArgumentException("day " + epochDay + " is not in " + current.key());
        }
        int businessDaysBefore = calendar.businessDayCount(current.startEpochDay(), epochDay);
        long likeDay = previous.startEpochDay();
        for (int passed = 0; likeDay < previous.endEpochDayExclusive(); likeDay++) {
            if (calendar.businessMillisOfDay(likeDay) > 0 && passed++ == businessDaysBefore) {
                break;
            }
        }
        return likeDay;
    }

    /** Whether nothing of the like day counts: there is none, or the day is free. */
    private static boolean isOver(BusinessCalendar calendar, Period previous, long likeDay, long epochDay) {
        return likeDay == previous.endEpochDayExclusive() || calendar.businessMillisOfDay(epochDay) == 0;
    }
}
