package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.measure.LogBuckets;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every key metric of a small company, computed by hand, and what the daily digest is made of. */
class KeyMetricsTest {
    /** A Wednesday, in the middle of the working day; two and a half of March's 21 working days are over. */
    private static final Instant NOON = Instant.parse("2025-03-05T13:30:00Z");

    private static final String COMPANY = """
            company: {zone: UTC, currency: USD}
            goals:
              - {scope: company, period_kind: month, amount: "2100.00"}
              - {scope: company, period_kind: month, measure: won_count, count: 12}
              - {scope: company, period_kind: month, measure: leads_sales_qualified, count: 10}
              - {scope: company, period_kind: week, measure: "activities:call", count: 50}
            """;

    private final SumBook sums = new SumBook();
    private final AlertBook alerts = new AlertBook();
    private final Map<KeyMetric, KeySums.Sum> stored = new EnumMap<>(KeyMetric.class);
    private final LeadCounts.Counts counts = new LeadCounts.Counts(
            List.of(new LeadCounts.Count("warm", "R-1", 3), new LeadCounts.Count("hot", null, 1)),
            List.of(),
            List.of(
                    new LeadCounts.Count("reply_owed", "R-1", 1),
                    new LeadCounts.Count("reply_owed", "R-2", 3),
                    new LeadCounts.Count("unassigned", null, 2)),
            List.of(),
            new Ratio(1, 4),
            5_400L);

    @BeforeEach
    void company() {
        sum("won_amount", "", "2025-03-05", 300_00);
        sum("won_amount", "", "2025-03-03", 500_00);
        sum("won_deal_amount", "", "2025-03-05", 300_00);
        sum("won_deal_amount", "", "2025-03-03", 500_00);
        sum("won_count", "", "2025-03-05", 1);
        sum("won_count", "", "2025-03-03", 4);
        sum("repeat_won_amount", "", "2025-03-03", 200_00);
        sum("lost_count", "", "2025-02-28", 5);
        sum("lost_count", "", "2025-03-04", 0);
        sum("lost_amount", "", "2025-02-28", 200_00);
        sum("opened_count", "", "2025-03-04", 2);
        sum("opened_amount", "", "2025-03-04", 700_00);
        sum("cycle_millis", "", "2025-03-03", 10 * 86_400_000L);
        sum("cycle_histogram", String.valueOf(LogBuckets.indexOf(2 * 86_400_000L)), "2025-03-03", 5);
        sum("lead_to_sale_histogram", String.valueOf(LogBuckets.indexOf(30 * 86_400_000L)), "2025-03-03", 3);
        sum("open_count", "", "now", 3);
        sum("open_amount", "", "now", 900_00);
        sum("open_due_count", "", "2025-03-20", 2);
        sum("open_due_count", "", "2025-02-20", 1);
        sum("open_pushed_count", "1", "now", 2);
        sum("open_pushed_count", "3", "now", 1);
        sum("leads_created", "", "2025-03-05", 3);
        sum("leads_marketing_qualified", "", "2025-03-05", 2);
        sum("leads_sales_qualified", "", "2025-03-04", 1);
        sum("first_contact_within_limit", "", "2025-03-03", 8);
        sum("first_contact_count", "", "2025-03-03", 10);
        sum("activities", "call", "2025-03-04", 7);
        sum("activities", "call", "2025-03-02", 100);
        sum("activities", "email_sent", "2025-03-04", 5);
        sum("activities", "meeting_completed", "2025-03-04", 2);
        sum("activities", "demo_held", "2025-03-04", 1);
        sum("conversations", "", "2025-03-04", 4);
        // 3 February was the first business day, as 3 March; 5 February is compared with until 13:30.
        sum("won_amount", "", "2025-02-03", 400_00);
        sum("won_amount", "", "2025-02-05", 600_00);
        sum("won_amount_five_minutes", "", "2025-02-05T13:25", 100_00);
        sum("won_amount_five_minutes", "", "2025-02-05T13:30", 500_00);
        alert("a1", "stuck", "warning", Map.of("amount_minor", "90000"));
        alert("a2", "stuck", "critical", Map.of());
        alert("a3", "fall_off", "warning", Map.of());
        alert("a4", "poor_campaign", "warning", Map.of());
        for (KeyMetric metric : KeyMetric.values()) {
            if (metric.isStored()) {
                stored.put(metric, new KeySums.Sum(30L, 120L));
            }
        }
        stored.put(KeyMetric.MONTH_FORECAST, new KeySums.Sum(1_900_00L, null));
        stored.put(KeyMetric.NURTURE_UNTOUCHED, new KeySums.Sum(17L, null));
        stored.put(KeyMetric.SILENT_CUSTOMERS, new KeySums.Sum(null, null));
        stored.put(KeyMetric.COST_PER_LEAD, new KeySums.Sum(6_200_00L, 1_240L));
        stored.put(KeyMetric.COST_PER_MQL, new KeySums.Sum(6_200_00L, 0L));
        stored.put(KeyMetric.COST_PER_SQL, new KeySums.Sum(0L, 5L));
        stored.put(KeyMetric.SMS_RESPONSE_RATE, new KeySums.Sum(4L, 9L));
        stored.put(KeyMetric.NURTURE_TO_SQL_RATE, new KeySums.Sum(null, null));
    }

    @Test
    void everyKeyMetricIsAsCountedByHand() {
        assertThat(all().stream().map(KeyMetricsTest::said))
                .containsExactly(
                        "sales_today 300.0 against 100.0",
                        "sales_this_week 800.0",
                        "sales_this_month 800.0 against 2100.0",
                        "sales_this_quarter 1800.0",
                        "sales_this_year 1800.0",
                        "day_attainment 3.0 = 30000/10000 against 1.0",
                        "week_attainment needs a goal",
                        "month_attainment 0.381 = 80000/210000 against 1.0",
                        "quarter_attainment needs a goal",
                        "year_attainment needs a goal",
                        "pace 550.0 against 0.0",
                        "pace_today 250.0 against 0.0",
                        "month_projection 6720.0 against 2100.0",
                        "month_landing 960.0 against 2100.0",
                        "month_forecast 1900.0 against 2100.0",
                        "still_to_sell 1300.0 against 0.0",
                        "required_per_day 70.27",
                        "deals_needed 9.0",
                        "opportunity_coverage 0.111 = 2/18 against 1.0",
                        "leads_needed needs a rest of the period longer than 30.0 days, has 26.4",
                        "month_growth 0.6 = 30000/50000 against 0.0",
                        "deals_won 5.0 against 12.0",
                        "mean_won_deal 160.0 = 80000/5",
                        "open_pipeline 900.0",
                        "open_deals 3.0",
                        "new_opportunities 2.0",
                        "value_created 700.0",
                        "pipeline_velocity 120.0",
                        "win_rate 0.5 = 5/10",
                        "win_rate_by_value 0.8 = 80000/100000",
                        "deals_lost 0.0",
                        "value_lost 0.0",
                        "sales_cycle 172800.0",
                        "sales_cycle_median 2.0 days",
                        "lead_to_sale_time 30.0 days",
                        "overdue_deals 1.0 against 0.0",
                        "pushed_deals 3.0",
                        "new_leads 3.0",
                        "marketing_qualified_leads 2.0",
                        "sales_qualified_leads 1.0 against 10.0",
                        "hot_leads 1.0",
                        "lead_to_mql_rate 0.25 = 30/120",
                        "lead_to_sql_rate 0.25 = 1/4",
                        "lead_to_sale_rate needs leads created more than 90 days ago",
                        "mql_to_sql_rate 0.25 = 30/120",
                        "sql_to_opportunity_rate 0.25 = 30/120",
                        "first_contact_time 5400.0 against 32400.0",
                        "first_contact_in_time 0.8 = 8/10",
                        "hand_raised_waiting 0.0 against 0.0",
                        "replies_owed 4.0 against 0.0",
                        "unassigned_leads 2.0 against 0.0",
                        "stuck_leads 2.0 against 0.0",
                        "stuck_value 900.0 against 0.0",
                        "falling_off 1.0 against 0.0",
                        "calls 7.0 against 50.0",
                        "conversations 4.0",
                        "mails_sent 5.0",
                        "meetings_held 2.0",
                        "demos_held 1.0",
                        "connect_rate 0.25 = 30/120",
                        "cold_call_connect_rate 0.25 = 30/120",
                        "cold_call_to_meeting_rate 0.25 = 30/120",
                        "show_rate 0.25 = 30/120",
                        "reply_rate 0.25 = 30/120",
                        "sms_response_rate needs 10 cases, has 9",
                        "demo_to_opportunity_rate 0.25 = 30/120",
                        "demo_to_next_stage_rate 0.25 = 30/120",
                        "demo_to_offer_rate 0.25 = 30/120",
                        "offer_to_won_rate 0.25 = 30/120",
                        "campaign_quality 0.25 = 30/120",
                        "cost_per_lead 5.0 = 620000/1240",
                        "cost_per_mql needs such leads of campaigns in the last 90 days",
                        "cost_per_sql needs spend of the last 90 days",
                        "poor_campaigns 1.0 against 0.0",
                        "nurture_response_rate 0.25 = 30/120",
                        "nurture_to_sql_rate needs 10 cases, has 0",
                        "nurture_untouched 17.0 against 0.0",
                        "returning_revenue 0.25 = 20000/80000",
                        "silent_customers 0.0 against 0.0");
    }

    @Test
    void withoutThePostgresTablesItSaysSo() {
        List<KeyMetric> waiting = figures(
                        Arrays.stream(KeyMetric.values())
                                .filter(KeyMetric::isStored)
                                .limit(KeyMetric.MAX)
                                .toList(),
                        null,
                        null)
                .stream()
                .filter(figure -> "PostgreSQL".equals(figure.needs()))
                .map(KeyFigure::metric)
                .toList();
        assertThat(waiting).hasSize(KeyMetric.MAX);
        assertThat(figures(List.of(KeyMetric.HOT_LEADS, KeyMetric.FIRST_CONTACT_TIME), null, null))
                .extracting(KeyFigure::needs)
                .containsOnly("PostgreSQL");
    }

    @Test
    void aGoalOrLimitOfTheCompanyGoesBeforeTheUsualOne() {
        String yaml = COMPANY + """
                key_metrics:
                  - {metric: win_rate, goal: 0.6}
                  - {metric: sales_cycle, limit: 30}
                  - {metric: first_contact_time, limit: 1.5}
                  - {metric: stuck_leads, limit: 2}
                  - {metric: calls, goal: 5}
                  - {metric: open_pipeline, goal: 1000}
                """;
        List<KeyFigure> figures = keyMetrics(yaml, counts, stored).figures();

        assertThat(figures)
                .extracting(KeyFigure::target)
                .containsExactly(0.6, 30 * 86_400.0, 5_400.0, 2.0, 5.0, 1_000.0);
        assertThat(figures).extracting(KeyFigure::isMet).containsExactly(false, true, true, true, true, false);
    }

    @Test
    void everyKeyMetricHasATitleThatNoOtherHasAndEveryShareSaysOfWhat() {
        assertThat(Arrays.stream(KeyMetric.values()).map(KeyMetric::title)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(KeyMetric.values()).map(KeyMetric::wireName))
                .allMatch(name -> name.matches("[a-z_]+"));
        for (KeyMetric metric : KeyMetric.values()) {
            if (metric.unit() == KeyMetric.Unit.RATIO) {
                assertThat(metric.counted()).as(metric.name()).contains(" / ");
            }
        }
    }

    @Test
    void theDigestOfAMondaySpeaksOfFridayAndTheWeekend() {
        sum("won_amount", "", "2025-03-07", 90_00);
        sum("won_count", "", "2025-03-07", 2);
        sum("won_amount", "", "2025-03-09", 40_00);
        sum("won_amount", "", "2025-03-10", 1_000_00);
        sum("lost_count", "", "2025-03-07", 3);
        sum("opened_count", "", "2025-03-07", 4);
        sum("leads_created", "", "2025-03-07", 11);
        sum("leads_marketing_qualified", "", "2025-03-07", 6);
        sum("leads_sales_qualified", "", "2025-03-07", 5);
        sum("activities", "meeting_completed", "2025-03-07", 8);
        sum("activities", "demo_held", "2025-03-07", 7);
        String yaml = COMPANY + "key_metrics: [sales_today, sales_this_week, month_attainment, open_deals]\n";
        Directory directory = Directory.of(ConfigReader.parse(yaml), List.of());

        DayReport report = new DayReports(directory, sums, alerts, counts, stored)
                .report(
                        LocalDate.parse("2025-03-07").toEpochDay(),
                        LocalDate.parse("2025-03-10").toEpochDay());

        assertThat(report.keyDay()).isEqualTo("2025-03-07");
        // Friday's sales, and the week and month as they stood when Sunday was over; what has no past is as it is.
        assertThat(report.keyFigures().stream().map(KeyMetricsTest::said))
                .containsExactly(
                        "sales_today 90.0 against 100.0",
                        "sales_this_week 930.0",
                        "month_attainment 0.443 = 93000/210000 against 1.0",
                        "open_deals 3.0");
        // The Saturday on which nothing happened is left out; a day off has no goal.
        assertThat(report.days())
                .containsExactly(
                        new DayReport.Day(LocalDate.parse("2025-03-07"), 90_00, 100_00L, 2, 3, 4, 11, 6, 5, 8, 7),
                        new DayReport.Day(LocalDate.parse("2025-03-09"), 40_00, null, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(report.waiting()).isEqualTo(new DayReport.Waiting(2, 1, 900_00, 2, 4, 0));
        assertThat(report.standings()).singleElement().satisfies(month -> {
            assertThat(month.label()).isEqualTo("March 2025");
            assertThat(month.wonMinor()).isEqualTo(930_00);
            assertThat(month.goalMinor()).isEqualTo(2_100_00);
            // Five of 21 working days: 500.
            assertThat(month.aheadMinor()).isEqualTo(430_00);
            assertThat(month.paceIndex()).isCloseTo(1.86, within(1e-9));
        });
    }

    @Test
    void theFirstDigestOfAMonthHoldsItsForecastAgainstItsOwnGoalAndTheMonthThatIsOverAgainstThatOne() {
        String yaml = COMPANY + """
                  - {scope: company, period_kind: month, period: "2025-04", amount: "2300.00"}
                key_metrics: [sales_this_month, month_forecast]
                """;
        DayReports reports =
                new DayReports(Directory.of(ConfigReader.parse(yaml), List.of()), sums, alerts, counts, stored);
        long firstOfApril = LocalDate.parse("2025-04-01").toEpochDay();

        assertThat(reports.report(firstOfApril - 1, firstOfApril).keyFigures().stream()
                        .map(KeyMetricsTest::said))
                .containsExactly("sales_this_month 800.0 against 2100.0", "month_forecast 1900.0 against 2300.0");
        assertThat(reports.report(firstOfApril - 2, firstOfApril - 1).keyFigures().stream()
                        .map(KeyMetricsTest::said))
                .containsExactly("sales_this_month 800.0 against 2100.0", "month_forecast 1900.0 against 2100.0");
    }

    private List<KeyFigure> all() {
        List<KeyMetric> metrics = Arrays.asList(KeyMetric.values());
        List<KeyFigure> figures = new ArrayList<>();
        for (int from = 0; from < metrics.size(); from += KeyMetric.MAX) {
            figures.addAll(
                    figures(metrics.subList(from, Math.min(metrics.size(), from + KeyMetric.MAX)), counts, stored));
        }
        return figures;
    }

    private List<KeyFigure> figures(
            List<KeyMetric> metrics, LeadCounts.Counts leads, Map<KeyMetric, KeySums.Sum> read) {
        String names = metrics.stream().map(KeyMetric::wireName).collect(Collectors.joining(", "));
        return keyMetrics(COMPANY + "key_metrics: [" + names + "]\n", leads, read)
                .figures();
    }

    private KeyMetrics keyMetrics(String yaml, LeadCounts.Counts leads, Map<KeyMetric, KeySums.Sum> read) {
        Directory directory = Directory.of(ConfigReader.parse(yaml), List.of());
        return new KeyMetrics(new Moment(NOON.toEpochMilli(), directory, sums), alerts, leads, read);
    }

    /** In words; medians of a histogram are within one per cent. */
    private static String said(KeyFigure figure) {
        StringBuilder said = new StringBuilder(figure.metric().wireName());
        if (figure.value() == null) {
            return said.append(" needs ").append(figure.needs()).toString();
        }
        boolean isMedian =
                figure.metric() == KeyMetric.SALES_CYCLE_MEDIAN || figure.metric() == KeyMetric.LEAD_TO_SALE_TIME;
        said.append(' ')
                .append(
                        isMedian
                                ? (double) Math.round(figure.value() / 86_400) + " days"
                                : String.valueOf(Math.round(figure.value() * 1_000) / 1_000.0));
        if (figure.parts() != null) {
            said.append(" = ")
                    .append(figure.parts().numerator())
                    .append('/')
                    .append(figure.parts().denominator());
        }
        if (figure.target() != null) {
            said.append(" against ").append(figure.target());
        }
        return said.toString();
    }

    private void sum(String measure, String dimension, String pane, long value) {
        RollupRecord sum =
                new RollupRecord("company", measure, dimension, pane, Unit.COUNT, value, NOON.toEpochMilli());
        sums.put(SumBook.placeOf(sum), value);
    }

    private void alert(String id, String cause, String severity, Map<String, String> details) {
        alerts.take(new AlertRecord(
                id,
                cause,
                null,
                "L-1",
                null,
                null,
                null,
                NOON.toEpochMilli(),
                "7 business days",
                "raised",
                severity,
                List.of(new AlertRecord.Transition("raised", NOON.toEpochMilli(), severity, null)),
                details,
                NOON.toEpochMilli()));
    }
}
