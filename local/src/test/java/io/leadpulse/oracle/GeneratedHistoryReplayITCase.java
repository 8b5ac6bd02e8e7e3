package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.GeneratedCompany;
import io.leadpulse.history.HistoryDisturbance;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.local.replay.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated history through the whole engine, in order and disturbed, against the oracle. */
class GeneratedHistoryReplayITCase {
    private static final int LEADS = 200;
    private static final long SEED = 42;
    private static final Map<String, String> GROUPS = Map.of(
            OracleConfig.FIT,
            "fit",
            OracleConfig.PAGE_VIEWS,
            "page_views",
            OracleConfig.ENGAGEMENT,
            "engagement",
            OracleConfig.LASTING,
            "opt_out");

    @TempDir
    private Path folder;

    @Test
    void historyInOrderOfTimeGivesWhatTheOracleSays() throws Exception {
        assertReplayed(new HistoryGenerator(SEED, LEADS).lines(), true);
    }

    @Test
    void historyWithWatermarkAtTheEndGivesWhatTheOracleSays() throws Exception {
        assertReplayed(new HistoryGenerator(SEED, LEADS).lines(), false);
    }

    @Test
    void duplicatesAndLatenessChangeNothing() throws Exception {
        List<String> lines = new HistoryGenerator(SEED, LEADS).lines();
        assertReplayed(HistoryDisturbance.withDuplicatesAndLateness(lines, 0.05, Duration.ofDays(30), SEED), true);
    }

    private void assertReplayed(List<String> lines, boolean watermarkPerRecord) throws Exception {
        Path file = Files.write(folder.resolve("history.ndjson"), lines);
        Path out = folder.resolve("out");
        Replay.run(
                new Replay.Request(
                        out,
                        List.of(file),
                        GeneratedCompany.yaml(),
                        Optional.of(HistoryGenerator.asOf()),
                        HistoryGenerator.asOf(),
                        watermarkPerRecord,
                        Duration.ofSeconds(10)),
                bytes -> {});
        HistoryOracle oracle = new HistoryOracle(lines, HistoryGenerator.asOf(), GeneratedCompany.config());
        assertThat(new ReplayComparison(out, GeneratedCompany.config(), GROUPS).all(oracle))
                .isEmpty();
    }
}
