package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lead with one deal, and its results written by hand. */
class ReplayComparisonTest {
    private static final Instant AS_OF = Instant.parse("2025-03-18T00:00:00Z");
    private static final List<String> PERIODS = List.of("day", "week", "month", "quarter", "year");

    @TempDir
    private Path folder;

    private HistoryOracle oracle;
    private ReplayComparison comparison;

    @BeforeEach
    void writeResults() throws IOException {
        OracleLines lines = new OracleLines()
                .activity("c", "lead_created", "2025-03-03T00:00:00Z", "")
                .activity("m", "meeting_completed", "2025-03-04T00:00:00Z", "'asset':'m'")
                .activity("o", "deal_opened", "2025-03-05T00:00:00Z", "'deal':'D','stage':'demo'")
                .activity("w", "deal_won", "2025-03-05T12:00:00Z", "'deal':'D','amount':'12.34'")
                .activity("p", "deal_opened", "2025-03-05T00:00:00Z", "'deal':'E','stage':'demo','amount':'7.00'")
                .activity("m", "meeting_completed", "2025-03-04T00:00:00Z", "'asset':'m'");
        OracleConfig config = OracleConfig.acceptance(4);
        oracle = new HistoryOracle(lines.lines(), AS_OF, config);
        comparison = new ReplayComparison(folder, config, Map.of(OracleConfig.ENGAGEMENT, "engagement"));
        String sales = "'scope':'company','won_amount':'12.34','won_count':1,'lost_count':0,'opened_count':2,"
                + "'cycle':{'count':1,'sum_millis':43200000}";
        List<String> starts = List.of("2025-03-05", "2025-03-03", "2025-03-01", "2025-01-01", "2025-01-01");
        StringBuilder progress = new StringBuilder(result(sales + ",'period_kind':'total','start':null"));
        for (int period = 0; period < PERIODS.size(); period++) {
            progress.append(result("%s,'period_kind':'%s','start':'%sT00:00:00.000Z'"
                    .formatted(sales, PERIODS.get(period), starts.get(period))));
        }
        write("sales.progress.v1", progress.toString());
        write("stage.dwell.v1", result("'scope':'company','stage':'demo','count':1,'sum_millis':43200000"));
        // Entered on Wednesday: four days to the end of Monday, six to the end of Wednesday.
        write(
                "lead.alerts.v1",
                result("""
                        'cause':'stuck','state':'escalated','lead':'L','deal':'E','stage':'demo',
                        'since':'2025-03-05T00:00:00.000Z','transitions':[
                        {'state':'raised','time':'2025-03-11T00:00:00.000Z'},
                        {'state':'escalated','time':'2025-03-13T00:00:00.000Z'}]
                        """.replace("\n", ""))
                        + leadAlert("unassigned", "2025-03-03T00:30:00.000Z")
                        + leadAlert("idle", "2025-03-18T00:00:00.000Z"));
        write(
                "lead.ledger.v1",
                result("'lead':'L','event':'crm/m','time':'2025-03-04T00:00:00.000Z','points':25.0,'withdrawn':null"));
        // 25 points after 14 days.
        write("lead.profiles.v1", result("""
                        'lead':'L','owner':null,'status':'customer','score':12.5,'raw_score':12.5,'band':'cold',
                        'groups':[{'group':'engagement','raw':12.5,'clamped':12.5}],
                        'created_at':'2025-03-03T00:00:00.000Z','marketing_qualified_at':null,
                        'marketing_qualified_by':null,'sales_qualified_at':'2025-03-05T00:00:00.000Z',
                        'first_contact_at':'2025-03-04T00:00:00.000Z','last_contact_at':'2025-03-04T00:00:00.000Z',
                        'last_contact_kind':'meeting_completed','last_contact_two_way':true,'stage':null,
                        'stage_since':null,'open_deals':1,'open_amount':'7.00','won_deals':1,'lost_deals':0,'behaviour':[],'answers':0,
                        'outcome':{'won':true,'closed_at':'2025-03-05T12:00:00.000Z','stage_before':'contacted',
                        'passed':[{'stage':'new','early':true,'acts':{}},
                        {'stage':'contacted','early':true,'acts':{'meeting_completed':1}},
                        {'stage':'demo','early':false,'acts':{}}]}
                        """.replace("\n", "")));
        write("engine.conservation.v1", result("'counted':5,'duplicate':1,'superseded':0,'held':0,'dead_lettered':{}"));
    }

    @Test
    void equalResultsHaveNoDifference() throws IOException {
        assertThat(comparison.all(oracle)).isEmpty();
        assertThat(comparison.withdrawnAlerts()).isZero();
    }

    @Test
    void everySortOfDifferenceIsNamed() throws IOException {
        assertDifference("sales.progress.v1", "\"12.34\"", "\"12.35\"", "sales company day:2025-03-05");
        assertDifference("sales.progress.v1", "\"won_count\":1", "\"won_count\":2", "sales company total");
        assertDifference("stage.dwell.v1", "43200000", "43200001", "dwell demo");
        assertDifference("lead.alerts.v1", "03-13T", "03-14T", "alert deal:E|demo|2025-03-05T00:00:00Z");
        assertDifference(
                "lead.alerts.v1",
                "\"state\":\"escalated\",\"lead\"",
                "\"state\":\"withdrawn\",\"lead\"",
                "alert deal:E|demo|2025-03-05T00:00:00Z");
        assertDifference(
                "lead.alerts.v1", "03-03T00:30", "03-03T00:31", "lead alert unassigned|L||2025-03-03T00:30:00Z");
        assertDifference("lead.alerts.v1", "\"idle\"", "\"first_contact\"", "lead alert first_contact|L||");
        assertDifference("lead.ledger.v1", "25.0", "24.0", "ledger L crm/m");
        assertDifference("lead.ledger.v1", "null", "\"repeat\"", "ledger L crm/m");
        assertDifference("lead.profiles.v1", "\"score\":12.5", "\"score\":12.500001", "profile L score");
        assertDifference("lead.profiles.v1", "\"raw\":12.5", "\"raw\":12.6", "profile L group engagement");
        assertDifference("lead.profiles.v1", "meeting_completed", "call", "profile L last_contact_kind");
        assertDifference("lead.profiles.v1", "\"stage\":null", "\"stage\":\"new\"", "profile L stage");
        assertDifference("lead.profiles.v1", "\"7.00\"", "\"7.01\"", "profile L open_amount");
        assertDifference("lead.profiles.v1", "\"answers\":0", "\"answers\":1", "profile L answers");
        assertDifference(
                "lead.profiles.v1",
                "\"behaviour\":[]",
                "\"behaviour\":[{\"act\":\"form\",\"last_24h\":0,\"last_7d\":0,\"last_30d\":1,\"in_all\":1,"
                        + "\"latest_at\":\"2025-03-04T00:00:00.000Z\"}]",
                "profile L behaviour");
        assertDifference("lead.profiles.v1", "\"early\":false", "\"early\":true", "profile L outcome");
        assertDifference("engine.conservation.v1", "\"counted\":5", "\"counted\":6", "fates counted");
    }

    private void assertDifference(String topic, String from, String to, String named) throws IOException {
        Path file = folder.resolve(topic + ".ndjson");
        String right = Files.readString(file);
        assertThat(right).contains(from);
        Files.writeString(file, right.replace(from, to));
        assertThat(comparison.all(oracle)).anyMatch(difference -> difference.startsWith(named));
        Files.writeString(file, right);
    }

    private void write(String topic, String text) throws IOException {
        Files.writeString(folder.resolve(topic + ".ndjson"), text);
    }

    private static String leadAlert(String cause, String raised) {
        return result("'cause':'%s','state':'raised','lead':'L','transitions':[{'state':'raised','time':'%s'}]"
                .formatted(cause, raised));
    }

    private static String result(String fields) {
        return "{\"key\":\"k\",\"value\":{%s}}\n".formatted(fields.replace('\'', '"'));
    }
}
