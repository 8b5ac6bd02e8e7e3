package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.history.HistoryDisturbance;
import io.leadpulse.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The order of arrival leaves no trace: whatever is shuffled, repeated or late, the final values are the same to the byte.
 * Alerts and ledger entries that were told and taken back in between are left apart.
 */
final class OrderComparison {
    private static final long SEED = 20_171_231;
    private static final double DUPLICATES = 0.05;
    private static final Duration LATENESS = Duration.ofDays(30);
    private static final List<String> COMPARED =
            List.of(Topics.PROFILES, Topics.ROLLUPS, Topics.PROGRESS, Topics.DWELL, Topics.ALERTS, Topics.LEDGER);

    private OrderComparison() {}

    /**
     * Replays these lines fully shuffled; and in order but for duplicates, and for records that are up to 30 days late.
     *
     * @param inOrder a replay of the lines as they are, with this configuration
     * @param folder where to write
     */
    static void shuffledAndDelayedGiveTheSame(ReplayRun inOrder, List<String> lines, String configYaml, Path folder)
            throws Exception {
        same(inOrder, replay(folder.resolve("shuffled"), configYaml, HistoryDisturbance.shuffled(lines, SEED)));
        same(
                inOrder,
                replay(
                        folder.resolve("delayed"),
                        configYaml,
                        HistoryDisturbance.withDuplicatesAndLateness(lines, DUPLICATES, LATENESS, SEED)));
    }

    /** All that still holds is the same in both. */
    static void same(ReplayRun one, ReplayRun other) throws Exception {
        for (String topic : COMPARED) {
            assertThat(other.standing(topic)).as(topic).isEqualTo(one.standing(topic));
        }
    }

    /** Replays these lines; every record has met its fate. */
    static ReplayRun replay(Path folder, String configYaml, List<String> lines) throws Exception {
        ReplayRun run = new ReplayRun(folder).config(configYaml);
        ReplaySummary summary = run.lines(lines);
        assertThat(summary.balance().get("balanced").asBoolean()).isTrue();
        return run;
    }
}
