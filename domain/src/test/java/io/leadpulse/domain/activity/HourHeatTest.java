package io.leadpulse.domain.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.rate.Rate;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HourHeatTest {
    private static final WeekHour MONDAY_10 = new WeekHour(DayOfWeek.MONDAY, 10);
    private static final WeekHour TUESDAY_10 = new WeekHour(DayOfWeek.TUESDAY, 10);
    private static final WeekHour MONDAY_13 = new WeekHour(DayOfWeek.MONDAY, 13);

    private static HourHeat with(HourHeat heat, WeekHour at, int reached, int attempts) {
        HourHeat with = heat;
        for (int i = 0; i < attempts; i++) {
            with = with.plus(at, i < reached);
        }
        return with;
    }

    @Test
    void readsTheWallClockOfTheZone() {
        long sunday2330Utc = LocalDateTime.parse("2017-05-07T23:30")
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        assertThat(WeekHour.at(sunday2330Utc, ZoneOffset.UTC)).isEqualTo(new WeekHour(DayOfWeek.SUNDAY, 23));
        assertThat(WeekHour.at(sunday2330Utc, ZoneId.of("Europe/Berlin"))).isEqualTo(new WeekHour(DayOfWeek.MONDAY, 1));
        assertThatThrownBy(() -> new WeekHour(DayOfWeek.MONDAY, 24)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sumsByHourAndByWeekday() {
        HourHeat heat = with(with(with(HourHeat.EMPTY, MONDAY_10, 4, 12), TUESDAY_10, 1, 3), MONDAY_13, 0, 5);
        assertThat(heat.cell(MONDAY_10)).isEqualTo(new Rate(4, 12));
        assertThat(heat.hour(10)).isEqualTo(new Rate(5, 15));
        assertThat(heat.day(DayOfWeek.MONDAY)).isEqualTo(new Rate(4, 17));
        assertThat(heat.hour(9)).isEqualTo(Rate.NONE);
        assertThat(heat.cells()).hasSize(3);
    }

    @Test
    void ranksOnlyWhereThereAreTenAttempts() {
        HourHeat heat = with(HourHeat.EMPTY, MONDAY_13, 9, 9);
        assertThat(heat.best()).isEmpty();
        assertThat(heat.bestHour().lack().text()).isEqualTo("10 cases, has 9");
        heat = with(heat, MONDAY_10, 3, 10);
        assertThat(heat.best()).contains(MONDAY_10);
        assertThat(heat.bestHour()).isEqualTo(WholeFigure.of(10));
        assertThat(with(heat, TUESDAY_10, 6, 20).best()).contains(TUESDAY_10);
        assertThat(with(heat, MONDAY_13, 0, 1).best()).contains(MONDAY_13);
    }

    @Test
    void ofEqualHoursTheEarlierInTheWeekIsBest() {
        HourHeat heat = with(with(HourHeat.EMPTY, TUESDAY_10, 5, 10), MONDAY_13, 5, 10);
        assertThat(heat.best()).contains(MONDAY_13);
        assertThat(heat.bestHour()).isEqualTo(WholeFigure.of(10));
    }

    @Test
    void aLeadsUsualHourNeedsThreeAnswers() {
        HourHeat heat = with(with(HourHeat.EMPTY, MONDAY_13, 1, 40), MONDAY_10, 1, 1);
        assertThat(heat.usualAnswerHour().lack().text()).isEqualTo("3 answers, has 2");
        assertThat(with(heat, TUESDAY_10, 1, 1).usualAnswerHour()).isEqualTo(WholeFigure.of(10));
        assertThat(with(heat, MONDAY_13, 1, 1).usualAnswerHour()).isEqualTo(WholeFigure.of(13));
        // Three hours with one answer each: the earliest.
        assertThat(with(heat, new WeekHour(DayOfWeek.FRIDAY, 8), 1, 1).usualAnswerHour())
                .isEqualTo(WholeFigure.of(8));
    }

    @Test
    void refusesToTakeAwayWhatWasNotThere() {
        assertThatThrownBy(() -> HourHeat.EMPTY.minus(MONDAY_10, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 50, seed = "20261122")
    void isAFunctionOfTheAttemptsAlone(@ForAll long seed) {
        Random random = new Random(seed);
        List<WeekHour> attempts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            attempts.add(new WeekHour(DayOfWeek.of(1 + random.nextInt(7)), random.nextInt(24)));
        }
        HourHeat heat = HourHeat.EMPTY;
        for (WeekHour at : attempts) {
            heat = heat.plus(at, at.hour() % 3 == 0);
        }
        Collections.shuffle(attempts, random);
        HourHeat shuffled = HourHeat.EMPTY;
        for (WeekHour at : attempts) {
            shuffled = shuffled.plus(at, at.hour() % 3 == 0);
        }
        assertThat(shuffled).isEqualTo(heat);
        for (WeekHour at : attempts) {
            shuffled = shuffled.minus(at, at.hour() % 3 == 0);
        }
        assertThat(shuffled).isEqualTo(HourHeat.EMPTY);
    }
}
