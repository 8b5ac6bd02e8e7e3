package io.leadpulse.domain.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which day, week, month, quarter and year a day belongs to; immutable to its users and thread-safe.
 *
 * <p>Months are those of a {@link MonthSystem}, and years are counted by it: where months are Persian, {@code 2026-10-23}
 * lies in {@code month:1405-08}, quarter {@code quarter:1405-Q3} and year {@code year:1405}. Days are always named by
 * their Gregorian date, as everywhere on the wire.
 *
 * <p>The fiscal year begins at a given day of a given month; quarters are three months of it each. If it begins on the
 * first of a month, months are calendar months. If it begins on a later day d, a quarter cannot consist of calendar
 * months, so months too run from day d to the day before the next d: with 6 April, the month "6 April to 5 May".
 *
 * <p>Keys: {@code day:2017-06-28}, {@code week:2017-06-26} (its first day), {@code month:2017-06} (or
 * {@code month:2017-06-21}, its first day, where months do not begin on the first), {@code quarter:2017-Q2} and
 * {@code year:2017} by the fiscal year, which is named for the calendar year in which it begins, and {@code total}.
 * They sort by time within a kind for the years 0 to 9999.
 *
 * <p>Zones do not matter here: {@link BusinessCalendar#epochDay(long)} says which day an instant belongs to.
 */
public final class PeriodCalendar {

    /** The latest day of a month that every month has. */
    public static final int MAX_FISCAL_START_DAY = 28;

    private static final int MONTHS = MonthSystem.MONTHS;
    private static final int MONTHS_OF_QUARTER = 3;
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(0[1-9]|1[0-2])(?:-(\\d{2}))?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final int YEAR_AND_MONTH_LENGTH = "2017-06-".length();
    /** A power of two; a year and a half. */
    private static final int CACHED_DAYS = 512;

    private final MonthSystem months;
    private final DayOfWeek firstDayOfWeek;
    private final int fiscalStartMonth;
    private final int fiscalStartDay;
    /** Recent answers by the low bits of the day. Entries are immutable and equal, so races are harmless. */
    private final DayPeriods[] cache = new DayPeriods[CACHED_DAYS];

    private record DayPeriods(long epochDay, Map<PeriodKind, Period> periods) {}

    /** The same with Gregorian months. */
    public PeriodCalendar(DayOfWeek firstDayOfWeek, int fiscalStartMonth, int fiscalStartDay) {
        this(MonthSystem.GREGORIAN, firstDayOfWeek, fiscalStartMonth, fiscalStartDay);
    }

    /**
     * @param months whose months and years they are
     * @param firstDayOfWeek the day on which weeks begin
     * @param fiscalStartMonth month in which the fiscal year begins, 1..12
     * @param fiscalStartDay day of that month, 1..28
     */
    public PeriodCalendar(MonthSystem months, DayOfWeek firstDayOfWeek, int fiscalStartMonth, int fiscalStartDay) {
        if (fiscalStartMonth < 1 || fiscalStartMonth > MONTHS) {
            throw new IllegalArgumentException("fiscal year start month " + fiscalStartMonth + " is not in 1..12");
        }
        if (fiscalStartDay < 1 || fiscalStartDay > MAX_FISCAL_START_DAY) {
            throw new IllegalArgumentException("fiscal year start day " + fiscalStartDay + " is not in 1.."
                    + MAX_FISCAL_START_DAY + ", the days that every month has");
        }
        this.months = months;
        this.firstDayOfWeek = firstDayOfWeek;
        this.fiscalStartMonth = fiscalStartMonth;
        this.fiscalStartDay = fiscalStartDay;
    }

    /** The period of a kind that a day belongs to. */
    public Period periodOf(PeriodKind kind, long epochDay) {
        return periodsOf(epochDay).get(kind);
    }

    /** The periods of every kind that a day belongs to; unmodifiable, in the order of the kinds. */
    public Map<PeriodKind, Period> periodsOf(long epochDay) {
        int slot = (int) (epochDay & (CACHED_DAYS - 1));
        DayPeriods remembered = cache[slot];
        if (remembered == null || remembered.epochDay() != epochDay) {
            Map<PeriodKind, Period> periods = new EnumMap<>(PeriodKind.class);
            periods.put(PeriodKind.DAY, day(epochDay));
            periods.put(PeriodKind.WEEK, week(epochDay));
            periods.put(PeriodKind.MONTH, month(epochDay));
            periods.put(PeriodKind.QUARTER, quarter(epochDay));
            periods.put(PeriodKind.YEAR, year(epochDay));
            periods.put(PeriodKind.TOTAL, Period.TOTAL);
            remembered = new DayPeriods(epochDay, Collections.unmodifiableMap(periods));
            cache[slot] = remembered;
        }
        return remembered.periods();
    }

    /** The period of the same kind just before; the total has none, and asking for it is an error. */
    public Period previous(Period period) {
        if (period.isTotal()) {
            throw new IllegalArgumentException("nothing comes before the total");
        }
        return periodOf(period.kind(), period.startEpochDay() - 1);
    }

    /**
     * The periods that a period is compared with, newest first: the same weekday of earlier weeks for a day, else those
     * just before it.
     */
    public List<Period> likeBefore(Period period, int count) {
        List<Period> like = new ArrayList<>();
        Period next = period;
        for (int i = 0; i < count; i++) {
            next = next.kind() == PeriodKind.DAY
                    ? periodOf(PeriodKind.DAY, next.startEpochDay() - DayOfWeek.values().length)
                    : previous(next);
            like.add(next);
        }
        return like;
    }

    /**
     * The period that has a name, which is what follows the colon of its key: {@code 2017-06-28}, {@code 1405-08},
     * {@code 2017-Q2}; empty if no period of the kind has it.
     */
    public Optional<Period> named(PeriodKind kind, String name) {
        Matcher month = MONTH.matcher(name);
        Matcher quarter = QUARTER.matcher(name);
        if (kind == PeriodKind.YEAR && YEAR.matcher(name).matches()) {
            return Optional.of(year(startOfMonth(firstMonthOfYear(Long.parseLong(name)))));
        }
        if (kind == PeriodKind.QUARTER && quarter.matches()) {
            long past = (Long.parseLong(quarter.group(2)) - 1) * MONTHS_OF_QUARTER;
            return Optional.of(quarter(startOfMonth(firstMonthOfYear(Long.parseLong(quarter.group(1))) + past)));
        }
        if (kind == PeriodKind.MONTH && month.matches()) {
            long index = Long.parseLong(month.group(1)) * MONTHS + Long.parseLong(month.group(2)) - 1;
            return Optional.of(month(startOfMonth(index))).filter(period -> isNamed(period, name));
        }
        if ((kind == PeriodKind.DAY || kind == PeriodKind.WEEK)
                && DATE.matcher(name).matches()) {
            // A date that does not exist, such as 31 April, is one of the next month here, which has another name.
            long first = LocalDate.parse(name.substring(0, YEAR_AND_MONTH_LENGTH) + "01")
                    .toEpochDay();
            long epochDay = first + Long.parseLong(name.substring(YEAR_AND_MONTH_LENGTH)) - 1;
            return Optional.of(periodOf(kind, epochDay)).filter(period -> isNamed(period, name));
        }
        return Optional.empty();
    }

    private static boolean isNamed(Period period, String name) {
        return period.key().equals(period.kind().wireName() + ':' + name);
    }

    /**
     * What people call a period, in English, by the company's months: {@code 4 Aban 1405}, {@code week of 2 Aban 1405},
     * {@code Aban 1405}, {@code Q3 1405}, {@code 1405}. A month that does not begin on the first is that "of" its first
     * day; a fiscal year that is not the calendar year names both years that it touches, {@code 2025/26}.
     */
    public String label(Period period) {
        return switch (period.kind()) {
            case DAY -> date(period.startEpochDay());
            case WEEK -> "week of " + date(period.startEpochDay());
            case MONTH ->
                fiscalStartDay == 1
                        ? monthAndYear(months.monthIndex(period.startEpochDay()))
                        : "month of " + date(period.startEpochDay());
            case QUARTER -> {
                long fiscalMonth = fiscalMonth(period.startEpochDay());
                long quarter = Math.floorMod(fiscalMonth, (long) MONTHS) / MONTHS_OF_QUARTER + 1;
                yield "Q" + quarter + ' ' + fiscalYear(fiscalMonth);
            }
            case YEAR -> fiscalYear(fiscalMonth(period.startEpochDay()));
            case TOTAL -> "all time";
        };
    }

    private String date(long epochDay) {
        return months.dayOfMonth(epochDay) + " " + monthAndYear(months.monthIndex(epochDay));
    }

    private String monthAndYear(long monthIndex) {
        return months.name(monthIndex) + ' ' + MonthSystem.yearOf(monthIndex);
    }

    private String fiscalYear(long fiscalMonth) {
        long year = Math.floorDiv(fiscalMonth, (long) MONTHS);
        boolean isCalendarYear = fiscalStartMonth == 1 && fiscalStartDay == 1;
        return isCalendarYear
                ? Long.toString(year)
                : String.format(Locale.ROOT, "%d/%02d", year, Math.floorMod(year + 1, 100));
    }

    private static Period day(long epochDay) {
        return new Period(PeriodKind.DAY, epochDay, epochDay + 1, "day:" + LocalDate.ofEpochDay(epochDay));
    }

    private Period week(long epochDay) {
        int weekday = LocalDate.ofEpochDay(epochDay).getDayOfWeek().getValue();
        long start = epochDay - Math.floorMod(weekday - firstDayOfWeek.getValue(), DayOfWeek.values().length);
        return new Period(
                PeriodKind.WEEK, start, start + DayOfWeek.values().length, "week:" + LocalDate.ofEpochDay(start));
    }

    private Period month(long epochDay) {
        long index = monthIndex(epochDay);
        String key = String.format(Locale.ROOT, "month:%04d-%02d", index / MONTHS, index % MONTHS + 1);
        if (fiscalStartDay > 1) {
            key += String.format(Locale.ROOT, "-%02d", fiscalStartDay);
        }
        return new Period(PeriodKind.MONTH, startOfMonth(index), startOfMonth(index + 1), key);
    }

    private Period quarter(long epochDay) {
        long fiscalMonth = fiscalMonth(epochDay);
        long year = Math.floorDiv(fiscalMonth, (long) MONTHS);
        long quarter = Math.floorMod(fiscalMonth, (long) MONTHS) / MONTHS_OF_QUARTER;
        long first = firstMonthOfYear(year) + quarter * MONTHS_OF_QUARTER;
        return new Period(
                PeriodKind.QUARTER,
                startOfMonth(first),
                startOfMonth(first + MONTHS_OF_QUARTER),
                String.format(Locale.ROOT, "quarter:%04d-Q%d", year, quarter + 1));
    }

    private Period year(long epochDay) {
        long year = Math.floorDiv(fiscalMonth(epochDay), (long) MONTHS);
        long first = firstMonthOfYear(year);
        return new Period(
                PeriodKind.YEAR,
                startOfMonth(first),
                startOfMonth(first + MONTHS),
                String.format(Locale.ROOT, "year:%04d", year));
    }

    private long firstMonthOfYear(long fiscalYear) {
        return fiscalYear * MONTHS + fiscalStartMonth - 1;
    }

    /** Months since the fiscal year 0 began. */
    private long fiscalMonth(long epochDay) {
        return monthIndex(epochDay) - (fiscalStartMonth - 1);
    }

    /** The month that a day is counted in, by the month in which it begins. */
    private long monthIndex(long epochDay) {
        long index = months.monthIndex(epochDay);
        return months.dayOfMonth(epochDay) < fiscalStartDay ? index - 1 : index;
    }

    private long startOfMonth(long monthIndex) {
        return months.firstEpochDay(monthIndex) + fiscalStartDay - 1;
    }
}
