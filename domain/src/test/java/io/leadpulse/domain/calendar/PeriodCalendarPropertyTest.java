package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.oracle.OraclePeriods;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Any calendar that can be configured against {@link OraclePeriods}. */
class PeriodCalendarPropertyTest {
    private static final int TRIES = 300;
    /** 1951 to 2099. */
    private static final int EARLIEST = -7_000;

    private static final int LATEST = 47_000;

    @Property(tries = TRIES, seed = "20261122")
    void periodsAreThoseOfWalkingDayByDay(
            @ForAll MonthSystem months,
            @ForAll DayOfWeek weekStart,
            @ForAll @IntRange(min = 1, max = 12) int startMonth,
            @ForAll @IntRange(min = 1, max = 28) int anyStartDay,
            @ForAll boolean fromTheFirst,
            @ForAll @LongRange(min = EARLIEST, max = LATEST) long epochDay) {
        int startDay = fromTheFirst ? 1 : anyStartDay;
        PeriodCalendar calendar = new PeriodCalendar(months, weekStart, startMonth, startDay);
        OraclePeriods oracle = new OraclePeriods(months == MonthSystem.PERSIAN, weekStart, startMonth, startDay);

        assertSpan(calendar, PeriodKind.DAY, epochDay, day -> true);
        assertSpan(calendar, PeriodKind.WEEK, epochDay, oracle::beginsWeek);
        assertSpan(calendar, PeriodKind.MONTH, epochDay, oracle::beginsMonth);
        assertSpan(calendar, PeriodKind.QUARTER, epochDay, oracle::beginsQuarter);
        assertSpan(calendar, PeriodKind.YEAR, epochDay, oracle::beginsYear);

        int[] month = oracle.date(calendar.periodOf(PeriodKind.MONTH, epochDay).startEpochDay());
        String name = String.format(Locale.ROOT, "month:%04d-%02d", month[0], month[1]);
        assertThat(calendar.periodOf(PeriodKind.MONTH, epochDay).key())
                .isEqualTo(startDay == 1 ? name : String.format(Locale.ROOT, "%s-%02d", name, month[2]));
        int[] year = oracle.date(calendar.periodOf(PeriodKind.YEAR, epochDay).startEpochDay());
        assertThat(calendar.periodOf(PeriodKind.YEAR, epochDay).key()).isEqualTo("year:" + year[0]);
        int[] day = oracle.date(epochDay);
        assertThat(calendar.label(calendar.periodOf(PeriodKind.DAY, epochDay)))
                .startsWith(day[2] + " ")
                .endsWith(" " + day[0]);
    }

    private static void assertSpan(PeriodCalendar calendar, PeriodKind kind, long epochDay, LongPredicate begins) {
        long start = epochDay;
        while (!begins.test(start)) {
            start--;
        }
        long end = epochDay + 1;
        while (!begins.test(end)) {
            end++;
        }
        Period period = calendar.periodOf(kind, epochDay);
        assertThat(period.startEpochDay()).as("start of the %s", kind).isEqualTo(start);
        assertThat(period.endEpochDayExclusive()).as("end of the %s", kind).isEqualTo(end);
        String key = period.key();
        assertThat(calendar.named(kind, key.substring(key.indexOf(':') + 1))).contains(period);
        String label = calendar.label(period);
        assertThat(calendar.label(calendar.previous(period))).isNotEqualTo(label);
    }

    @Property(tries = TRIES, seed = "20261122")
    void aNameThatNoPeriodHasGivesNone(
            @ForAll MonthSystem months, @ForAll @LongRange(min = EARLIEST, max = LATEST) long epochDay) {
        PeriodCalendar calendar = new PeriodCalendar(months, DayOfWeek.SATURDAY, 1, 1);
        String date = LocalDate.ofEpochDay(epochDay).toString();
        assertThat(calendar.named(PeriodKind.DAY, date)).isPresent();
        assertThat(calendar.named(PeriodKind.WEEK, date).isPresent())
                .isEqualTo(LocalDate.ofEpochDay(epochDay).getDayOfWeek() == DayOfWeek.SATURDAY);
        assertThat(calendar.named(PeriodKind.MONTH, date)).isEmpty();
        assertThat(calendar.named(PeriodKind.DAY, "2026-04-31")).isEmpty();
        assertThat(calendar.named(PeriodKind.DAY, "1405-13-01")).isEmpty();
        assertThat(calendar.named(PeriodKind.MONTH, "1405-00")).isEmpty();
        assertThat(calendar.named(PeriodKind.QUARTER, "1405-Q5")).isEmpty();
        assertThat(calendar.named(PeriodKind.YEAR, "405")).isEmpty();
        assertThat(calendar.named(PeriodKind.TOTAL, "total")).isEmpty();
    }
}
