package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.local.DataSets;
import io.leadpulse.local.imports.Importer;
import io.leadpulse.local.imports.MavenCrmImporter;
import io.leadpulse.local.imports.PipedriveChangelogImporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle itself against what is known of the real sets, and against SQL. */
class KnownAnswersTest {
    private static final Currency DOLLAR = Currency.getInstance("USD");
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MILLIS_PER_DAY = 86_400_000;

    /** Imported once, because that takes longer than the oracle; null until a test needs it. */
    private static List<String> pipedriveLines;

    @Test
    void mavenCrmIsWhatSqlSays() throws Exception {
        List<String> lines = lines(new MavenCrmImporter(DataSets.real(DataSets.MAVEN_CRM), ZoneOffset.UTC, DOLLAR));
        HistoryOracle oracle = new HistoryOracle(lines, LATER, OracleConfig.acceptance(7));
        try (MavenCrmSql sql = new MavenCrmSql(DataSets.real(DataSets.MAVEN_CRM))) {
            assertThat(oracle.sales()).isEqualTo(sql.sales());
        }
    }

    @Test
    void lookalikeOfMavenCrmIsWhatSqlSays() throws Exception {
        List<String> lines =
                lines(new MavenCrmImporter(DataSets.lookalike(DataSets.MAVEN_CRM), ZoneOffset.UTC, DOLLAR));
        HistoryOracle oracle = new HistoryOracle(lines, LATER, OracleConfig.acceptance(7));
        try (MavenCrmSql sql = new MavenCrmSql(DataSets.lookalike(DataSets.MAVEN_CRM))) {
            assertThat(oracle.sales()).isEqualTo(sql.sales());
        }
    }

    @Test
    void pipedriveChangelogHasTheKnownDwell() throws Exception {
        Map<String, OracleResults.Dwell> dwell = pipedrive(7).dwell();
        List<String> stages = List.of(
                "Lead Generation",
                "Qualified lead",
                "Needs Assessment",
                "Proposal/Quote Preparation",
                "Negotiation",
                "Closing",
                "Implementation/Onboarding",
                "Follow-up/Customer Success",
                "Renewal/Expansion");
        List<Long> counts = List.of(1990L, 1474L, 1300L, 1082L, 892L, 738L, 586L, 476L, 322L);
        List<Double> meanDays =
                List.of(15.4849, 15.4274, 15.6285, 15.8041, 15.7691, 15.5014, 15.4915, 15.8424, 15.3789);
        assertThat(dwell).containsOnlyKeys(stages);
        for (int stage = 0; stage < stages.size(); stage++) {
            OracleResults.Dwell each = dwell.get(stages.get(stage));
            assertThat(each.dealCount()).isEqualTo(counts.get(stage));
            // Known to four digits after the point.
            assertThat(each.sumMillis() / MILLIS_PER_DAY / each.dealCount())
                    .isCloseTo(meanDays.get(stage), within(0.0001));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 6043, 4626", "14, 3170, 202"})
    void pipedriveChangelogHasTheKnownStuckDeals(int limitDays, int warnings, int criticals) throws Exception {
        Collection<OracleResults.Alert> alerts = pipedrive(limitDays).stuckAlerts().values().stream()
                .filter(alert -> alert.key().deal() != null)
                .toList();
        assertThat(alerts).hasSize(warnings).allMatch(alert -> alert.resolvedMillis() != null);
        assertThat(alerts.stream().filter(alert -> alert.escalatedMillis() != null))
                .hasSize(criticals);
    }

    private static HistoryOracle pipedrive(int limitDays) throws IOException {
        if (pipedriveLines == null) {
            pipedriveLines =
                    lines(new PipedriveChangelogImporter(DataSets.real(DataSets.PIPEDRIVE_CHANGELOG), ZoneOffset.UTC));
        }
        return new HistoryOracle(pipedriveLines, LATER, OracleConfig.acceptance(limitDays));
    }

    private static List<String> lines(Importer importer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        importer.read(bytes -> {}).writeTo(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
