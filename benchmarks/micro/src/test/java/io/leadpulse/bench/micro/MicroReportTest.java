package io.leadpulse.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroReportTest {
    private static final MicroReport REPORT = new MicroReport(
            List.of(
                    new Figure("decode.leadpulse", "page", 2_400, 31, 5_000),
                    new Figure("decode.leadpulse", "deal", 599.9, 12, 505),
                    new Figure("decode.leadpulse", "broken", 700, Double.NaN, 900),
                    new Figure("event.alone", "page", 40, 1, 500),
                    new Figure("event.alone", "deal", 40, 1, 500),
                    new Figure("score.update", "30", 3.25, 0.5, 0)),
            "Somehow.");

    @TempDir
    private Path folder;

    @Test
    void decodeStandsBesideItsTargetsOfTimeAndOfTheEventAlone() {
        assertThat(REPORT.table())
                .startsWith("Somehow.\n")
                .contains(
                        "| decode.leadpulse | page | 2,400 (31) | 5,000 | 600 ns, the event's 500 B | missed 4.0 times, missed 9.8 times |")
                .contains("| decode.leadpulse | deal | 600 (12) | 505 | 600 ns, the event's 500 B | met, met |");
    }

    @Test
    void aDeadLetterHasNoEventToBeHeldAgainst() {
        assertThat(REPORT.table())
                .contains("| decode.leadpulse | broken | 700 (unknown) | 900 | 600 ns | missed 1.2 times |");
    }

    @Test
    void whatHasNoTargetIsJustSaid() {
        assertThat(REPORT.table()).contains("| score.update | 30 | 3.3 (0.5) | 0.0 |  |  |");
    }

    @Test
    void figuresCanBeReadByMachines() throws Exception {
        REPORT.write(folder);

        JsonNode json = new ObjectMapper().readTree(folder.resolve("micro.json").toFile());
        assertThat(json.at("/figures/0/nanos").asDouble()).isEqualTo(2_400);
        assertThat(json.at("/figures/0/target_nanos").asDouble()).isEqualTo(600);
        assertThat(json.at("/figures/0/target_bytes").asDouble()).isEqualTo(500);
        assertThat(json.at("/figures/2/error_nanos").isMissingNode()).isTrue();
        assertThat(json.at("/figures/5/target_nanos").isMissingNode()).isTrue();
        assertThat(Files.readString(folder.resolve("micro.md"))).isEqualTo("# Micro benchmarks\n\n" + REPORT.table());
    }
}
