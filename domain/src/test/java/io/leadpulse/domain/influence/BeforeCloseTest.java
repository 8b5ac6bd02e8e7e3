package io.leadpulse.domain.influence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.oracle.OracleCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BeforeCloseTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<Long> HOLIDAYS =
            Set.of(LocalDate.parse("2017-05-01").toEpochDay());
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            BERLIN,
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            HOLIDAYS);

    private static long at(String wallClock) {
        return LocalDateTime.parse(wallClock).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private static boolean counts(String act, String close) {
        return BeforeClose.counts(at(act), at(close), CALENDAR);
    }

    @Test
    void anActOneBusinessDayBeforeCounts() {
        assertThat(counts("2017-05-09T11:00", "2017-05-10T11:00")).isTrue();
        assertThat(counts("2017-05-09T11:00:00.001", "2017-05-10T11:00")).isFalse();
        assertThat(counts("2017-05-09T11:00", "2017-05-09T16:00")).isFalse();
    }

    @Test
    void weekendsAndHolidaysAreNoBusinessDay() {
        // Friday noon to Tuesday noon over the first of May, a Monday: just one business day.
        assertThat(counts("2017-04-28T12:00", "2017-05-02T12:00")).isTrue();
        assertThat(counts("2017-04-28T12:00", "2017-05-02T11:59")).isFalse();
        assertThat(counts("2017-04-29T12:00", "2017-05-02T16:59")).isFalse();
        assertThat(counts("2017-04-29T12:00", "2017-05-02T17:00")).isTrue();
    }

    @Test
    void whatHappensAtOrAfterTheCloseNeverCounts() {
        assertThat(counts("2017-05-10T11:00", "2017-05-10T11:00")).isFalse();
        assertThat(counts("2017-05-17T11:00", "2017-05-10T11:00")).isFalse();
    }

    @Test
    void withoutBusinessTimeNothingCounts() {
        BusinessCalendar idle = new BusinessCalendar(BERLIN, WorkingWeek.wholeDays(Set.of()), Set.of());
        assertThat(BeforeClose.counts(at("2017-05-09T11:00"), at("2019-05-09T11:00"), idle))
                .isFalse();
    }

    @Property(tries = 100, seed = "20261122")
    void agreesWithTheOracleToTheMillisecond(@ForAll @LongRange(max = 20L * 86_400_000) long offset) {
        OracleCalendar oracle = new OracleCalendar(
                BERLIN,
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY).stream()
                        .collect(Collectors.toMap(day -> day, day -> List.of(new int[] {9 * 60, 17 * 60}))),
                Set.of(LocalDate.parse("2017-05-01")),
                List.of());
        long act = at("2017-04-20T00:00") + offset;
        long due = OracleCalendar.dueAfterBusinessDays(new long[] {act}, List.of(oracle), act, 1_000);
        assertThat(BeforeClose.counts(act, due, CALENDAR)).isTrue();
        assertThat(BeforeClose.counts(act, due - 1, CALENDAR)).isFalse();
    }
}
