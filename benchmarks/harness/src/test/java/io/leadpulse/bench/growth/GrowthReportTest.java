package io.leadpulse.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.bench.drain.Drain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthReportTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Point.Base BASE = new Point.Base(1_000, null, List.of(10, 20), 5);
    private static final JobStats TOLD = JobStats.of("""
            {"running_after_millis":1500,"restored_bytes":2097152,"failed_checkpoints":0,
             "checkpoints":[{"id":1,"start_millis":0,"millis":40,"full_bytes":100,"written_bytes":90,
                             "intake_millis":40,"intake_records":20,"intake_millis_before":0,"intake_records_before":0},
                            {"id":2,"start_millis":1040,"millis":20,"full_bytes":3145728,"written_bytes":50,
                             "intake_millis":20,"intake_records":10,"intake_millis_before":1000,"intake_records_before":950}],
             "task_bytes":{"leads":20480},
             "rocksdb":{"leads":{"reads":1000,"writes":1008,"seeks":8,"steps":504},
                        "rollups":{"reads":20,"writes":80,"seeks":0,"steps":0},
                        "deals":{"reads":504,"writes":0,"seeks":0,"steps":504}}}
            """);

    @TempDir
    private Path folder;

    @Test
    void ratiosAreThoseToTheFirstPointOfTheSameEngineAndRound() throws Exception {
        List<Point> points = Point.of(Axis.LEADS, BASE);
        GrowthReport report = new GrowthReport("Said.");
        report.add(measured(points.get(0), 1, "e", 4));
        report.add(measured(points.get(0), 1, "d", 1));
        report.add(measured(points.get(1), 1, "e", 8));
        report.add(measured(points.get(1), 1, "d", 3));
        report.add(measured(points.get(0), 2, "e", 2));
        report.add(measured(points.get(1), 2, "e", 8));

        assertThat(report.tables())
                .contains("| 10 | e | 1,008 | 20 | 252 | 1.00 | 504 | 1.00 |")
                .contains("| 20 | e | 1,008 | 20 | 126 | 0.50 | 504 | 1.00 |")
                .contains("| 20 | d | 1,008 | 20 | 336 | 0.33 | 504 | 1.00 |")
                .contains("| 20 | e | 1,008 | 20 | 126 | 0.25 | 504 | 1.00 |");
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    void stateIsToldByLeadAndOperationsByEvent() throws Exception {
        GrowthReport report = new GrowthReport("Said.");
        Point point = Point.of(Axis.RESTORE, BASE).get(0);
        report.add(new Measured(point, 1, drain("e", 4), 20, TOLD, TOLD));
        report.write(folder);

        assertThat(Files.readString(folder.resolve("growth.md")))
                .contains("| 1,000 | 2 | 20, 40 | 47 % | 3.0 | 1,024 | 157,286 | 2.00 | 0.099 | 0.50 | 1.00 |")
                .contains("Started again, all tasks had their 2.0 MiB of state after 1,500 ms.");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("growth.json").toFile());
        assertThat(json.at("/axes/restore/0/rocksdb/leads/writes").asLong()).isEqualTo(1_008);
        assertThat(json.at("/axes/restore/0/restored/running_after_millis").asLong())
                .isEqualTo(1_500);
        assertThat(json.at("/axes/restore/0/checkpoints/1/full_bytes").asLong()).isEqualTo(3_145_728);
    }

    @Test
    void aPeerThatTellsNothingOfItsStateHasNoRowThere() {
        GrowthReport report = new GrowthReport("Said.");
        report.add(new Measured(Point.of(Axis.LEADS, BASE).get(0), 1, drain("d", 4), 20, JobStats.of("{}"), null));

        assertThat(report.tables()).contains("| 10 | d |").doesNotContain("checkpoints");
    }

    @Test
    void aKillThatTookNothingBackShowsNothing() {
        GrowthReport report = new GrowthReport("Said.");
        report.add(new Killed("d", 1_008, 2, 500, 20, List.of(46_000L, 47_000L), 120_000));
        assertThat(report.tables()).contains("| d | 1,008 | 2 | 500 | 20 | 46,000; 47,000 | 120.0 | yes |");
        assertThat(report.isWhole()).isTrue();

        report.add(new Killed("e", 1_008, 1, 500, 0, List.of(9_000L), 60_000));
        assertThat(report.tables()).contains("| e | 1,008 | 1 | 500 | 0 | 9,000 | 60.0 | no: nothing was taken back |");
        assertThat(report.isWhole()).isFalse();
    }

    @Test
    void whatIsNotTheOraclesIsNamed() {
        GrowthReport report = new GrowthReport("Said.");
        report.addFailure("leads 10 (e): 3 results are not the oracle's");

        assertThat(report.tables()).contains("## Counts nothing\n\n* leads 10 (e): 3 results are not the oracle's");
        assertThat(report.isWhole()).isFalse();
    }

    private static Measured measured(Point point, int round, String engine, int cpuSeconds) {
        return new Measured(point, round, drain(engine, cpuSeconds), 20, TOLD, null);
    }

    private static Drain drain(String engine, int cpuSeconds) {
        return new Drain(engine, 1_008, cpuSeconds * SECOND, 2 * SECOND, 10);
    }
}
