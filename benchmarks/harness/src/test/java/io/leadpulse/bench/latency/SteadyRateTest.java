package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SteadyRateTest {
    @Test
    void aRateThatAnEngineKeepsUpWithIsFoundAtOnce() {
        SteadyRate rate = new SteadyRate(4_000);
        assertThat(rate.took(0.05)).isTrue();
        assertThat(rate.perSecond()).isEqualTo(4_000);
    }

    @Test
    void anEngineThatFallsBehindIsSentAsMuchLess() {
        SteadyRate rate = new SteadyRate(4_000);
        assertThat(rate.took(0.5)).isFalse();
        assertThat(rate.perSecond()).isEqualTo(1_900);
        assertThat(rate.took(-0.01)).isTrue();
        assertThat(rate.perSecond()).isEqualTo(1_900);
    }

    @Test
    void anEngineThatDoesNothingIsNotTriedForEver() {
        SteadyRate rate = new SteadyRate(1_000_000);
        int tries = 1;
        while (!rate.took(5)) {
            tries++;
        }
        assertThat(tries).isEqualTo(SteadyRate.MOST);
        assertThat(rate.perSecond()).isPositive();
    }

    /** An engine that does 3,000 of 4,000 a second is a quarter of a second later after each second. */
    @Test
    void saysHowMuchLaterResultsCome() {
        long[] micros = new long[SteadyRate.SECONDS * 10];
        for (int place = 0; place < micros.length; place++) {
            micros[place] = 2_000_000 + place * 25_000L;
        }
        assertThat(SteadyRate.behind(micros)).isCloseTo(0.25, within(0.001));
    }

    @Test
    void whatWaitsForACommitIsNotLaterAndLater() {
        long[] micros = new long[SteadyRate.SECONDS * 10];
        for (int place = 0; place < micros.length; place++) {
            micros[place] = 5_000_000 - place % 50 * 100_000L;
        }
        assertThat(SteadyRate.behind(micros)).isCloseTo(0, within(0.03));
    }
}
