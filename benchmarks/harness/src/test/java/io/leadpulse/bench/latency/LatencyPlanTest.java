package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.bench.engine.Engines;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyPlanTest {
    @Test
    void aRateThatLeavesNoRoomForAProbeIsRefused() {
        assertThatThrownBy(() -> plan(List.of(100, 9), 60, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--rates has 9; allowed: records a second, 10 or more");
    }

    @Test
    void moreProbesThanCanBeToldApartAreRefused() {
        assertThat(plan(List.of(100, 200), 60, 10).probes()).isEqualTo(240 + 1 + 2 * (60 + 30) * 10);
        assertThat(plan(List.of(), 60, 10).probes()).isEqualTo(240 + 1 + 4 * 30 * 10 + 3 * (60 + 30) * 10);
        assertThatThrownBy(() -> plan(List.of(100, 200), 600, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("12841 probes of each engine; allowed: 4480");
    }

    @Test
    void rateOfAnEngineIsKnownOnlyWhereItWasGiven() {
        LatencyPlan plan = plan(List.of(), 60, 10);

        assertThat(plan.steps()).isEqualTo(3);
        assertThat(plan.sustainable()).containsOnlyKeys("e");
    }

    @Test
    void whatWasDueInTheWarmUpDoesNotCount() {
        Histogram micros = EngineUnderLoad.times(
                new long[] {1_000_000, 2_000_000, 3_000_000}, 2_000_000, probe -> 10_000_000 + probe);

        assertThat(micros.getTotalCount()).isEqualTo(2);
        assertThat(micros.getMaxValue()).isBetween(8_000L, 8_010L);
        assertThat(micros.getMinValue()).isBetween(7_000L, 7_010L);
    }

    private static LatencyPlan plan(List<Integer> rates, int seconds, int probesPerSecond) {
        return new LatencyPlan(
                Engines.of(List.of("e")),
                rates,
                List.of(30, 60, 80),
                Map.of("e", 4_000),
                seconds,
                30,
                10_000,
                probesPerSecond,
                7,
                true,
                true,
                false,
                null);
    }
}
