package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.growth.JobStats;
import org.junit.jupiter.api.Test;

class HeldStateTest {
    private static final JobStats STATS = JobStats.of("""
            {"checkpoints":[{"id":1,"start_millis":1000,"millis":900,"full_bytes":1048576,"written_bytes":90,
                             "intake_millis":900,"intake_records":0,"intake_millis_before":0,"intake_records_before":0},
                            {"id":2,"start_millis":6000,"millis":40,"full_bytes":2097152,"written_bytes":90,
                             "intake_millis":40,"intake_records":3,"intake_millis_before":4000,"intake_records_before":400},
                            {"id":3,"start_millis":11000,"millis":60,"full_bytes":3145728,"written_bytes":50,
                             "intake_millis":60,"intake_records":6,"intake_millis_before":5000,"intake_records_before":500}]}
            """);

    @Test
    void onlyCheckpointsOfTheTimeThatIsMeasuredCount() {
        HeldState state = HeldState.of(STATS, 6_000);

        assertThat(state.checkpointMicros().getTotalCount()).isEqualTo(2);
        assertThat(state.checkpointMicros().getMinValue()).isEqualTo(40_000);
        assertThat(state.checkpointMicros().lowestEquivalentValue(60_000))
                .isEqualTo(state.checkpointMicros()
                        .lowestEquivalentValue(state.checkpointMicros().getMaxValue()));
        assertThat(state.words())
                .isEqualTo(
                        "It held 3.0 MiB of state, 2 checkpoints were made; while one was made 10 % fewer records a second"
                                + " were read than in between.");
    }

    @Test
    void withoutACheckpointThereIsNothingToSayOfOne() {
        assertThat(HeldState.of(STATS, 12_000).words()).isEqualTo("It held 3.0 MiB of state, 0 checkpoints were made.");
    }
}
