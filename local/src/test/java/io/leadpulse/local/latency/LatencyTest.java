package io.leadpulse.local.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.schemas.config.ConfigReader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, what is seen, and what follows from that. */
class LatencyTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aPlanHasSteadyBackgroundAndAProbeInEverySecond() {
        SendPlan plan = SendPlan.of(1_000, 50, 7);

        List<Long> background = plan.events().stream()
                .filter(event -> !event.isProbe())
                .map(SendPlan.Planned::atNanos)
                .toList();
        assertThat(background).hasSize(1_000).startsWith(0L, SECOND / 50, 2 * SECOND / 50);
        List<SendPlan.Planned> probes =
                plan.events().stream().filter(SendPlan.Planned::isProbe).toList();
        assertThat(probes).hasSize(20).hasSize(plan.probes());
        for (int probe = 0; probe < probes.size(); probe++) {
            assertThat(probes.get(probe).probe()).isEqualTo(probe);
            assertThat(probes.get(probe).atNanos()).isBetween(probe * SECOND, (probe + 1) * SECOND);
        }
        assertThat(plan.events()).isSortedAccordingTo((one, other) -> Long.compare(one.atNanos(), other.atNanos()));
        assertThat(plan.events()).isEqualTo(SendPlan.of(1_000, 50, 7).events());
        assertThat(plan.events()).isNotEqualTo(SendPlan.of(1_000, 50, 8).events());
    }

    @Test
    void aProbeIsSeenWhenTheSumUpToItIsThere() {
        ProbeWatch watch = new ProbeWatch(3, 1, 100);

        watch.see(105, 1);
        assertThat(watch.seen()).isZero();
        watch.see(106, 2);
        watch.see(106, 3);
        watch.see(115, 4);

        assertThat(watch.isComplete()).isTrue();
        assertThat(LongStream.of(watch.seenNanos(0), watch.seenNanos(1), watch.seenNanos(2)))
                .containsExactly(2L, 4L, 4L);
    }

    @Test
    void leadsAreSeenOneByOne() {
        ProbeWatch watch = ProbeWatch.ofLeads(3);

        watch.see(0, 1);
        assertThat(watch.seen()).isZero();
        watch.see(1, 2);
        watch.see(3, 3);

        assertThat(watch.isComplete()).isTrue();
        assertThat(LongStream.of(watch.seenNanos(0), watch.seenNanos(1), watch.seenNanos(2)))
                .containsExactly(2L, 3L, 3L);
    }

    @Test
    void aProbeThatWasOvertakenIsNotSeen() {
        ProbeWatch watch = new ProbeWatch(3, 1, 0);

        watch.see(ProbeWatch.amountMinor(1, 3), 1);

        assertThat(watch.seen()).isZero();
        assertThatThrownBy(() -> watch.seenNanos(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Latencies latencies =
                new Latencies(LongStream.rangeClosed(1, 200).map(i -> 201 - i).toArray());

        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.percentileMillis(50)).isEqualTo(100);
        assertThat(latencies.percentileMillis(99)).isEqualTo(198);
        assertThat(latencies.maxMillis()).isEqualTo(200);
        assertThat(new Latencies(new long[] {5}).percentileMillis(1)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-03T00:30:00Z", "2025-03-03T12:30:00Z", "2025-03-03T23:30:00Z"})
    void itIsMidDayWhereItIsMeasured(String now) throws Exception {
        Instant instant = Instant.parse(now);

        assertThat(instant.atZone(ConfigReader.parse(LatencyRun.configYaml(instant))
                                .company()
                                .zone())
                        .getHour())
                .isEqualTo(12);
    }
}
