package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.HistoryDisturbance;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.local.DataSets;
import io.leadpulse.local.imports.Imported;
import io.leadpulse.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of arrival leaves no trace: whatever is shuffled, repeated or late, the final values are the same to the byte.
 * Alerts and ledger entries that were told and taken back in between are left apart.
 */
class OrderITCase {
    private static final long SEED = 20_171_231;
    private static final int LEADS = 120;
    private static final double DUPLICATES = 0.05;
    private static final Duration LATENESS = Duration.ofDays(30);
    private static final List<String> COMPARED =
            List.of(Topics.PROFILES, Topics.ROLLUPS, Topics.PROGRESS, Topics.DWELL, Topics.ALERTS, Topics.LEDGER);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void theMavenSetShuffledAndDelayedGivesTheSame(DataSets.Which which) throws Exception {
        shuffledAndDelayedGiveTheSame(Imported.mavenCrm(which.of(DataSets.MAVEN_CRM)));
    }

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void thePipedriveSetShuffledAndDelayedGivesTheSame(DataSets.Which which) throws Exception {
        shuffledAndDelayedGiveTheSame(Imported.pipedriveChangelog(which.of(DataSets.PIPEDRIVE_CHANGELOG)));
    }

    @Test
    void aGeneratedHistoryShuffledAndDelayedGivesTheSame() throws Exception {
        shuffledAndDelayedGiveTheSame(new HistoryGenerator(SEED, LEADS).lines());
    }

    @Test
    void oneMessageIdOfTwoVisitorsGivesTheSameInEveryOrder() throws Exception {
        List<String> lines = new ArrayList<>(
                List.of(
                        web("'type':'page','messageId':'m','anonymousId':'v','timestamp':'2025-03-02T09:00:00Z'"),
                        web("'type':'page','messageId':'m','anonymousId':'w','timestamp':'2025-03-02T10:00:00Z'"),
                        web(
                                "'type':'identify','messageId':'i','anonymousId':'v','userId':'L','timestamp':'2025-03-03T09:00:00Z'"),
                        web(
                                "'type':'identify','messageId':'i','anonymousId':'w','userId':'L','timestamp':'2025-03-03T10:00:00Z'"),
                        web(
                                "'type':'identify','messageId':'j','anonymousId':'v','userId':'M','timestamp':'2025-03-01T09:00:00Z'")));
        ReplayRun inOrder = run("in-order", lines);
        Collections.reverse(lines);

        same(inOrder, run("reversed", lines));
        assertThat(inOrder.values(Topics.LEDGER).values())
                .extracting(entry ->
                        entry.get("lead").asText() + " " + entry.get("event").asText())
                .containsExactlyInAnyOrder("M web:v/m", "L web:w/m");
        assertThat(inOrder.values(Topics.CONSERVATION)
                        .get("engine")
                        .get("counted")
                        .asLong())
                .isEqualTo(lines.size());
    }

    @Test
    void aWatermarkPerRecordAndOneAtTheEndGiveTheSameTransitions() throws Exception {
        List<String> lines = new HistoryGenerator(SEED, LEADS).lines();
        ReplayRun perRecord = run("per-record", lines);
        ReplayRun atEnd = new ReplayRun(folder.resolve("at-end"))
                .config(Configurations.acceptance(7))
                .watermarkAtEnd();
        atEnd.lines(lines);

        assertThat(perRecord.standing(Topics.ALERTS)).isNotEmpty().isEqualTo(atEnd.standing(Topics.ALERTS));
        for (String topic : COMPARED) {
            assertThat(perRecord.standing(topic)).as(topic).isEqualTo(atEnd.standing(topic));
        }
    }

    private static String web(String fields) {
        return "{'topic':'web.behaviour.v1','value':{%s}}".formatted(fields).replace('\'', '"');
    }

    /** Fully shuffled; and in order but for duplicates, and for records that are up to 30 days late. */
    private void shuffledAndDelayedGiveTheSame(List<String> lines) throws Exception {
        ReplayRun inOrder = run("in-order", lines);
        same(inOrder, run("shuffled", HistoryDisturbance.shuffled(lines, SEED)));
        same(inOrder, run("delayed", HistoryDisturbance.withDuplicatesAndLateness(lines, DUPLICATES, LATENESS, SEED)));
    }

    private static void same(ReplayRun one, ReplayRun other) throws Exception {
        for (String topic : COMPARED) {
            assertThat(other.standing(topic)).as(topic).isEqualTo(one.standing(topic));
        }
    }

    private ReplayRun run(String name, List<String> lines) throws Exception {
        ReplayRun run = new ReplayRun(folder.resolve(name)).config(Configurations.acceptance(7));
        ReplaySummary summary = run.lines(lines);
        assertThat(summary.balance().get("balanced").asBoolean()).isTrue();
        return run;
    }
}
