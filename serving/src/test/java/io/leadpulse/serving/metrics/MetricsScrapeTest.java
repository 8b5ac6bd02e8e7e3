package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.serving.read.TopicReading;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a scrape says of results; the whole of one is compared with a file. */
class MetricsScrapeTest {
    /** A Wednesday noon, in the middle of the working day of the default company. */
    private static final Instant NOON = Instant.parse("2025-03-05T13:30:00Z");

    private static final LeadpulseConfig CONFIG = ConfigReader.parse("""
            company: {zone: UTC, currency: USD}
            deal_stages:
              - {name: demo, limit_business_days: 7}
              - {name: offer, limit_business_days: 10}
            goals:
              - {scope: company, period_kind: month, amount: "2100.00"}
            reps:
              - {id: R-1, team: north}
              - {id: R-2, team: north}
            key_metrics:
              - sales_today
              - month_attainment
              - pace
              - pipeline_velocity
              - sales_cycle
              - lead_to_sql_rate
              - lead_to_sale_rate
              - first_contact_time
              - stuck_leads
            """);

    private final ResultCodecs codecs = new ResultCodecs("USD");
    private final List<ResultUpdate> updates = new ArrayList<>();
    private Instant now = NOON;

    @Test
    void aWholeScrapeIsAsTheFileSays() throws Exception {
        for (String scope : List.of("company", "team:north", "rep:R-1")) {
            sum(scope, "won_amount", "", "2025-03-05", Unit.MONEY, 300_00);
            sum(scope, "won_deal_amount", "", "2025-03-05", Unit.MONEY, 300_00);
            sum(scope, "won_count", "", "2025-03-05", Unit.COUNT, 1);
            sum(scope, "won_amount", "", "2025-03-03", Unit.MONEY, 500_00);
            sum(scope, "won_deal_amount", "", "2025-03-03", Unit.MONEY, 500_00);
            sum(scope, "won_count", "", "2025-03-03", Unit.COUNT, 4);
            sum(scope, "lost_count", "", "2025-02-28", Unit.COUNT, 5);
            sum(scope, "opened_count", "", "2025-03-04", Unit.COUNT, 2);
            sum(scope, "cycle_millis", "", "2025-03-03", Unit.MILLISECONDS, 10 * 86_400_000L);
            sum(scope, "open_count", "", "now", Unit.COUNT, 2);
            sum(scope, "open_amount", "", "now", Unit.MONEY, 900_00);
            sum(scope, "open_count_by_stage", "offer", "now", Unit.COUNT, 2);
            sum(scope, "open_amount_by_stage", "offer", "now", Unit.MONEY, 900_00);
            sum(scope, "open_due_count", "", "2025-03-20", Unit.COUNT, 2);
            sum(scope, "leads_created", "", "2025-03-05", Unit.COUNT, 3);
            sum(scope, "won_amount", "", "total", Unit.MONEY, 800_00);
            // 3 February was the first business day, as 3 March; 5 February is compared with until 13:30.
            sum(scope, "won_amount", "", "2025-02-03", Unit.MONEY, 400_00);
            sum(scope, "won_amount", "", "2025-02-05", Unit.MONEY, 600_00);
            sum(scope, "won_amount_five_minutes", "", "2025-02-05T13:25", Unit.MONEY, 100_00);
            sum(scope, "won_amount_five_minutes", "", "2025-02-05T13:30", Unit.MONEY, 500_00);
            sum(scope, "open_pushed_count", "3", "now", Unit.COUNT, 1);
        }
        alert("a1", "stuck", "warning", "raised", "R-1", "offer", null, Map.of("amount_minor", "90000"));
        alert("a2", "stuck", "critical", "escalated", "R-1", "offer", null, Map.of());
        alert("a3", "stuck", "warning", "resolved", "R-1", "offer", null, Map.of());
        alert("a4", "unassigned", "warning", "raised", null, null, null, Map.of());
        alert("a5", "behind_pace", "warning", "raised", null, null, "team:north", Map.of());
        conservation(
                12,
                Map.of(
                        Topics.ACTIVITIES,
                        new ConservationRecord.Source(NOON.toEpochMilli(), NOON.toEpochMilli() - 700, 4)),
                6);
        updates.add(new ResultUpdate(
                new TopicPartition(Topics.ALERTS, 0), 99, 0, "x".getBytes(UTF_8), "{".getBytes(UTF_8)));

        String scrape = scrape(new LabelBudget.Limits(200, 50, 30, 100), this::counts);
        assertThat(scrape).isEqualTo(golden());
        assertThat(familiesOf(scrape))
                .as("every family stands in the golden scrape")
                .isEqualTo(new TreeSet<>(
                        Arrays.stream(Family.values()).map(Family::wireName).toList()));
    }

    @Test
    void noFamilyHasALabelThatCouldNameALeadDealOrVisitor() {
        Set<String> labels = new TreeSet<>();
        for (Family family : Family.values()) {
            labels.addAll(family.labels());
        }
        assertThat(labels)
                .containsExactlyInAnyOrder(
                        "aim",
                        "band",
                        "campaign",
                        "cause",
                        "days",
                        "channel",
                        "deal_stage",
                        "event",
                        "fate",
                        "feeds",
                        "key_metric",
                        "kind",
                        "level",
                        "measure",
                        "metric",
                        "needs",
                        "number",
                        "over",
                        "part",
                        "period",
                        "reason",
                        "rep",
                        "severity",
                        "source",
                        "team",
                        "times",
                        "title",
                        "topic",
                        "unit",
                        "version");
    }

    @Test
    void namesAreThoseOfPrometheus() {
        Pattern name = Pattern.compile("leadpulse(_[a-z]+)+");
        for (Family family : Family.values()) {
            assertThat(family.wireName()).matches(name);
        }
    }

    @Test
    void repsBeyondTheBudgetAreOneSeriesAndCounted() throws Exception {
        for (int rep = 1; rep <= 5; rep++) {
            sum("rep:X-" + rep, "won_count", "", "2025-03-05", Unit.COUNT, rep);
        }
        String scrape = scrape(new LabelBudget.Limits(3, 50, 30, 100), () -> null);
        // of the configuration are before X-1; have no room.
        assertThat(scrape)
                .contains("leadpulse_sales_won_deals{level=\"rep\",period=\"day\",rep=\"X-1\",team=\"\"} 1.0\n")
                .contains("leadpulse_sales_won_deals{level=\"rep\",period=\"day\",rep=\"other\",team=\"\"} 14.0\n")
                .contains("leadpulse_label_budget_used_ratio{metric=\"leadpulse_sales_won_deals\"} 1.0\n")
                .doesNotContain("leadpulse_sales_won_deals{level=\"rep\",period=\"day\",rep=\"X-2\"");
        assertThat(value(scrape, "leadpulse_label_overflow_total")).isGreaterThan(3);
    }

    @Test
    void todayTurnsAtTheCompanysMidnightAndExpectationMovesWithTheClockAlone() throws Exception {
        sum("company", "won_amount", "", "2025-03-05", Unit.MONEY, 300_00);
        ServedResults served = served();
        PrometheusRegistry registry = registry(served, new LabelBudget.Limits(9, 9, 9, 99), () -> null);
        String won = "leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"}";
        String expected =
                "leadpulse_goal_expected{level=\"company\",measure=\"won_amount\",period=\"month\",rep=\"\",team=\"\"}";

        String noon = text(registry);
        assertThat(value(noon, won)).isEqualTo(300.0);
        // Two and a half of March's 21 working days.
        assertThat(value(noon, expected)).isEqualTo(250.0);
        now = Instant.parse("2025-03-05T18:00:00Z");
        assertThat(value(text(registry), expected)).isEqualTo(300.0);
        now = Instant.parse("2025-03-05T23:59:59.999Z");
        assertThat(value(text(registry), won)).isEqualTo(300.0);
        now = Instant.parse("2025-03-06T00:00:01Z");
        assertThat(value(text(registry), won)).isEqualTo(0.0);
    }

    /** 40 open deals x 25,000 x 25 % / 90 days; and one that is overdue by more than 90 days, which does not count. */
    @Test
    void velocityIsItsFourPartsAndLeavesOutWhatIsLongOverdue() throws Exception {
        sum("company", "won_count", "", "2025-03-03", Unit.COUNT, 5);
        sum("company", "lost_count", "", "2025-03-03", Unit.COUNT, 15);
        sum("company", "won_deal_amount", "", "2025-03-03", Unit.MONEY, 125_000_00);
        sum("company", "cycle_millis", "", "2025-03-03", Unit.MILLISECONDS, 5 * 90 * 86_400_000L);
        sum("company", "open_count", "", "now", Unit.COUNT, 43);
        // Expected 90 days ago still counts, expected the day before that does not.
        sum("company", "open_due_count", "", "2024-12-05", Unit.COUNT, 2);
        sum("company", "open_due_count", "", "2024-12-04", Unit.COUNT, 3);
        String scrape = scrape(new LabelBudget.Limits(9, 9, 9, 99), () -> null);
        String company = "{level=\"company\",rep=\"\",team=\"\"}";
        assertThat(value(scrape, "leadpulse_pipeline_velocity_open_deals" + company))
                .isEqualTo(40);
        assertThat(value(scrape, "leadpulse_trailing_won_mean_money" + company)).isEqualTo(25_000);
        assertThat(value(scrape, "leadpulse_trailing_win_rate_ratio" + company)).isEqualTo(.25);
        assertThat(value(scrape, "leadpulse_trailing_cycle_mean_seconds" + company))
                .isEqualTo(90 * 86_400);
        assertThat(value(scrape, "leadpulse_pipeline_velocity_money_per_day" + company))
                .isCloseTo(2_777.78, within(.005));
        assertThat(scrape)
                .contains("leadpulse_open_deals_overdue{days=\"90\",level=\"company\",rep=\"\",team=\"\"} 3.0\n")
                .contains("leadpulse_open_deals_overdue{days=\"1\",level=\"company\",rep=\"\",team=\"\"} 5.0\n");
    }

    @Test
    void goalsAndRepsGivenWhileRunningShow() throws Exception {
        record(Topics.REPS, "R-9", "{'id':'R-9','effective_from':'2025-01-01T00:00:00Z','team':'south'}");
        record(
                Topics.GOALS,
                "south",
                "{'scope':'team:south','measure':'won_count','period_kind':'week','count':12,"
                        + "'effective_from':'2025-01-01T00:00:00Z'}");
        String scrape = scrape(new LabelBudget.Limits(9, 9, 9, 99), () -> null);
        assertThat(scrape)
                .contains(
                        "leadpulse_goal{level=\"team\",measure=\"won_count\",period=\"week\",rep=\"\",team=\"south\"} 12.0\n")
                .contains("leadpulse_sales_won_deals{level=\"rep\",period=\"day\",rep=\"R-9\",team=\"south\"} 0.0\n");
        record(Topics.GOALS, "south", null);
        assertThat(scrape(new LabelBudget.Limits(9, 9, 9, 99), () -> null)).doesNotContain("measure=\"won_count\"");
    }

    @Test
    void aScrapeIsGivenAgainForASecondUnlessSomethingWasReadAndForAsLongAsItTook() {
        sum("company", "won_count", "", "2025-03-05", Unit.COUNT, 1);
        ServedResults served = served();
        long[] millis = {0};
        MetricsCollector slow = collector(served, () -> NOON.plusMillis(millis[0]), () -> millis[0] += 300);
        MetricSnapshots first = slow.collect();
        served.accept(List.of(), Map.of());
        millis[0] += 299;
        assertThat(slow.collect()).isSameAs(first);
        millis[0] += 1;
        MetricSnapshots second = slow.collect();
        assertThat(second).isNotSameAs(first);
        millis[0] += 999;
        assertThat(slow.collect()).as("nothing new").isSameAs(second);
        millis[0] += 1;
        assertThat(slow.collect()).isNotSameAs(second);

        MetricsCollector quick = collector(served, () -> NOON, () -> {});
        MetricSnapshots before = quick.collect();
        assertThat(quick.collect()).isSameAs(before);
        served.accept(List.of(), Map.of());
        assertThat(quick.collect()).isNotSameAs(before);
    }

    /** One that does something while it computes. */
    private static MetricsCollector collector(ServedResults served, InstantSource clock, Runnable meanwhile) {
        BooleanSupplier caughtUp = () -> {
            meanwhile.run();
            return true;
        };
        return new MetricsCollector(
                new MetricsCollector.Sources(served, Map::of, caughtUp, null, null, null, null),
                clock,
                new LabelBudget.Limits(9, 9, 9, 99),
                "1.2.3");
    }

    @Test
    void sumsThatAreNotCommittedShowAndNoReportOrCurveIsMadeOfThem() throws Exception {
        sum("company", "won_amount", "", "2025-03-05", Unit.MONEY, 300_00);
        ServedResults served = served();
        TopicPartition partition = new TopicPartition(Topics.ROLLUPS, 0);
        served.accept(List.of(), Map.of(partition, 1L));
        PrometheusRegistry registry = registry(served, new LabelBudget.Limits(9, 9, 9, 99), () -> null);
        String won = "leadpulse_sales_won_money{level=\"company\",period=\"day\",rep=\"\",team=\"\"}";
        LocalDate today = LocalDate.parse("2025-03-05");
        String report =
                served.dayReport(today, today.plusDays(1), counts(), Map.of()).toString();
        String curve = served.pointsOfToday().toString();
        assertThat(report).contains("wonMinor=30000");
        assertThat(curve).contains("company");

        updates.clear();
        sum("company", "won_amount", "", "2025-03-05", Unit.MONEY, 900_00);
        sum("company", "won_amount", "", "2025-03-03", Unit.MONEY, 100_00);
        List<ResultUpdate> written = new ArrayList<>();
        for (ResultUpdate each : updates) {
            written.add(new ResultUpdate(partition, 1 + written.size(), 0, each.key(), each.value()));
        }
        written.add(new ResultUpdate(partition, 3, 0, "x".getBytes(UTF_8), "{".getBytes(UTF_8)));
        served.acceptProvisional(written);

        assertThat(value(text(registry), won)).isEqualTo(900.0);
        assertThat(text(registry))
                .as("counted when it is committed")
                .doesNotContain("leadpulse_results_unreadable_total{");
        assertThat(served.dayReport(today, today.plusDays(1), counts(), Map.of()))
                .hasToString(report);
        assertThat(served.pointsOfToday()).hasToString(curve);
        served.accept(List.of(), Map.of(partition, 5L));
        assertThat(value(text(registry), won)).isEqualTo(300.0);
    }

    private LeadCounts.Counts counts() {
        return new LeadCounts.Counts(
                List.of(new LeadCounts.Count("warm", "R-1", 3), new LeadCounts.Count("hot", null, 1)),
                List.of(new LeadCounts.Count("warmed", "R-2", 2)),
                List.of(new LeadCounts.Count("reply_owed", "R-1", 1)),
                List.of(
                        new LeadCounts.CampaignCount("spring-fair", "event", "hot", 2),
                        new LeadCounts.CampaignCount("newsletter", null, "cold", 5)),
                new Ratio(1, 4),
                5_400L);
    }

    private String scrape(LabelBudget.Limits limits, LeadCounts leads) throws IOException {
        return text(registry(served(), limits, leads));
    }

    private ServedResults served() {
        ServedResults served = new ServedResults(CONFIG, () -> now);
        served.caughtUp();
        served.accept(updates, Map.of());
        return served;
    }

    private PrometheusRegistry registry(ServedResults served, LabelBudget.Limits limits, LeadCounts leads) {
        Map<String, TopicReading> readings = new TreeMap<>(Map.of(
                Topics.ROLLUPS, new TopicReading(2, NOON.toEpochMilli() - 100),
                Topics.ALERTS, new TopicReading(0, null)));
        Map<String, SourceWatch.Source> sources = new LinkedHashMap<>();
        sources.put(Topics.ACTIVITIES, new SourceWatch.Source(NOON.toEpochMilli() - 4_000, true, 12.5, 3, true));
        sources.put(Topics.BEHAVIOUR, new SourceWatch.Source(null, false, null, 0, true));
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new MetricsCollector(
                new MetricsCollector.Sources(
                        served, () -> readings, () -> true, leads, null, () -> sources, () -> readings),
                () -> now,
                limits,
                "1.2.3"));
        return registry;
    }

    private static String text(PrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpositionFormats.init()
                .getPrometheusTextFormatWriter()
                .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(UTF_8);
    }

    private static Set<String> familiesOf(String scrape) {
        Set<String> families = new TreeSet<>();
        scrape.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> families.add(line.split(" ", -1)[2]));
        return families;
    }

    private static double value(String scrape, String series) {
        return scrape.lines()
                .filter(line -> line.startsWith(series + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is not in " + scrape));
    }

    private static String golden() throws IOException {
        try (InputStream file = MetricsScrapeTest.class.getResourceAsStream("/metrics/scrape.txt")) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private void sum(String scope, String measure, String dimension, String pane, Unit unit, long value) {
        add(codecs.rollups(), new RollupRecord(scope, measure, dimension, pane, unit, value, NOON.toEpochMilli()));
    }

    private void alert(
            String id,
            String cause,
            String severity,
            String state,
            String owner,
            String stage,
            String scope,
            Map<String, String> details) {
        add(
                codecs.alerts(),
                new AlertRecord(
                        id,
                        cause,
                        scope,
                        scope == null ? "L-1" : null,
                        null,
                        owner,
                        stage,
                        NOON.toEpochMilli(),
                        "7 business days",
                        state,
                        severity,
                        List.of(new AlertRecord.Transition(state, NOON.toEpochMilli(), severity, null)),
                        details,
                        NOON.toEpochMilli()));
    }

    private void conservation(long in, Map<String, ConservationRecord.Source> sources, long corrections) {
        add(
                codecs.conservation(),
                new ConservationRecord(
                        in,
                        in - 4,
                        1,
                        1,
                        0,
                        1,
                        Map.of("invalid_json", 1L),
                        sources,
                        Map.of(
                                Topics.ACTIVITIES,
                                Map.of("call", 7L, "page_viewed", 1L),
                                Topics.BEHAVIOUR,
                                Map.of("page_viewed", 3L)),
                        corrections,
                        NOON.toEpochMilli()));
    }

    private void record(String topic, String key, String json) {
        updates.add(new ResultUpdate(
                new TopicPartition(topic, 0),
                updates.size(),
                NOON.toEpochMilli(),
                key.getBytes(UTF_8),
                json == null ? null : json.replace('\'', '"').getBytes(UTF_8)));
    }

    private <T> void add(ResultCodec<T> codec, T result) {
        updates.add(new ResultUpdate(
                new TopicPartition(codec.topic(), 0),
                updates.size(),
                NOON.toEpochMilli(),
                codec.key(result).getBytes(UTF_8),
                codec.encode(result)));
    }
}
