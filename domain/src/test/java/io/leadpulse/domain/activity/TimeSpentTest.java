package io.leadpulse.domain.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.activity.TimeSpent.Span;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.oracle.StatisticsOracle;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimeSpentTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long MINUTE = 60_000;

    @Test
    void countsWhatOverlapsOnce() {
        TimeSpent spent = TimeSpent.of(List.of(
                new Span(100, 200), new Span(150, 180), new Span(190, 250), new Span(300, 400), new Span(7, 7)));
        assertThat(spent.spans()).containsExactly(new Span(100, 250), new Span(300, 400));
        assertThat(spent.millis()).isEqualTo(250);
        assertThat(spent.millisBetween(200, 350)).isEqualTo(100);
        assertThat(spent.millisBetween(500, 600)).isZero();
    }

    @Test
    void whatTouchesIsOneSpan() {
        assertThat(TimeSpent.of(List.of(new Span(10, 20), new Span(0, 10))).spans())
                .containsExactly(new Span(0, 20));
    }

    @Test
    void anActivityLoggedTwiceIsNotLonger() {
        Span call = new Span(0, 10 * MINUTE);
        assertThat(TimeSpent.of(List.of(call, call, call)).millis()).isEqualTo(10 * MINUTE);
        assertThat(TimeSpent.of(List.of()).millis()).isZero();
    }

    @Test
    void midnightDividesItBetweenTheDays() {
        BusinessCalendar calendar = new BusinessCalendar(BERLIN, WorkingWeek.wholeDays(Set.of()), Set.of());
        long from = LocalDateTime.parse("2017-05-09T23:50")
                .atZone(BERLIN)
                .toInstant()
                .toEpochMilli();
        long day = LocalDate.parse("2017-05-09").toEpochDay();
        assertThat(TimeSpent.of(List.of(new Span(from, from + 30 * MINUTE))).millisByDay(calendar))
                .isEqualTo(Map.of(day, 10 * MINUTE, day + 1, 20 * MINUTE));
    }

    @Test
    void refusesWhatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Span(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200, seed = "20261122")
    void isTheUnionInWhateverOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<Span> spans = new ArrayList<>();
        List<long[]> oracle = new ArrayList<>();
        for (int i = 0; i < random.nextInt(12); i++) {
            long from = random.nextInt(90);
            long to = from + random.nextInt(20);
            spans.add(new Span(from, to));
            oracle.add(new long[] {from, to});
        }
        TimeSpent spent = TimeSpent.of(spans);
        assertThat(spent.millis()).isEqualTo(StatisticsOracle.covered(oracle, 0, 120));
        assertThat(spent.millisBetween(30, 60)).isEqualTo(StatisticsOracle.covered(oracle, 30, 60));
        Collections.shuffle(spans, random);
        assertThat(TimeSpent.of(spans)).isEqualTo(spent);
    }
}
