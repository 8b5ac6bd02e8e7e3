package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.CollidingHistory;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of arrival leaves no trace in what is replayed of a generated history, nor does how often time goes on. The real
 * sets and their look-alikes disturbed: {@link MavenCrmReplayITCase}, {@link PipedriveReplayITCase}.
 */
class OrderITCase {
    private static final long SEED = 20_171_231;
    private static final int LEADS = 120;
    private static final String CONFIG = Configurations.acceptance(7);
    private static final List<String> GENERATED = new HistoryGenerator(SEED, LEADS).lines();

    @TempDir
    private static Path inOrderFolder;

    private static ReplayRun inOrder;

    @TempDir
    private Path folder;

    @BeforeAll
    static void replayInOrder() throws Exception {
        inOrder = OrderComparison.replay(inOrderFolder, CONFIG, GENERATED);
    }

    @Test
    void aGeneratedHistoryShuffledAndDelayedGivesTheSame() throws Exception {
        OrderComparison.shuffledAndDelayedGiveTheSame(inOrder, GENERATED, CONFIG, folder);
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
        ReplayRun asGiven = OrderComparison.replay(folder.resolve("as-given"), CONFIG, lines);
        Collections.reverse(lines);

        OrderComparison.same(asGiven, OrderComparison.replay(folder.resolve("reversed"), CONFIG, lines));
        assertThat(asGiven.values(Topics.LEDGER).values())
                .extracting(entry ->
                        entry.get("lead").asText() + " " + entry.get("event").asText())
                .containsExactlyInAnyOrder("M web:v/m", "L web:w/m");
        assertThat(asGiven.values(Topics.CONSERVATION)
                        .get("engine")
                        .get("counted")
                        .asLong())
                .isEqualTo(lines.size());
    }

    /** What the oracle is not asked, as the definitions do not say it: whatever it is, it is the same in every order. */
    @Test
    void whatCollidesAndContradictsGivesTheSameInEveryOrder() throws Exception {
        List<String> lines = CollidingHistory.lines(SEED, 2_000);
        ReplayRun asGiven = OrderComparison.replay(folder.resolve("as-given"), CONFIG, lines);

        assertThat(asGiven.values(Topics.DEAD_LETTERS).values())
                .as("only behaviour of whom nobody knows is refused")
                .hasSizeLessThan(lines.size() / 4)
                .extracting(letter -> letter.get("reason").asText())
                .containsOnly("held_dropped");
        OrderComparison.shuffledAndDelayedGiveTheSame(asGiven, lines, CONFIG, folder);
    }

    @Test
    void aWatermarkPerRecordAndOneAtTheEndGiveTheSameTransitions() throws Exception {
        ReplayRun atEnd = new ReplayRun(folder.resolve("at-end")).config(CONFIG).watermarkAtEnd();
        atEnd.lines(GENERATED);

        assertThat(inOrder.standing(Topics.ALERTS)).isNotEmpty();
        OrderComparison.same(inOrder, atEnd);
    }

    private static String web(String fields) {
        return "{'topic':'web.behaviour.v1','value':{%s}}".formatted(fields).replace('\'', '"');
    }
}
