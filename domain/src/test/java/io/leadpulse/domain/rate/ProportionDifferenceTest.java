package io.leadpulse.domain.rate;

import static io.leadpulse.domain.rate.RateTest.digits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.oracle.StatisticsOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionDifferenceTest {

    /** Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void hasTheIntervalsOfNewcombesTable(long k, long n, long m, long l, String lower, String upper) {
        ProportionDifference difference = ProportionDifference.of(new Rate(m, l), new Rate(k, n));
        assertThat(difference.value()).isCloseTo((double) k / n - (double) m / l, within(1e-15));
        assertThat(digits(4, difference.interval().lower())).isEqualTo(lower);
        assertThat(digits(4, difference.interval().upper())).isEqualTo(upper);
    }

    @Test
    void needsACaseOnBothSides() {
        assertThat(ProportionDifference.of(Rate.NONE, new Rate(1, 2)).lack().text())
                .isEqualTo("1 case before, has 0");
        assertThat(ProportionDifference.of(new Rate(1, 2), Rate.NONE).lack().text())
                .isEqualTo("1 case now, has 0");
        assertThat(ProportionDifference.of(new Rate(1, 2), Rate.NONE).isBeyondChance())
                .isFalse();
    }

    @Test
    void isBeyondChanceWhereNoDifferenceIsLeftOut() {
        assertThat(ProportionDifference.of(new Rate(48, 80), new Rate(56, 70)).isBeyondChance())
                .isTrue();
        assertThat(ProportionDifference.of(new Rate(0, 29), new Rate(5, 56)).isBeyondChance())
                .isFalse();
    }

    @Property(tries = 300, seed = "20261122")
    void isMadeOfTheBoundsOfBoth(
            @ForAll @LongRange(max = 500) long a,
            @ForAll @LongRange(max = 500) long b,
            @ForAll @LongRange(max = 500) long c,
            @ForAll @LongRange(max = 500) long d) {
        Rate before = new Rate(a, a + b + 1);
        Rate after = new Rate(c, c + d + 1);
        double p = (double) c / (c + d + 1);
        double q = (double) a / (a + b + 1);
        double down = Math.sqrt(Math.pow(p - StatisticsOracle.scoreBound(c, c + d + 1, false), 2)
                + Math.pow(StatisticsOracle.scoreBound(a, a + b + 1, true) - q, 2));
        ProportionDifference difference = ProportionDifference.of(before, after);
        assertThat(difference.interval().lower()).isCloseTo(Math.max(-1, p - q - down), within(1e-10));
        assertThat(difference.interval().contains(difference.value())).isTrue();
        ProportionDifference mirrored = ProportionDifference.of(after, before);
        assertThat(mirrored.interval().upper()).isCloseTo(-difference.interval().lower(), within(1e-14));
        assertThat(mirrored.interval().lower()).isCloseTo(-difference.interval().upper(), within(1e-14));
    }
}
