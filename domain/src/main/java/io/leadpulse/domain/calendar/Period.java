package io.leadpulse.domain.calendar;

/**
 * One day, week, month, quarter or year of the company, or the total.
 *
 * @param kind what it is
 * @param startEpochDay its first day; {@link Long#MIN_VALUE} for the total
 * @param endEpochDayExclusive the day after its last; {@link Long#MAX_VALUE} for the total
 * @param key a stable name, unique among all periods of one {@link PeriodCalendar}
 */
public record Period(PeriodKind kind, long startEpochDay, long endEpochDayExclusive, String key) {

    /** The period without beginning and end. */
    public static final Period TOTAL = new Period(PeriodKind.TOTAL, Long.MIN_VALUE, Long.MAX_VALUE, "total");

    /** Whether this is the total, which has no days to begin and end with. */
    public boolean isTotal() {
        return kind == PeriodKind.TOTAL;
    }

    /** Whether a day lies in the period. */
    public boolean contains(long epochDay) {
        return startEpochDay <= epochDay && epochDay < endEpochDayExclusive;
    }
}
