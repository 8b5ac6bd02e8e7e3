package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.DataSets;
import io.leadpulse.local.imports.Imported;
import io.leadpulse.oracle.HistoryOracle;
import io.leadpulse.oracle.OracleConfig;
import io.leadpulse.oracle.ReplayComparison;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipedrive's change log through import and replay: time in stage, and stuck alerts against an independent batch; disturbed
 * it gives the same.
 */
class PipedriveReplayITCase {
    /** Number of deals and mean days by stage, as the data's description gives them. */
    private static final Map<String, List<Double>> KNOWN_DWELL = Map.of(
            "Lead Generation", List.of(1990.0, 15.4849),
            "Qualified lead", List.of(1474.0, 15.4274),
            "Needs Assessment", List.of(1300.0, 15.6285),
            "Proposal/Quote Preparation", List.of(1082.0, 15.8041),
            "Negotiation", List.of(892.0, 15.7691),
            "Closing", List.of(738.0, 15.5014),
            "Implementation/Onboarding", List.of(586.0, 15.4915),
            "Follow-up/Customer Success", List.of(476.0, 15.8424),
            "Renewal/Expansion", List.of(322.0, 15.3789));

    @TempDir
    private static Path replays;

    /** Replays of a set with a limit, in order. */
    private static final Map<String, ReplayRun> IN_ORDER = new HashMap<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {7, 14})
    void alertsOfTheLookalikeEqualTheBatch(int limitDays) throws Exception {
        equalToTheBatch(DataSets.Which.LOOKALIKE, limitDays);
    }

    @ParameterizedTest
    @CsvSource({"7, 6043, 4626", "14, 3170, 202"})
    void alertsOfTheRealSetEqualTheBatchAndTheKnownNumbersAndTimeInStageTheKnownMeans(
            int limitDays, long warnings, long criticals) throws Exception {
        ReplayRun run = equalToTheBatch(DataSets.Which.REAL, limitDays);

        List<JsonNode> ofDeals = run.values(Topics.ALERTS).values().stream()
                .filter(alert -> alert.get("cause").asText().equals("stuck") && alert.hasNonNull("deal"))
                .toList();
        assertThat(ofDeals).hasSize(Math.toIntExact(warnings));
        assertThat(ofDeals.stream().filter(alert -> has(alert, "raised"))).hasSize(Math.toIntExact(warnings));
        assertThat(ofDeals.stream().filter(alert -> has(alert, "escalated"))).hasSize(Math.toIntExact(criticals));
        assertThat(ofDeals).allMatch(alert -> alert.get("state").asText().equals("resolved"));
        timeInStageIsAsKnown(run);
    }

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void shuffledAndDelayedItGivesTheSame(DataSets.Which which) throws Exception {
        OrderComparison.shuffledAndDelayedGiveTheSame(
                inOrder(which, 7), lines(which), Configurations.acceptance(7), folder);
    }

    private static void timeInStageIsAsKnown(ReplayRun run) throws Exception {
        Map<String, JsonNode> dwell = run.values(Topics.DWELL);
        KNOWN_DWELL.forEach((stage, known) -> {
            JsonNode value = dwell.get("company|" + stage);
            assertThat(value.get("count").asDouble()).as(stage).isEqualTo(known.get(0));
            assertThat(value.get("mean_days").asDouble()).as(stage).isCloseTo(known.get(1), within(0.00005));
        });
        assertThat(dwell.keySet().stream().filter(key -> key.startsWith("company|")))
                .hasSize(KNOWN_DWELL.size());
    }

    private static ReplayRun equalToTheBatch(DataSets.Which which, int limitDays) throws Exception {
        ReplayRun run = inOrder(which, limitDays);
        OracleConfig config = OracleConfig.acceptance(limitDays);
        HistoryOracle oracle = new HistoryOracle(lines(which), run.summary().asOf(), config);
        ReplayComparison comparison = new ReplayComparison(run.out(), config, Map.of());
        assertThat(comparison.stuckAlerts(oracle)).isEmpty();
        assertThat(comparison.dwell(oracle)).isEmpty();
        assertThat(comparison.sales(oracle)).isEmpty();
        return run;
    }

    private static ReplayRun inOrder(DataSets.Which which, int limitDays) throws Exception {
        String name = which + "-" + limitDays;
        if (!IN_ORDER.containsKey(name)) {
            IN_ORDER.put(
                    name,
                    OrderComparison.replay(replays.resolve(name), Configurations.acceptance(limitDays), lines(which)));
        }
        return IN_ORDER.get(name);
    }

    private static List<String> lines(DataSets.Which which) throws IOException {
        return Imported.pipedriveChangelog(which.of(DataSets.PIPEDRIVE_CHANGELOG));
    }

    private static boolean has(JsonNode alert, String state) {
        for (JsonNode transition : alert.get("transitions")) {
            if (transition.get("state").asText().equals(state)) {
                return true;
            }
        }
        return false;
    }
}
