package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.history.HistoryDisturbance;
import io.leadpulse.history.HistoryGenerator;
import io.leadpulse.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger adds up: from nothing but its entries anybody can compute every group, the score, and what qualified. */
class LedgerITCase {
    private static final double TOLERANCE = 1e-9;
    private static final double HALF_LIFE_DAYS = 14;
    /** Groups and their bounds as the definitions give them; {@code opt_out} does not decay. */
    private static final Map<String, double[]> BOUNDS = Map.of(
            "fit", new double[] {0, 25},
            "engagement", new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
            "page_views", new double[] {Double.NEGATIVE_INFINITY, 20},
            "opt_out", new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});

    @TempDir
    private Path folder;

    @Test
    void groupsAndScoreOfEveryLeadFollowFromItsLedger() throws Exception {
        List<String> lines = HistoryDisturbance.withDuplicatesAndLateness(
                new HistoryGenerator(11, 150).lines(), 0.05, Duration.ofDays(30), 11);
        ReplayRun run = new ReplayRun(folder);
        run.lines(lines);

        Map<String, List<JsonNode>> byLead = new HashMap<>();
        for (JsonNode entry : run.values(Topics.LEDGER).values()) {
            byLead.computeIfAbsent(entry.get("lead").asText(), lead -> new ArrayList<>())
                    .add(entry);
        }
        int scored = 0;
        int qualified = 0;
        for (JsonNode profile : run.values(Topics.PROFILES).values()) {
            List<JsonNode> entries = byLead.getOrDefault(profile.get("lead").asText(), List.of());
            Instant asOf = Instant.parse(profile.get("as_of").asText());
            double total = 0;
            for (JsonNode group : profile.get("groups")) {
                String name = group.get("group").asText();
                double raw = sum(entries, name, asOf);
                assertThat(group.get("raw").asDouble()).as(name).isCloseTo(raw, within(TOLERANCE));
                double[] bounds = BOUNDS.get(name);
                total += Math.max(bounds[0], Math.min(bounds[1], raw));
            }
            double score = Math.max(0, Math.min(100, total));
            assertThat(profile.get("score").asDouble()).isCloseTo(score, within(TOLERANCE));
            scored += score > 0 ? 1 : 0;
            if (profile.hasNonNull("marketing_qualified_by")) {
                String cause = profile.get("marketing_qualified_by").asText();
                assertThat(entries)
                        .anyMatch(entry -> entry.get("event").asText().equals(cause)
                                && entry.get("time")
                                        .asText()
                                        .equals(profile.get("marketing_qualified_at")
                                                .asText()));
                qualified++;
            }
        }
        assertThat(scored).isGreaterThan(50);
        assertThat(qualified).isGreaterThan(10);
    }

    private static double sum(List<JsonNode> entries, String group, Instant asOf) {
        double sum = 0;
        for (JsonNode entry : entries) {
            if (entry.get("group").asText().equals(group)) {
                Instant time = Instant.parse(entry.get("time").asText());
                double days = Duration.between(time, asOf).toMillis() / 86_400_000.0;
                double decay = group.equals("opt_out") || group.equals("fit") ? 1 : Math.pow(2, -days / HALF_LIFE_DAYS);
                sum += entry.get("points").asDouble() * decay;
            }
        }
        return sum;
    }
}
