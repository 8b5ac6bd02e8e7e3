package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BurstsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void burstsGrowUntilOneTakesLongEnough() {
        Bursts bursts = new Bursts();

        assertThat(bursts.records()).isEqualTo(2_000);
        assertThat(bursts.took(SECOND)).isFalse();
        assertThat(bursts.records()).isEqualTo(8_000);
        assertThat(bursts.took(10 * SECOND)).isFalse();
        // 25 s are aimed at.
        assertThat(bursts.records()).isEqualTo(20_000);
        assertThat(bursts.took(19 * SECOND)).isFalse();
        assertThat(bursts.records()).isEqualTo(30_000);
        assertThat(bursts.took(20 * SECOND)).isTrue();
        assertThat(bursts.perSecond()).isEqualTo(1_500);
    }

    @Test
    void theyEndWithTheLargest() {
        Bursts bursts = new Bursts();

        int count = 1;
        while (!bursts.took(SECOND)) {
            count++;
        }

        assertThat(bursts.records()).isEqualTo(8_000_000);
        assertThat(count * Bursts.PROBES).isLessThanOrEqualTo(Bursts.MAX_PROBES);
    }

    @Test
    void thereAreNotMoreThanThereAreProbesFor() {
        Bursts bursts = new Bursts();

        int count = 1;
        while (!bursts.took(19 * SECOND)) {
            count++;
        }

        assertThat(count * Bursts.PROBES).isEqualTo(Bursts.MAX_PROBES);
    }
}
