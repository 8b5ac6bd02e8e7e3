package io.leadpulse.domain.calendar;

import java.time.LocalDate;

/** How days are grouped into twelve months a year. Only what {@link PeriodCalendar} needs of a month system. */
interface MonthSystem {

    /** The months of the Gregorian calendar. */
    MonthSystem GREGORIAN = new MonthSystem() {
        @Override
        public long monthIndex(long epochDay) {
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            return date.getYear() * 12L + date.getMonthValue() - 1;
        }

        @Override
        public int dayOfMonth(long epochDay) {
            return LocalDate.ofEpochDay(epochDay).getDayOfMonth();
        }

        @Override
        public long firstEpochDay(long monthIndex) {
            return LocalDate.of((int) Math.floorDiv(monthIndex, 12L), (int) Math.floorMod(monthIndex, 12L) + 1, 1)
                    .toEpochDay();
        }
    };

    /** Months since month 1 of year 0, that is {@code 12 * year + month - 1}. */
    long monthIndex(long epochDay);

    /** Day of the month, from 1. */
    int dayOfMonth(long epochDay);

    /** The first day of a month by its index. */
    long firstEpochDay(long monthIndex);
}
