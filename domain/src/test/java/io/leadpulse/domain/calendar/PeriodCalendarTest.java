package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodCalendarTest {
    private static final PeriodCalendar CALENDAR_YEAR = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static String text(Period period) {
        return period.key() + " " + LocalDate.ofEpochDay(period.startEpochDay()) + " "
                + LocalDate.ofEpochDay(period.endEpochDayExclusive());
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2017-06-28, day:2017-06-28 2017-06-28 2017-06-29",
        "WEEK, 2017-06-28, week:2017-06-26 2017-06-26 2017-07-03",
        "WEEK, 2017-06-26, week:2017-06-26 2017-06-26 2017-07-03",
        "WEEK, 2017-07-02, week:2017-06-26 2017-06-26 2017-07-03",
        "WEEK, 1969-12-31, week:1969-12-29 1969-12-29 1970-01-05",
        "MONTH, 2017-06-28, month:2017-06 2017-06-01 2017-07-01",
        "MONTH, 2016-02-29, month:2016-02 2016-02-01 2016-03-01",
        "QUARTER, 2017-06-28, quarter:2017-Q2 2017-04-01 2017-07-01",
        "QUARTER, 2017-12-31, quarter:2017-Q4 2017-10-01 2018-01-01",
        "YEAR, 2017-06-28, year:2017 2017-01-01 2018-01-01"
    })
    void periodsOfTheCalendarYear(PeriodKind kind, String date, String expected) {
        assertThat(text(CALENDAR_YEAR.periodOf(kind, day(date)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2017-06-28, month:2017-06 2017-06-01 2017-07-01",
        "QUARTER, 2017-03-31, quarter:2016-Q4 2017-01-01 2017-04-01",
        "QUARTER, 2017-04-01, quarter:2017-Q1 2017-04-01 2017-07-01",
        "YEAR, 2017-03-31, year:2016 2016-04-01 2017-04-01",
        "YEAR, 2017-04-01, year:2017 2017-04-01 2018-04-01"
    })
    void aFiscalYearFromTheFirstOfAprilKeepsCalendarMonths(PeriodKind kind, String date, String expected) {
        PeriodCalendar fiscal = new PeriodCalendar(DayOfWeek.MONDAY, 4, 1);
        assertThat(text(fiscal.periodOf(kind, day(date)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2017-04-05, month:2017-03-06 2017-03-06 2017-04-06",
        "MONTH, 2017-04-06, month:2017-04-06 2017-04-06 2017-05-06",
        "MONTH, 2017-01-05, month:2016-12-06 2016-12-06 2017-01-06",
        "QUARTER, 2017-04-05, quarter:2016-Q4 2017-01-06 2017-04-06",
        "QUARTER, 2017-04-06, quarter:2017-Q1 2017-04-06 2017-07-06",
        "YEAR, 2017-04-05, year:2016 2016-04-06 2017-04-06",
        "YEAR, 2018-01-01, year:2017 2017-04-06 2018-04-06"
    })
    void aFiscalYearFromTheSixthOfAprilHasMonthsFromTheSixth(PeriodKind kind, String date, String expected) {
        PeriodCalendar fiscal = new PeriodCalendar(DayOfWeek.MONDAY, 4, 6);
        assertThat(text(fiscal.periodOf(kind, day(date)))).isEqualTo(expected);
    }

    @Test
    void weeksBeginOnTheGivenDay() {
        PeriodCalendar iranian = new PeriodCalendar(DayOfWeek.SATURDAY, 3, 21);
        assertThat(text(iranian.periodOf(PeriodKind.WEEK, day("2017-06-30"))))
                .isEqualTo("week:2017-06-24 2017-06-24 2017-07-01");
        assertThat(text(iranian.periodOf(PeriodKind.WEEK, day("2017-07-01"))))
                .isEqualTo("week:2017-07-01 2017-07-01 2017-07-08");
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 1, 1, 28 June 2017",
        "WEEK, 1, 1, week of 26 June 2017",
        "MONTH, 1, 1, June 2017",
        "QUARTER, 1, 1, Q2 2017",
        "YEAR, 1, 1, 2017",
        "TOTAL, 1, 1, all time",
        "MONTH, 4, 1, June 2017",
        "QUARTER, 10, 1, Q3 2016/17",
        "YEAR, 10, 1, 2016/17",
        "MONTH, 4, 6, month of 6 June 2017",
        "YEAR, 4, 6, 2017/18"
    })
    void whatPeopleCallAPeriod(PeriodKind kind, int startMonth, int startDay, String label) {
        PeriodCalendar calendar = new PeriodCalendar(DayOfWeek.MONDAY, startMonth, startDay);
        assertThat(calendar.label(calendar.periodOf(kind, day("2017-06-28")))).isEqualTo(label);
    }

    @Test
    void theTotalContainsEveryDayAndHasNothingBeforeIt() {
        Period total = CALENDAR_YEAR.periodOf(PeriodKind.TOTAL, day("2017-06-28"));
        assertThat(total).isEqualTo(Period.TOTAL);
        assertThat(total.contains(day("0001-01-05"))).isTrue();
        assertThatThrownBy(() -> CALENDAR_YEAR.previous(total)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyDayLiesInItsPeriodsAndPeriodsOfAKindFollowEachOther() {
        for (PeriodCalendar calendar : List.of(
                CALENDAR_YEAR,
                new PeriodCalendar(DayOfWeek.SUNDAY, 10, 1),
                new PeriodCalendar(DayOfWeek.SATURDAY, 3, 21))) {
            for (long epochDay = day("2015-12-01"); epochDay < day("2018-02-01"); epochDay++) {
                for (PeriodKind kind : PeriodKind.values()) {
                    Period period = calendar.periodOf(kind, epochDay);
                    assertThat(period.contains(epochDay)).isTrue();
                    if (kind != PeriodKind.TOTAL) {
                        assertThat(calendar.periodOf(kind, period.startEpochDay()))
                                .isEqualTo(period);
                        assertThat(calendar.previous(period).endEpochDayExclusive())
                                .isEqualTo(period.startEpochDay());
                    }
                }
            }
        }
    }

    @Test
    void likePeriodsOfADayAreTheSameWeekdaysAndOthersAreTheOnesBefore() {
        Period wednesday = CALENDAR_YEAR.periodOf(PeriodKind.DAY, day("2017-06-28"));
        assertThat(CALENDAR_YEAR.likeBefore(wednesday, 3))
                .extracting(Period::key)
                .containsExactly("day:2017-06-21", "day:2017-06-14", "day:2017-06-07");
        Period february = CALENDAR_YEAR.periodOf(PeriodKind.MONTH, day("2017-02-28"));
        assertThat(CALENDAR_YEAR.likeBefore(february, 3))
                .extracting(Period::key)
                .containsExactly("month:2017-01", "month:2016-12", "month:2016-11");
    }

    @Test
    void aFiscalStartThatSomeMonthsDoNotHaveIsRefused() {
        assertThatThrownBy(() -> new PeriodCalendar(DayOfWeek.MONDAY, 1, 29))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("29");
        assertThatThrownBy(() -> new PeriodCalendar(DayOfWeek.MONDAY, 13, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("13");
    }
}
