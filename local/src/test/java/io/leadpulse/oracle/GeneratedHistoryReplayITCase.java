package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.GeneratedCompany;
import io.leadpulse.history.HistoryDisturbance;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.local.replay.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated histories through the whole engine, in order and disturbed, against the oracle. */
class GeneratedHistoryReplayITCase {
    private static final int LEADS = 150;
    private static final long SEED = 42;
    /** A Thursday, 11:15 in the company's zone; the last days of the history are still to come. */
    private static final Instant WITHIN_A_WORKING_DAY = Instant.parse("2025-04-24T09:15:00Z");

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

    @ParameterizedTest
    @ValueSource(longs = {SEED, 7})
    void historyInOrderOfTimeGivesWhatTheOracleSays(long seed) throws Exception {
        assertReplayed(new HistoryGenerator(seed, LEADS).lines(), HistoryGenerator.asOf(), true);
    }

    @Test
    void historyWithWatermarkAtTheEndGivesWhatTheOracleSays() throws Exception {
        assertReplayed(new HistoryGenerator(SEED, LEADS).lines(), HistoryGenerator.asOf(), false);
    }

    @Test
    void historyAsOfTheMiddleOfAWorkingDayGivesWhatTheOracleSays() throws Exception {
        assertReplayed(new HistoryGenerator(SEED, LEADS).lines(), WITHIN_A_WORKING_DAY, true);
    }

    @Test
    void historyWithMergesGivesWhatTheOracleSays() throws Exception {
        assertReplayed(HistoryGenerator.withMerges(SEED, LEADS).lines(), HistoryGenerator.asOf(), true);
    }

    @ParameterizedTest
    @ValueSource(longs = {SEED, 7})
    void duplicatesAndLatenessChangeNothing(long seed) throws Exception {
        List<String> lines = HistoryGenerator.withMerges(seed, LEADS).lines();
        List<String> disturbed = HistoryDisturbance.withDuplicatesAndLateness(lines, 0.05, Duration.ofDays(30), seed);
        assertReplayed(disturbed, HistoryGenerator.asOf(), true);
    }

    private void assertReplayed(List<String> lines, Instant asOf, boolean watermarkPerRecord) throws Exception {
        Path file = Files.write(folder.resolve("history.ndjson"), lines);
        Path out = folder.resolve("out");
        Replay.run(
                new Replay.Request(
                        out,
                        List.of(file),
                        GeneratedCompany.yaml(),
                        Optional.of(asOf),
                        asOf,
                        watermarkPerRecord,
                        Duration.ofSeconds(10)),
                bytes -> {});
        HistoryOracle oracle = new HistoryOracle(lines, asOf, GeneratedCompany.config());
        ReplayComparison comparison = new ReplayComparison(out, GeneratedCompany.config(), GROUPS);
        List<String> differences = new ArrayList<>(comparison.all(oracle));
        differences.addAll(comparison.goals(oracle, GeneratedCompany.goals()));
        try (CatalogueSql sql = new CatalogueSql(oracle, GeneratedCompany.config(), asOf)) {
            differences.addAll(sql.differences(out));
            differences.addAll(sql.differencesOfSources(out));
            assertThat(sql.rows()).isNotEmpty();
        }
        assertThat(differences).isEmpty();
    }
}
