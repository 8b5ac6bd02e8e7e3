package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.DataSets;
import io.leadpulse.local.imports.Imported;
import io.leadpulse.oracle.MavenCrmSql;
import io.leadpulse.oracle.OracleResults;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maven Analytics' CRM set through import and replay, against an independent SQL over the same files; disturbed it gives the same. */
class MavenCrmReplayITCase {
    private static final String CONFIG = Configurations.acceptance(7);

    @TempDir
    private static Path replays;

    private static final Map<DataSets.Which, ReplayRun> IN_ORDER = new EnumMap<>(DataSets.Which.class);

    @TempDir
    private Path folder;

    @Test
    void everyPeriodOfTheLookalikeEqualsTheSql() throws Exception {
        everyPeriodEqualsTheSql(DataSets.Which.LOOKALIKE);
    }

    @ParameterizedTest
    @MethodSource("io.leadpulse.local.DataSets#realOrLookalike")
    void shuffledAndDelayedItGivesTheSame(DataSets.Which which) throws Exception {
        OrderComparison.shuffledAndDelayedGiveTheSame(inOrder(which), lines(which), CONFIG, folder);
    }

    private static ReplayRun inOrder(DataSets.Which which) throws Exception {
        if (!IN_ORDER.containsKey(which)) {
            IN_ORDER.put(which, OrderComparison.replay(replays.resolve(which.name()), CONFIG, lines(which)));
        }
        return IN_ORDER.get(which);
    }

    private static List<String> lines(DataSets.Which which) throws IOException {
        return Imported.mavenCrm(which.of(DataSets.MAVEN_CRM));
    }

    @Test
    void everyPeriodOfTheRealSetEqualsTheSqlAndTheKnownAnswers() throws Exception {
        ReplayRun run = everyPeriodEqualsTheSql(DataSets.Which.REAL);

        Map<String, JsonNode> progress = run.values(Topics.PROGRESS);
        JsonNode total = progress.get("company|total|total");
        assertThat(total.get("won_count").asLong()).isEqualTo(4_238);
        assertThat(total.get("lost_count").asLong()).isEqualTo(2_473);
        assertThat(total.get("won_amount").asText()).isEqualTo("10005534.00");
        assertThat(total.get("win_rate").get("value").asDouble()).isCloseTo(0.6315005, within(5e-8));
        assertThat(total.get("cycle").get("mean_days").asDouble()).isCloseTo(51.781973, within(5e-7));
        JsonNode trailing = progress.get("company|trailing_90_days|current");
        assertThat(trailing.get("won_count").asLong()).isEqualTo(1_181);
        assertThat(trailing.get("lost_count").asLong()).isEqualTo(777);
        assertThat(trailing.get("win_rate").get("value").asDouble()).isCloseTo(0.60316650, within(5e-9));
        assertThat(trailing.get("cycle").get("mean_days").asDouble()).isCloseTo(50.086367, within(5e-7));
        assertThat(progress.get("company|day|2017-06-28").get("won_amount").asText())
                .isEqualTo("82280.00");
        assertThat(progress.entrySet().stream()
                        .filter(each -> each.getKey().startsWith("company|day|"))
                        .filter(each -> each.getValue().get("won_count").asLong() > 0))
                .hasSize(306);
    }

    private static ReplayRun everyPeriodEqualsTheSql(DataSets.Which which) throws Exception {
        ReplayRun run = inOrder(which);
        LocalDate asOf = run.summary().asOf().atZone(java.time.ZoneOffset.UTC).toLocalDate();
        try (MavenCrmSql sql = new MavenCrmSql(which.of(DataSets.MAVEN_CRM))) {
            assertThat(salesOf(run)).isEqualTo(expected(sql.sales()));
            for (Map.Entry<String, JsonNode> each : run.values(Topics.PROGRESS).entrySet()) {
                if (each.getKey().endsWith("|trailing_90_days|current")) {
                    MavenCrmSql.Decided expected =
                            sql.trailing90Days(each.getValue().get("scope").asText(), asOf);
                    assertThat(each.getValue().get("won_count").asLong())
                            .as(each.getKey())
                            .isEqualTo(expected.wonCount());
                    assertThat(each.getValue().get("lost_count").asLong())
                            .as(each.getKey())
                            .isEqualTo(expected.lostCount());
                }
            }
        }
        assertThat(run.summary().asOf()).isBeforeOrEqualTo(Instant.parse("2018-01-01T00:00:00Z"));
        return run;
    }

    /** Won amount, won, lost, opened and cycle by scope and period, of every period with anything in it. */
    private static Map<String, OracleResults.Sales> salesOf(ReplayRun run) throws Exception {
        Map<String, OracleResults.Sales> sales = new TreeMap<>();
        for (JsonNode value : run.values(Topics.PROGRESS).values()) {
            String kind = value.get("period_kind").asText();
            if (kind.equals("trailing_90_days")) {
                continue;
            }
            OracleResults.Sales each = new OracleResults.Sales(
                    new java.math.BigDecimal(value.get("won_amount").asText())
                            .movePointRight(2)
                            .longValueExact(),
                    value.get("won_count").asLong(),
                    value.get("lost_count").asLong(),
                    value.get("opened_count").asLong(),
                    value.get("cycle").get("sum_millis").asLong());
            if (!isEmpty(each)) {
                String period = kind.equals("total")
                        ? "total"
                        : kind + ":" + value.get("period").asText();
                sales.put(value.get("scope").asText() + " " + period, each);
            }
        }
        return sales;
    }

    private static Map<String, OracleResults.Sales> expected(Map<String, Map<String, OracleResults.Sales>> byScope) {
        Map<String, OracleResults.Sales> sales = new TreeMap<>();
        byScope.forEach((scope, periods) -> periods.forEach((period, each) -> {
            if (!isEmpty(each)) {
                sales.put(scope + " " + period, each);
            }
        }));
        return sales;
    }

    private static boolean isEmpty(OracleResults.Sales sales) {
        return sales.equals(new OracleResults.Sales(0, 0, 0, 0, 0));
    }
}
