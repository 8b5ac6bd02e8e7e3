package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RecentDaysTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BusinessCalendar CALENDAR =
            new BusinessCalendar(BERLIN, WorkingWeek.wholeDays(Set.of()), Set.of());
    private static final long DAY_MILLIS = 86_400_000;

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private static long at(String wallClock) {
        return LocalDateTime.parse(wallClock).atZone(BERLIN).toInstant().toEpochMilli();
    }

    @Test
    void isTheLastWeekThatIsOver() {
        RecentDays days = RecentDays.of(CALENDAR, new Maturity(0), at("2017-06-15T12:00"));
        assertThat(days).isEqualTo(new RecentDays(day("2017-04-13"), day("2017-06-08"), day("2017-06-15")));
        assertThat(days.isNow(day("2017-06-14"))).isTrue();
        assertThat(days.isNow(day("2017-06-15"))).isFalse();
        assertThat(days.isNow(day("2017-06-07"))).isFalse();
        assertThat(days.isBefore(day("2017-06-07"))).isTrue();
        assertThat(days.isBefore(day("2017-04-12"))).isFalse();
        assertThat(days.isBefore(day("2017-06-08"))).isFalse();
    }

    @Test
    void liesBackAsFarAsItsCasesNeed() {
        RecentDays days = RecentDays.of(CALENDAR, new Maturity(14 * DAY_MILLIS), at("2017-06-15T12:00"));
        assertThat(days.endEpochDayExclusive()).isEqualTo(day("2017-06-01"));
    }

    @Test
    void aDayIsInOnceItsLastCaseIsOldEnough() {
        long midnight = at("2017-06-15T00:00");
        assertThat(RecentDays.of(CALENDAR, new Maturity(0), midnight).endEpochDayExclusive())
                .isEqualTo(day("2017-06-15"));
        assertThat(RecentDays.of(CALENDAR, new Maturity(0), midnight - 1).endEpochDayExclusive())
                .isEqualTo(day("2017-06-14"));
    }

    @Property(tries = 200, seed = "20261122")
    void allOfItsCasesAreMatureAndTheNextDayHasSomeThatAreNot(
            @ForAll @LongRange(max = 400L * 86_400_000) long offset, @ForAll @IntRange(max = 40 * 24) int withinHours) {
        long asOf = at("2017-01-01T00:00") + offset;
        Maturity maturity = new Maturity(withinHours * 3_600_000L);
        RecentDays days = RecentDays.of(CALENDAR, maturity, asOf);
        long lastOfTheWeek = CALENDAR.startOfDayMillis(days.endEpochDayExclusive()) - 1;
        long lastOfTheNextDay = CALENDAR.startOfDayMillis(days.endEpochDayExclusive() + 1) - 1;
        assertThat(maturity.isMature(lastOfTheWeek, asOf)).isTrue();
        assertThat(maturity.isMature(lastOfTheNextDay, asOf)).isFalse();
        assertThat(days.endEpochDayExclusive() - days.nowFromEpochDay()).isEqualTo(7);
        assertThat(days.nowFromEpochDay() - days.beforeFromEpochDay()).isEqualTo(56);
    }
}
