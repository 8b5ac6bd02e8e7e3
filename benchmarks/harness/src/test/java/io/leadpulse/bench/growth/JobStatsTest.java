package io.leadpulse.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.bench.growth.JobStats.Intake;
import io.leadpulse.bench.growth.JobStats.Operations;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobStatsTest {
    @Test
    void whatAnEngineTellsIsRead() {
        JobStats stats = JobStats.of("""
                {"running_after_millis":1500,"restored_bytes":7,"failed_checkpoints":1,
                 "checkpoints":[{"id":1,"start_millis":7000,"millis":40,"full_bytes":100,"written_bytes":90,
                                 "intake_millis":40,"intake_records":3,"intake_millis_before":0,"intake_records_before":0},
                                {"id":2,"start_millis":8000,"millis":20,"full_bytes":300,"written_bytes":50,
                                 "intake_millis":20,"intake_records":2,"intake_millis_before":960,"intake_records_before":99}],
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
                .containsExactly(
                        new JobStats.Checkpoint(7_000, 40, 100, 90, new Intake(40, 3), Intake.NONE),
                        new JobStats.Checkpoint(8_000, 20, 300, 50, new Intake(20, 2), new Intake(960, 99)));
        assertThat(stats.fullBytes()).isEqualTo(300);
        assertThat(stats.taskBytes()).containsEntry("leads", 200L).hasSize(2);
        assertThat(stats.operationsOf("leads").all()).isEqualTo(33);
        assertThat(stats.operationsOf("time spent")).isEqualTo(Operations.NONE);
        assertThat(stats.ofOthers()).isEqualTo(new Operations(6, 6, 1, 10));
    }

    @Test
    void whatIsReadLessWhileCheckpointsAreMadeIsAShareOfWhatIsReadInBetween() {
        Intake fourThousandASecond = new Intake(6_000, 24_000);

        assertThat(dip(new Intake(4_000, 12_000), fourThousandASecond)).isEqualTo(0.25);
        assertThat(dip(new Intake(4_000, 24_000), fourThousandASecond)).isEqualTo(-0.5);
        assertThat(dip(new Intake(4_000, 0), fourThousandASecond)).isEqualTo(1);
    }

    @Test
    void allCheckpointsCountTogether() {
        JobStats.Checkpoint one = checkpoint(new Intake(1_000, 1_000), new Intake(3_000, 9_000));
        JobStats.Checkpoint other = checkpoint(new Intake(3_000, 5_000), new Intake(3_000, 15_000));

        assertThat(JobStats.dip(List.of(one, other))).isEqualTo(0.625);
    }

    @Test
    void withoutTimeInBetweenOrWithinThereIsNothingToCompare() {
        assertThat(dip(new Intake(10_000, 36_000), Intake.NONE)).isNull();
        assertThat(dip(new Intake(4_000, 36_000), new Intake(6_000, 0))).isNull();
        assertThat(dip(Intake.NONE, new Intake(6_000, 10_000))).isNull();
        assertThat(JobStats.dip(List.of())).isNull();
    }

    private static Double dip(Intake within, Intake before) {
        return JobStats.dip(List.of(checkpoint(within, before)));
    }

    private static JobStats.Checkpoint checkpoint(Intake within, Intake before) {
        return new JobStats.Checkpoint(1_000, within.millis(), 1, 1, within, before);
    }

    @Test
    void whoTellsNothingHasNothing() {
        JobStats stats = JobStats.of("{}");

        assertThat(stats.runningAfterMillis()).isNull();
        assertThat(stats.checkpointMillis(0.99)).isNull();
        assertThat(stats.fullBytes()).isZero();
        assertThat(stats.ofOthers()).isEqualTo(Operations.NONE);
    }

    @Test
    void ofHundredCheckpointsTheNinetyNinthIsNearlyTheSlowest() {
        JobStats stats = JobStats.of(IntStream.rangeClosed(1, 100)
                .mapToObj(millis -> """
                        {"id":1,"start_millis":0,"millis":%d,"full_bytes":1,"written_bytes":1,"intake_millis":0,\
                        "intake_records":0,"intake_millis_before":0,"intake_records_before":0}""".formatted(101 - millis))
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
