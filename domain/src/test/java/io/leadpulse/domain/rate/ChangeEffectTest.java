package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChangeEffectTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long DAY = 86_400_000;
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            BERLIN,
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            // Labour Day, a Monday in 2017.
            Set.of(day("2017-05-01")));
    private static final Rate BEFORE = new Rate(24, 100);
    private static final Rate AFTER = new Rate(13, 100);

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static long at(String wallClock) {
        return LocalDateTime.parse(wallClock).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private static ChangeWindows windows(String wallClock) {
        return ChangeWindows.of(CALENDAR, at(wallClock)).orElseThrow();
    }

    @Test
    void leavesOutTheDayThatWasWorkedBothWays() {
        // Wednesday noon: 20 business days back, over no holiday but Labour Day; four weeks on.
        assertThat(windows("2017-05-10T12:00"))
                .isEqualTo(
                        new ChangeWindows(day("2017-04-11"), day("2017-05-10"), day("2017-05-11"), day("2017-06-08")));
    }

    @Test
    void beginsAtOnceWithAChangeBeforeTheDoorsOpen() {
        ChangeWindows windows = windows("2017-05-10T09:00");
        assertThat(windows).isEqualTo(windows("2017-05-10T00:00"));
        assertThat(windows.afterFromEpochDay()).isEqualTo(day("2017-05-10"));
        assertThat(windows.afterToEpochDayExclusive()).isEqualTo(day("2017-06-07"));
        assertThat(windows.isBefore(day("2017-05-09"))).isTrue();
        assertThat(windows.isBefore(day("2017-05-10"))).isFalse();
        assertThat(windows.isAfter(day("2017-05-10"))).isTrue();
        assertThat(windows.isAfter(day("2017-06-06"))).isTrue();
        assertThat(windows.isAfter(day("2017-06-07"))).isFalse();
        assertThat(windows.isBefore(day("2017-04-10"))).isFalse();
    }

    @Test
    void countsTheWeekendOfAChangeToTheDaysAfter() {
        assertThat(windows("2017-05-13T12:00").afterFromEpochDay()).isEqualTo(day("2017-05-13"));
        assertThat(windows("2017-05-13T12:00").beforeToEpochDayExclusive()).isEqualTo(day("2017-05-13"));
    }

    @Test
    void hasNoWindowsWithoutBusinessTime() {
        BusinessCalendar idle = new BusinessCalendar(BERLIN, WorkingWeek.wholeDays(Set.of()), Set.of());
        assertThat(ChangeWindows.of(idle, at("2017-05-10T12:00"))).isEmpty();
    }

    @Property(tries = 100, seed = "20261122")
    void bothSidesHaveTwentyBusinessDays(@ForAll @LongRange(min = 0, max = 1_000L * 86_400_000) long offset) {
        long change = at("2016-01-01T00:00") + offset;
        ChangeWindows windows = ChangeWindows.of(CALENDAR, change).orElseThrow();
        assertThat(CALENDAR.businessDayCount(windows.beforeFromEpochDay(), windows.beforeToEpochDayExclusive()))
                .isEqualTo(20);
        assertThat(CALENDAR.businessDayCount(windows.afterFromEpochDay(), windows.afterToEpochDayExclusive()))
                .isEqualTo(20);
        // The first and the last of them are business days, and all work before the change is before.
        assertThat(CALENDAR.businessMillisOfDay(windows.beforeFromEpochDay())).isPositive();
        assertThat(CALENDAR.businessMillisOfDay(windows.afterToEpochDayExclusive() - 1))
                .isPositive();
        assertThat(CALENDAR.startOfDayMillis(windows.beforeToEpochDayExclusive()))
                .isLessThanOrEqualTo(change);
        assertThat(CALENDAR.businessMillisBetween(
                        CALENDAR.startOfDayMillis(windows.afterFromEpochDay()),
                        Math.max(change, CALENDAR.startOfDayMillis(windows.afterFromEpochDay()))))
                .isZero();
    }

    @Test
    void isTooEarlyUntilTheDaysAfterAreOver() {
        ChangeWindows windows = windows("2017-05-10T00:00");
        assertThat(effect(windows, 0, "2017-05-10T10:00").difference().lack().text())
                .isEqualTo("20 business days after the change, has 0");
        assertThat(effect(windows, 0, "2017-05-19T10:00").difference().lack().text())
                .isEqualTo("20 business days after the change, has 7");
        assertThat(effect(windows, 0, "2017-06-06T23:59").difference().lack().text())
                .isEqualTo("20 business days after the change, has 19");
        assertThat(effect(windows, 0, "2017-05-01T10:00").difference().lack().text())
                .isEqualTo("20 business days after the change, has 0");
        assertThat(effect(windows, 0, "2017-05-19T10:00").after()).isEqualTo(AFTER);
        ChangeEffect over = effect(windows, 0, "2017-06-07T00:00");
        assertThat(over.difference().lack()).isNull();
        assertThat(over.difference().value()).isEqualTo(0.13 - 0.24);
        assertThat(over.difference()).isEqualTo(ProportionDifference.of(BEFORE, AFTER));
    }

    @Test
    void waitsUntilTheYoungestCaseHadAsMuchTimeAsTheOthers() {
        ChangeWindows windows = windows("2017-05-10T00:00");
        assertThat(effect(windows, 14 * DAY, "2017-06-07T12:00")
                        .difference()
                        .lack()
                        .text())
                .isEqualTo("cases older than 14.0 days, has 0.5");
        long youngest = CALENDAR.startOfDayMillis(day("2017-06-07")) - 1;
        Maturity twoWeeks = new Maturity(14 * DAY);
        assertThat(ChangeEffect.of(CALENDAR, windows, twoWeeks, youngest + 14 * DAY, BEFORE, AFTER)
                        .difference()
                        .lack())
                .isNotNull();
        assertThat(ChangeEffect.of(CALENDAR, windows, twoWeeks, youngest + 14 * DAY + 1, BEFORE, AFTER)
                        .difference()
                        .lack())
                .isNull();
    }

    private static ChangeEffect effect(ChangeWindows windows, long withinMillis, String asOf) {
        return ChangeEffect.of(CALENDAR, windows, new Maturity(withinMillis), at(asOf), BEFORE, AFTER);
    }
}
