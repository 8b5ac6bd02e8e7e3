package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyReportTest {
    private static final LatencyPlan PLAN = new LatencyPlan(
            Engines.of(List.of("a", "e")),
            List.of(),
            List.of(30),
            Map.of("a", 9_000),
            60,
            30,
            500,
            10,
            7,
            true,
            true,
            false,
            null);

    @TempDir
    private Path folder;

    @Test
    void itSaysWhichHistoryWasWorkedOffAndWhatWasHeldOfIt() throws Exception {
        LatencyPlan plan = new LatencyPlan(
                Engines.of(List.of("e")),
                List.of(100),
                List.of(30),
                Map.of(),
                60,
                30,
                500,
                10,
                7,
                false,
                true,
                false,
                new WorkloadSpec(8_000, 1_000, 7));
        new LatencyReport(plan, Map.of(), List.of("(e) Leadpulse: It held much."), List.of()).write(folder);

        assertThat(Files.readString(folder.resolve("latency.md")))
                .contains("Before that 8,000 records of history of 1,000 leads or fewer were worked off.")
                .contains("(e) Leadpulse: It held much.");
        assertThat(Files.readString(folder.resolve("latency.json")))
                .contains("\"history_records\" : 8000")
                .contains("It held much.");
    }

    @Test
    void itSaysPercentilesWithWhatTheyAreOf() throws Exception {
        new LatencyReport(
                        PLAN,
                        Map.of("a", 9_000, "e", 1_000),
                        List.of(),
                        List.of(
                                new Latency("a", "plain loop", 2_700, 30, Latency.What.SUM_COMMITTED, oneToThousand()),
                                new Latency("e", "Leadpulse", 300, 0, Latency.What.SUM_ON_METRICS, oneToThousand())))
                .write(folder);

        assertThat(Files.readString(folder.resolve("latency.md")))
                .contains("over 60 s after 30 s of warm-up")
                .contains("500 leads or more, seed 7")
                .contains("(a) is said to sustain 9,000 records a second.")
                .contains("(e) kept up with 1,000 records a second.")
                .contains("/metrics was read again 20 ms after each answer.")
                .contains("| (a) plain loop | 2,700 (30 %) | sum of the day, committed | 1,000 | 500.2 | 900.1 |")
                .contains("| (e) Leadpulse | 300 | sum of the day, on /metrics, committed or not yet | 1,000 |");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("latency.json").toFile());
        JsonNode first = json.at("/latencies/0");
        assertThat(first.get("percent_of_sustainable").asInt()).isEqualTo(30);
        assertThat(first.get("what").asText()).isEqualTo("sum_committed");
        assertThat(first.get("p50_millis").asDouble()).isBetween(500.0, 500.5);
        assertThat(first.get("p99_9_millis").asDouble()).isBetween(999.0, 1_000.0);
        assertThat(first.get("max_millis").asDouble()).isBetween(1_000.0, 1_001.0);
        assertThat(json.at("/latencies/1").has("percent_of_sustainable")).isFalse();
        assertThat(json.at("/sustainable_per_second/e").asInt()).isEqualTo(1_000);
    }

    /** Milliseconds from 1 to 1,000, each once. */
    private static Histogram oneToThousand() {
        Histogram micros = new Histogram(3);
        for (int millis = 1; millis <= 1_000; millis++) {
            micros.recordValue(millis * 1_000L);
        }
        return micros;
    }
}
