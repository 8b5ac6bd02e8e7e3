package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.oracle.MarchEquinox;
import io.leadpulse.oracle.OraclePeriods;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Persian dates against published ones, astronomy and ICU4J. */
class PersianMonthsTest {
    private static final PeriodCalendar PERSIAN = new PeriodCalendar(MonthSystem.PERSIAN, DayOfWeek.SATURDAY, 1, 1);
    /** The first year of the calendar in Iran's law, and the last before which astronomy and the cycle may part. */
    private static final int FIRST_YEAR = 1304;

    private static final int LAST_YEAR = 1501;
    private static final int YEARS_APART = 621;

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static String persian(long epochDay) {
        long index = MonthSystem.PERSIAN.monthIndex(epochDay);
        return MonthSystem.yearOf(index) + "-" + MonthSystem.monthOf(index) + "-"
                + MonthSystem.PERSIAN.dayOfMonth(epochDay);
    }

    private static LocalDate nowruz(int year) {
        return LocalDate.ofEpochDay(MonthSystem.PERSIAN.firstEpochDay(year * 12L));
    }

    /** As printed in calendars of Iran, and days of its history known by both dates. */
    @ParameterizedTest
    @CsvSource({
        "1991-03-21, 1370-1-1",
        "1992-03-21, 1371-1-1",
        "1996-03-20, 1375-1-1",
        "1997-03-21, 1376-1-1",
        "2000-03-20, 1379-1-1",
        "2008-03-20, 1387-1-1",
        "2012-03-20, 1391-1-1",
        "2016-03-20, 1395-1-1",
        "2017-03-21, 1396-1-1",
        "2020-03-20, 1399-1-1",
        "2021-03-20, 1399-12-30",
        "2021-03-21, 1400-1-1",
        "2022-03-21, 1401-1-1",
        "2023-03-21, 1402-1-1",
        "2024-03-19, 1402-12-29",
        "2024-03-20, 1403-1-1",
        "2025-03-20, 1403-12-30",
        "2025-03-21, 1404-1-1",
        "2026-03-21, 1405-1-1",
        "1906-08-05, 1285-5-13",
        "1951-03-20, 1329-12-29",
        "1979-02-11, 1357-11-22",
        "1970-01-01, 1348-10-11"
    })
    void publishedDates(String gregorian, String persian) {
        assertThat(persian(day(gregorian))).isEqualTo(persian);
    }

    /** The cycle of 2820 years makes 1404 one of 366 days; the equinox, and the law with it, 1403. */
    @Test
    void theLeapYearsAreThoseOfTheOfficialCalendar() {
        List<Integer> leap = new ArrayList<>();
        for (int year = 1370; year <= 1450; year++) {
            if (nowruz(year).plusDays(366).equals(nowruz(year + 1))) {
                leap.add(year);
            }
        }
        assertThat(leap)
                .containsExactly(
                        1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432,
                        1436, 1441, 1445, 1449);
    }

    @Test
    void theYearBeginsOnTheDayWhoseNoonInIranIsTheFirstAfterTheEquinox() {
        // The equinox of 2024 came on 20 March at 03:06 UTC, that of 2025 at 09:01, half an hour after noon in Iran.
        assertThat(MarchEquinox.inIran(2024) - day("2024-03-20")).isBetween(6.59 / 24, 6.61 / 24);
        assertThat(MarchEquinox.inIran(2025) - day("2025-03-20")).isBetween(12.51 / 24, 12.53 / 24);
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
            assertThat(nowruz(year)).as("1 Farvardin %d", year).isEqualTo(MarchEquinox.nowruz(year + YEARS_APART));
        }
    }

    @Test
    void noEquinoxComesSoNearToNoonThatTheEarthsRotationCouldDecide() {
        for (int year = 1370; year <= 1450; year++) {
            double timeOfDay = MarchEquinox.inIran(year + YEARS_APART) % 1;
            assertThat(Math.abs(timeOfDay - 0.5) * 24 * 60)
                    .as("minutes from noon, %d", year)
                    .isGreaterThan(15);
        }
    }

    @Test
    void everyDayIsThatOfIcu() {
        long end = nowruz(LAST_YEAR + 1).toEpochDay();
        for (long epochDay = nowruz(FIRST_YEAR).toEpochDay(); epochDay < end; epochDay++) {
            int[] icu = OraclePeriods.persian(epochDay);
            long index = MonthSystem.PERSIAN.monthIndex(epochDay);
            if (index != icu[0] * 12L + icu[1] - 1 || MonthSystem.PERSIAN.dayOfMonth(epochDay) != icu[2]) {
                assertThat(persian(epochDay)).isEqualTo(icu[0] + "-" + icu[1] + "-" + icu[2]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, day:2026-10-23, 1 Aban 1405",
        "WEEK, week:2026-10-17, week of 25 Mehr 1405",
        "MONTH, month:1405-08, Aban 1405",
        "QUARTER, quarter:1405-Q3, Q3 1405",
        "YEAR, year:1405, 1405",
        "TOTAL, total, all time"
    })
    void periodsOfAFriday(PeriodKind kind, String key, String label) {
        Period period = PERSIAN.periodOf(kind, day("2026-10-23"));
        assertThat(period.key()).isEqualTo(key);
        assertThat(PERSIAN.label(period)).isEqualTo(label);
    }

    @Test
    void aBudgetYearFromTheFirstOfTirNamesBothYears() {
        PeriodCalendar fromTir = new PeriodCalendar(MonthSystem.PERSIAN, DayOfWeek.SATURDAY, 4, 1);
        Period year = fromTir.periodOf(PeriodKind.YEAR, day("2026-06-21"));
        assertThat(year.key()).isEqualTo("year:1404");
        assertThat(fromTir.label(year)).isEqualTo("1404/05");
        assertThat(LocalDate.ofEpochDay(year.startEpochDay())).isEqualTo(LocalDate.parse("2025-06-22"));
        assertThat(LocalDate.ofEpochDay(year.endEpochDayExclusive())).isEqualTo(LocalDate.parse("2026-06-22"));
    }
}
