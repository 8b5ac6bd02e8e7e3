package io.leadpulse.domain.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.oracle.StatisticsOracle;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

    /** Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3 (score, no continuity correction). */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void hasTheIntervalsOfNewcombesTable(long k, long n, String lower, String upper) {
        Interval interval = new Rate(k, n).interval().orElseThrow();
        assertThat(digits(4, interval.lower())).isEqualTo(lower);
        assertThat(digits(4, interval.upper())).isEqualTo(upper);
    }

    /** The table of the simulator's story, in percent. */
    @ParameterizedTest
    @CsvSource({
        "112, 560, 1, 20.0, 16.9, 23.5",
        "28, 1240, 2, 2.26, 1.57, 3.24",
        "17, 48, 1, 35.4, 23.4, 49.6",
        "49, 214, 1, 22.9, 17.8, 29.0"
    })
    void hasTheIntervalsOfTheStory(long k, long n, int decimals, String rate, String lower, String upper) {
        Rate campaign = new Rate(k, n);
        Interval interval = campaign.interval().orElseThrow();
        assertThat(digits(decimals, 100 * campaign.figure().value())).isEqualTo(rate);
        assertThat(digits(decimals, 100 * interval.lower())).isEqualTo(lower);
        assertThat(digits(decimals, 100 * interval.upper())).isEqualTo(upper);
    }

    @Test
    void usesTheQuantileOf95Percent() {
        assertThat(WilsonInterval.Z_95).isCloseTo(StatisticsOracle.quantileOf95(), within(1e-12));
    }

    @Test
    void ofNothingHasNoValue() {
        assertThat(Rate.NONE.figure().value()).isNull();
        assertThat(Rate.NONE.figure().lack().text()).isEqualTo("1 case, has 0");
        assertThat(Rate.NONE.interval()).isEmpty();
        assertThat(Rate.NONE.isGrey()).isTrue();
    }

    @Test
    void isGreyUnderTenCases() {
        assertThat(new Rate(9, 9).isGrey()).isTrue();
        assertThat(new Rate(9, 9).figure().value()).isEqualTo(1.0);
        assertThat(new Rate(9, 9).ranked().lack().text()).isEqualTo("10 cases, has 9");
        assertThat(new Rate(0, 10).isGrey()).isFalse();
        assertThat(new Rate(3, 10).ranked()).isEqualTo(new RatioFigure(0.3, 3L, 10L, null));
    }

    @Test
    void noneAndAllAreTheirOwnBounds() {
        assertThat(new Rate(0, 7).interval().orElseThrow().lower()).isZero();
        assertThat(new Rate(7, 7).interval().orElseThrow().upper()).isEqualTo(1.0);
        assertThat(new Rate(0, Long.MAX_VALUE / 4).interval().orElseThrow().upper())
                .isBetween(0.0, 1e-15);
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatThrownBy(() -> new Rate(-1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(4, 3)).hasMessage("4 of 3 is no rate");
        assertThatThrownBy(() -> new Rate(1, 3).minus(new Rate(2, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300, seed = "20261122")
    void boundsAreWhereAScoreTestBeginsToReject(
            @ForAll @LongRange(min = 1, max = 100_000) long n, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        long k = Math.round(share * n);
        Interval interval = new Rate(k, n).interval().orElseThrow();
        assertThat(interval.lower()).isCloseTo(StatisticsOracle.scoreBound(k, n, false), within(1e-12));
        assertThat(interval.upper()).isCloseTo(StatisticsOracle.scoreBound(k, n, true), within(1e-12));
        assertThat(interval.contains((double) k / n)).isTrue();
    }

    @Property(seed = "20261122")
    void goodAndBadAreMirrored(
            @ForAll @LongRange(min = 1, max = 10_000) long n, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        long k = Math.round(share * n);
        Interval good = new Rate(k, n).interval().orElseThrow();
        Interval bad = new Rate(n - k, n).interval().orElseThrow();
        assertThat(good.lower()).isCloseTo(1 - bad.upper(), within(1e-14));
        assertThat(good.upper()).isCloseTo(1 - bad.lower(), within(1e-14));
    }

    @Property(seed = "20261122")
    void whatIsAddedCanBeTakenAway(
            @ForAll @LongRange(max = 1_000) long a,
            @ForAll @LongRange(max = 1_000) long b,
            @ForAll @LongRange(max = 1_000) long c,
            @ForAll @LongRange(max = 1_000) long d) {
        Rate first = new Rate(a, a + b);
        Rate second = new Rate(c, c + d);
        assertThat(first.plus(second)).isEqualTo(second.plus(first)).isEqualTo(new Rate(a + c, a + b + c + d));
        assertThat(first.plus(second).minus(second)).isEqualTo(first);
    }

    static String digits(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
