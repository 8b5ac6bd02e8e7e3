package io.leadpulse.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.figure.RatioFigure;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthToDateTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            BERLIN,
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            Set.of(LocalDate.parse("2017-05-01").toEpochDay()));
    private static final PeriodCalendar PERIODS = new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);

    private static long at(String wallClock) {
        return LocalDateTime.parse(wallClock).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private static String like(String wallClock) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(like(at(wallClock))), BERLIN)
                .toString();
    }

    private static long like(long asOfMillis) {
        Period month = PERIODS.periodOf(PeriodKind.MONTH, CALENDAR.epochDay(asOfMillis));
        return GrowthToDate.likeInstantMillis(CALENDAR, month, PERIODS.previous(month), asOfMillis);
    }

    @ParameterizedTest
    @CsvSource({
        // May 2017 begins with a holiday on Monday, April with a weekend: the first business days are the 2nd and the
        // 3rd.
        "2017-05-02T11:30, 2017-04-03T11:30",
        "2017-05-10T15:00, 2017-04-11T15:00",
        // A weekend after four business days: all before April's fifth.
        "2017-05-06T12:00, 2017-04-07T00:00",
        // On Labour Day no business day has gone by: all before April's first, that is its weekend.
        "2017-05-01T12:00, 2017-04-03T00:00",
        // April has 20 business days; May's 21st and 22nd have none like them, and its end is all of April.
        "2017-05-30T23:59, 2017-05-01T00:00",
        "2017-05-31T08:00, 2017-05-01T00:00",
        "2017-05-29T10:00, 2017-04-28T10:00"
    })
    void isTheSameBusinessDayAndTimeOfTheMonthBefore(String now, String then) {
        assertThat(like(now)).isEqualTo(then);
    }

    @ParameterizedTest
    @CsvSource({
        // Labour Day, on which no business day has gone by: April's first weekend.
        "2017-05-01, 2017-04-03",
        "2017-05-02, 2017-04-04",
        "2017-05-05, 2017-04-07",
        // A weekend after four business days: all before April's fifth.
        "2017-05-06, 2017-04-07",
        "2017-05-07, 2017-04-07",
        "2017-05-08, 2017-04-08",
        // April has 20 business days, of which the last is the 28th; its last weekend counts after May's 20th.
        "2017-05-29, 2017-04-29",
        "2017-05-30, 2017-05-01",
        "2017-05-31, 2017-05-01",
        "2017-06-30, 2017-06-01",
        // March has 23 business days, April 20: what came after March's 20th is beside no day.
        "2017-04-01, 2017-03-01",
        "2017-04-28, 2017-03-29",
        "2017-04-30, 2017-03-29"
    })
    void aWholeDayIsHeldAgainstAllBeforeADayOfTheMonthBefore(LocalDate day, LocalDate before) {
        Period month = PERIODS.periodOf(PeriodKind.MONTH, day.toEpochDay());
        assertThat(LocalDate.ofEpochDay(
                        GrowthToDate.likeEndEpochDay(CALENDAR, month, PERIODS.previous(month), day.toEpochDay())))
                .isEqualTo(before);
    }

    @Property(tries = 200, seed = "20261122")
    void aWholeDayEndsWhereItsLastMomentDoes(@ForAll @IntRange(max = 700) int offset) {
        long day = LocalDate.parse("2016-06-01").toEpochDay() + offset;
        Period month = PERIODS.periodOf(PeriodKind.MONTH, day);
        long lastMoment = like(CALENDAR.startOfDayMillis(day + 1) - 1);
        assertThat(GrowthToDate.likeEndEpochDay(CALENDAR, month, PERIODS.previous(month), day))
                .isEqualTo(CALENDAR.epochDay(lastMoment - 1) + 1);
    }

    @Test
    void aLongDayEndsWithTheShortOne() {
        // 2017-03-26 has 23 hours; calendar days are business days here.
        BusinessCalendar everyDay =
                new BusinessCalendar(BERLIN, WorkingWeek.wholeDays(EnumSet.allOf(DayOfWeek.class)), Set.of());
        Period april =
                PERIODS.periodOf(PeriodKind.MONTH, LocalDate.parse("2017-04-26").toEpochDay());
        assertThat(GrowthToDate.likeInstantMillis(everyDay, april, PERIODS.previous(april), at("2017-04-26T23:30")))
                .isEqualTo(at("2017-03-27T00:00"));
    }

    @Test
    void refusesADayOfAnotherPeriodAndTheTotal() {
        Period may =
                PERIODS.periodOf(PeriodKind.MONTH, LocalDate.parse("2017-05-10").toEpochDay());
        Period april = PERIODS.previous(may);
        long june = at("2017-06-01T12:00");
        assertThatThrownBy(() -> GrowthToDate.likeInstantMillis(CALENDAR, may, april, june))
                .hasMessageContaining("month:2017-05");
        assertThatThrownBy(() -> GrowthToDate.likeInstantMillis(CALENDAR, Period.TOTAL, april, june))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200, seed = "20261122")
    void asManyBusinessDaysHaveGoneByThen(@ForAll @LongRange(max = 700L * 86_400_000) long offset) {
        long now = at("2016-06-01T00:00") + offset;
        Period month = PERIODS.periodOf(PeriodKind.MONTH, CALENDAR.epochDay(now));
        Period before = PERIODS.previous(month);
        long then = like(now);
        long end = CALENDAR.startOfDayMillis(before.endEpochDayExclusive());
        assertThat(then).isBetween(CALENDAR.startOfDayMillis(before.startEpochDay()), end);
        if (then < end) {
            assertThat(CALENDAR.businessDaysBetween(CALENDAR.startOfDayMillis(before.startEpochDay()), then))
                    .isEqualTo(CALENDAR.businessDaysBetween(CALENDAR.startOfDayMillis(month.startEpochDay()), now));
        }
    }

    @Test
    void growthNeedsSomethingToGrowFrom() {
        assertThat(GrowthToDate.of(120, 100).growth()).isEqualTo(new RatioFigure(0.2, 20L, 100L, null));
        assertThat(GrowthToDate.of(-20, 100).growth().value()).isEqualTo(-1.2);
        assertThat(GrowthToDate.of(120, 0).growth().lack().text())
                .isEqualTo("sales in the period before by the same business day");
        assertThat(GrowthToDate.of(120, -10).growth().value()).isNull();
    }
}
