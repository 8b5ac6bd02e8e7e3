package io.leadpulse.domain.calendar;

import java.time.LocalDate;
import java.util.List;

/** How days are grouped into twelve months a year, and what the months are called. */
public enum MonthSystem {

    /** The months of the Gregorian calendar. */
    GREGORIAN(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December") {
        @Override
        long monthIndex(long epochDay) {
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            return date.getYear() * (long) MONTHS + date.getMonthValue() - 1;
        }

        @Override
        int dayOfMonth(long epochDay) {
            return LocalDate.ofEpochDay(epochDay).getDayOfMonth();
        }

        @Override
        long firstEpochDay(long monthIndex) {
            return LocalDate.of(Math.toIntExact(yearOf(monthIndex)), monthOf(monthIndex), 1)
                    .toEpochDay();
        }
    },

    /**
     * The months of the Persian (Solar Hijri) calendar. The year begins on the day whose noon in Iran is the first after
     * the spring equinox. Which years have a 366th day is reckoned by the cycle of 33 years (those that leave 1, 5, 9, 13,
     * 17, 22, 26 or 30 when divided by 33), which names the same days as the equinox from 1304, the first year of the
     * calendar in law, to 1501 (March 2123); docs/decisions/073 says why.
     */
    PERSIAN(
            "Farvardin",
            "Ordibehesht",
            "Khordad",
            "Tir",
            "Mordad",
            "Shahrivar",
            "Mehr",
            "Aban",
            "Azar",
            "Dey",
            "Bahman",
            "Esfand") {
        @Override
        long monthIndex(long epochDay) {
            long year = persianYear(epochDay);
            long dayOfYear = epochDay - nowruz(year);
            long month = dayOfYear < DAYS_OF_LONG_MONTHS
                    ? dayOfYear / DAYS_OF_LONG_MONTH
                    : LONG_MONTHS + (dayOfYear - DAYS_OF_LONG_MONTHS) / DAYS_OF_SHORT_MONTH;
            return year * MONTHS + month;
        }

        @Override
        int dayOfMonth(long epochDay) {
            return Math.toIntExact(epochDay - firstEpochDay(monthIndex(epochDay)) + 1);
        }

        @Override
        long firstEpochDay(long monthIndex) {
            long month = Math.floorMod(monthIndex, (long) MONTHS);
            return nowruz(yearOf(monthIndex))
                    + month * DAYS_OF_SHORT_MONTH
                    + Math.min(month, LONG_MONTHS) * (DAYS_OF_LONG_MONTH - DAYS_OF_SHORT_MONTH);
        }
    };

    static final int MONTHS = 12;

    private static final long LONG_MONTHS = 6;
    private static final long DAYS_OF_LONG_MONTH = 31;
    private static final long DAYS_OF_SHORT_MONTH = 30;
    private static final long DAYS_OF_LONG_MONTHS = LONG_MONTHS * DAYS_OF_LONG_MONTH;
    private static final long DAYS_OF_YEAR = 365;
    private static final long YEARS_OF_CYCLE = 33;
    private static final long LEAP_YEARS_OF_CYCLE = 8;
    /** Puts the eight leap years where they are in the cycle. */
    private static final long LEAP_SHIFT = 21;
    /** 1 Farvardin 1, which is 19 March 622 of the Julian calendar, 22 March of the Gregorian one. */
    private static final long FIRST_NOWRUZ = -492_268;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> names;

    MonthSystem(String... names) {
        this.names = List.of(names);
    }

    /** Months since month 1 of year 0, that is {@code 12 * year + month - 1}. */
    abstract long monthIndex(long epochDay);

    /** Day of the month, from 1. */
    abstract int dayOfMonth(long epochDay);

    /** The first day of a month by its index. */
    abstract long firstEpochDay(long monthIndex);

    /** The year of a month by its index. */
    static long yearOf(long monthIndex) {
        return Math.floorDiv(monthIndex, (long) MONTHS);
    }

    /** The number of a month within its year, 1..12. */
    static int monthOf(long monthIndex) {
        return (int) Math.floorMod(monthIndex, (long) MONTHS) + 1;
    }

    /** What a month is called, such as {@code Aban}. */
    String name(long monthIndex) {
        return names.get(monthOf(monthIndex) - 1);
    }

    /** The first day of a Persian year. */
    private static long nowruz(long year) {
        return FIRST_NOWRUZ
                + DAYS_OF_YEAR * (year - 1)
                + Math.floorDiv(LEAP_YEARS_OF_CYCLE * year + LEAP_SHIFT, YEARS_OF_CYCLE);
    }

    private static long persianYear(long epochDay) {
        long daysOfCycle = YEARS_OF_CYCLE * DAYS_OF_YEAR + LEAP_YEARS_OF_CYCLE;
        // At most one too few or too many: the leap years are not spread evenly.
        long year = Math.floorDiv((epochDay - FIRST_NOWRUZ) * YEARS_OF_CYCLE, daysOfCycle) + 1;
        if (epochDay < nowruz(year)) {
            return year - 1;
        }
        return epochDay < nowruz(year + 1) ? year : year + 1;
    }
}
