package io.leadpulse.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.bench.growth.JobStats.Operations;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobStatsTest {
    @Test
    void whatAnEngineTellsIsRead() {
        JobStats stats = JobStats.of("""
                {"running_after_millis":1500,"restored_bytes":7,"failed_checkpoints":1,
                 "checkpoints":[{"id":1,"millis":40,"full_bytes":100,"written_bytes":90},
                                {"id":2,"millis":20,"full_bytes":300,"written_bytes":50}],
                 "intake":{"millis":900,"records":90,"millis_in_checkpoints":60,"records_in_checkpoints":5},
                 "task_bytes":{"leads":200,"rollups":60},
                 "rocksdb":{"leads":{"reads":10,"writes":20,"seeks":3,"steps":4},
                            "rollups":{"reads":1,"writes":2,"seeks":0,"steps":0},
                            "deals":{"reads":5,"writes":5,"seeks":0,"steps":9},
                            "visitors":{"reads":1,"writes":1,"seeks":1,"steps":1}}}
                """);

        assertThat(stats.runningAfterMillis()).isEqualTo(1_500);
        assertThat(stats.restoredBytes()).isEqualTo(7);
        assertThat(stats.failedCheckpoints()).isEqualTo(1);
        assertThat(stats.checkpoints())
                .containsExactly(new JobStats.Checkpoint(40, 100, 90), new JobStats.Checkpoint(20, 300, 50));
        assertThat(stats.intakeOrNull()).isEqualTo(new JobStats.Intake(900, 90, 60, 5));
        assertThat(stats.fullBytes()).isEqualTo(300);
        assertThat(stats.taskBytes()).containsEntry("leads", 200L).hasSize(2);
        assertThat(stats.operationsOf("leads").all()).isEqualTo(33);
        assertThat(stats.operationsOf("time spent")).isEqualTo(Operations.NONE);
        assertThat(stats.ofOthers()).isEqualTo(new Operations(6, 6, 1, 10));
    }

    @Test
    void whatIsReadLessWhileCheckpointsAreMadeIsAShareOfWhatIsReadInBetween() {
        // 6 s with 4,000 a second, 4 s with 3,000.
        assertThat(new JobStats.Intake(10_000, 36_000, 4_000, 12_000).dip()).isEqualTo(0.25);
        assertThat(new JobStats.Intake(10_000, 36_000, 4_000, 18_000).dip()).isEqualTo(-0.5);
        assertThat(new JobStats.Intake(10_000, 36_000, 4_000, 0).dip()).isEqualTo(1);
    }

    @Test
    void withoutTimeInBetweenOrWithinThereIsNothingToCompare() {
        assertThat(new JobStats.Intake(10_000, 36_000, 10_000, 36_000).dip()).isNull();
        assertThat(new JobStats.Intake(10_000, 36_000, 4_000, 36_000).dip()).isNull();
        assertThat(new JobStats.Intake(10_000, 36_000, 0, 0).dip()).isNull();
    }

    @Test
    void whoTellsNothingHasNothing() {
        JobStats stats = JobStats.of("{}");

        assertThat(stats.runningAfterMillis()).isNull();
        assertThat(stats.checkpointMillis(0.99)).isNull();
        assertThat(stats.intakeOrNull()).isNull();
        assertThat(stats.fullBytes()).isZero();
        assertThat(stats.ofOthers()).isEqualTo(Operations.NONE);
    }

    @Test
    void ofHundredCheckpointsTheNinetyNinthIsNearlyTheSlowest() {
        JobStats stats = JobStats.of(IntStream.rangeClosed(1, 100)
                .mapToObj(millis ->
                        "{\"id\":1,\"millis\":%d,\"full_bytes\":1,\"written_bytes\":1}".formatted(101 - millis))
                .collect(Collectors.joining(",", "{\"checkpoints\":[", "]}")));

        assertThat(stats.checkpointMillis(0.5)).isEqualTo(50);
        assertThat(stats.checkpointMillis(0.99)).isEqualTo(99);
        assertThat(stats.checkpointMillis(1)).isEqualTo(100);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> JobStats.of("{")).hasMessageContaining("no JSON");
    }
}
