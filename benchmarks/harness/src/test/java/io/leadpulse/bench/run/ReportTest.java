package io.leadpulse.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.bench.drain.Drain;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void ratiosAreThoseOfTheMedians() throws Exception {
        Report report = new Report(
                new WorkloadSpec(1_000, 10, 1),
                Engines.of(List.of("a", "e")),
                List.of(
                        new Drain("a", 1_000, SECOND, SECOND, 10),
                        new Drain("e", 1_000, 4 * SECOND, 2 * SECOND, 30),
                        new Drain("a", 1_000, 2 * SECOND, SECOND, 10),
                        new Drain("e", 1_000, 8 * SECOND, 2 * SECOND, 30)));
        report.write(folder);

        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("1,008 records, 10 leads, seed 1; 2 runs of each")
                .contains(
                        "| (a) plain loop | 750 (500, 1,000) | 1.000 | 4.000 | 1,000 (1,000, 1,000) | 1.000 | 2.000 | 10 |")
                .contains("| (e) Leadpulse | 188 (125, 250) | 0.250 | 1.000 | 500 (500, 500) | 0.500 | 1.000 | 30 |");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.at("/engines/e/events_per_cpu_second/ratio_to_a").asDouble())
                .isEqualTo(0.25);
        assertThat(json.at("/runs/3/cpu_millis").asLong()).isEqualTo(8_000);
    }
}
