package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is sent when is planned before anything is sent. */
class ScheduleTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Planned(long atNanos, int probe) {}

    @Test
    void recordsAndThoseOfProbesTogetherAreTheRate() {
        Schedule schedule = new Schedule(1_000, 10, 20, 7);

        assertThat(schedule.probes()).isEqualTo(200);
        assertThat(schedule.background()).isEqualTo(20_000 - 200 * 3);
    }

    @Test
    void theWorkloadIsSteadyAndEachProbeHasAPlaceOfItsOwn() {
        List<Planned> planned = walk(new Schedule(1_000, 10, 20, 7));

        assertThat(planned.stream()
                        .filter(each -> each.probe() == Schedule.NO_PROBE)
                        .map(Planned::atNanos)
                        .limit(3))
                .containsExactly(0L, SECOND / 970, 2 * SECOND / 970);
        List<Planned> probes =
                planned.stream().filter(each -> each.probe() >= 0).toList();
        assertThat(probes).hasSize(200);
        for (int probe = 0; probe < probes.size(); probe++) {
            assertThat(probes.get(probe).probe()).isEqualTo(probe);
            assertThat(probes.get(probe).atNanos()).isBetween(probe * SECOND / 10, (probe + 1) * SECOND / 10);
        }
        assertThat(planned)
                .hasSize(19_400 + 200)
                .isSortedAccordingTo((one, other) -> Long.compare(one.atNanos(), other.atNanos()));
        assertThat(planned).isEqualTo(walk(new Schedule(1_000, 10, 20, 7)));
        assertThat(planned).isNotEqualTo(walk(new Schedule(1_000, 10, 20, 8)));
    }

    @Test
    void probesAreATenthOfTheRateAtMost() {
        assertThat(new Schedule(50, 10, 4, 7).probes()).isEqualTo(5 * 4);
        assertThat(new Schedule(50, 10, 4, 7).background()).isEqualTo((50 - 5 * 3) * 4);
    }

    private static List<Planned> walk(Schedule schedule) {
        List<Planned> planned = new ArrayList<>();
        while (schedule.advance()) {
            planned.add(new Planned(schedule.atNanos(), schedule.probe()));
        }
        return planned;
    }
}
