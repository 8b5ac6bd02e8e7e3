package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.stack.DemoSummary.ProcessLine;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:30:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final List<ProcessLine> PROCESSES =
            List.of(new ProcessLine("kafka", "running", 1L << 29), new ProcessLine("serving", "restarting", 1L << 28));

    @Test
    void itSaysHowTodayStandsAndHowFreshThatIs() {
        DemoSummary summary = summary(Optional.of(MetricsPage.parse("""
                leadpulse_sales_won_money{level="company",team="",rep="",period="day"} 6150
                leadpulse_sales_won_money{level="team",team="north",rep="",period="day"} 1000
                leadpulse_goal{level="company",team="",rep="",period="day",measure="won_amount"} 15500
                leadpulse_goal_pace_ratio{level="company",team="",rep="",period="day",measure="won_amount"} 1.102
                leadpulse_goal_ahead{level="company",team="",rep="",period="day",measure="won_amount"} 570
                leadpulse_open_leads{band="hot",level="company",team="",rep=""} 12
                leadpulse_open_leads{band="hot",level="team",team="north",rep=""} 5
                leadpulse_alerts_open{cause="stuck",severity="warning",deal_stage="offer",level="company"} 9
                leadpulse_alerts_open{cause="stuck",severity="critical",deal_stage="offer",level="company"} 2
                leadpulse_alerts_open{cause="idle",severity="warning",deal_stage="",level="company"} 3
                leadpulse_alerts_open_money{cause="stuck",severity="warning",deal_stage="offer",level="company"} 61400
                leadpulse_leads_waiting{kind="reply_owed",level="company"} 4
                leadpulse_alert_messages_total{kind="lead",result="sent"} 7
                leadpulse_alert_messages_total{kind="digest",result="sent"} 1
                leadpulse_records{fate="in"} 131204
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                """)));

        assertThat(summary.lines())
                .contains(
                        "today       6,150 EUR won of 15,500 (40 %), pace 1.10, 570 ahead of the usual course",
                        "leads       12 hot   11 stuck   61,400 EUR at risk   4 wait for someone",
                        "alerts      14 open   8 messages sent   0 failed   0 wait",
                        "data        as of 13:29:58, 2 s ago   131,204 records in",
                        "processes   kafka running   serving restarting",
                        "            0.75 GiB resident")
                .hasSizeLessThanOrEqualTo(DemoSummary.MAX_LINES);
        assertThat(summary.line())
                .startsWith("today 6,150 EUR won")
                .contains("12 hot, 11 stuck", "serving restarting")
                .doesNotContain("kafka");
    }

    @Test
    void withoutNumbersItShowsDashesNotZeros() {
        assertThat(summary(Optional.empty()).lines())
                .contains("today       - EUR won", "data        no numbers yet")
                .noneMatch(line -> line.contains("0 hot"));
    }

    @Test
    void halfOfAHistoryIsNoNumber() {
        DemoSummary summary = summary(Optional.of(MetricsPage.parse("""
                leadpulse_sales_won_money{level="company",team="",rep="",period="day"} 0
                leadpulse_goal{level="company",team="",rep="",period="day",measure="won_amount"} 15500
                leadpulse_goal_ahead{level="company",team="",rep="",period="day",measure="won_amount"} -7074
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                leadpulse_input_lag_records{topic="crm.activities.v1"} 30000
                leadpulse_input_lag_records{topic="web.behaviour.v1"} 5561
                """)));

        assertThat(summary.line())
                .startsWith("catching up, 35,561 records to go | ")
                .contains("serving restarting");
        assertThat(summary.lines()).contains("today       - EUR won", "data        catching up, 35,561 records to go");
        assertThat(summary.isBehind()).isTrue();
    }

    @Test
    void whatIsStillToBeJudgedIsNoZero() {
        Optional<MetricsPage> page = Optional.of(MetricsPage.parse("""
                leadpulse_sales_won_money{level="company",team="",rep="",period="day"} 6150
                leadpulse_open_leads{band="hot",level="company",team="",rep=""} 12
                leadpulse_leads_waiting{kind="reply_owed",level="company"} 0
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                """));

        assertThat(summary(page, Optional.of(NOW.minusSeconds(14))).lines())
                .contains(
                        "today       6,150 EUR won",
                        "leads       12 hot   - stuck   - EUR at risk   - wait for someone",
                        "alerts      being judged, now that the history is in");
        assertThat(summary(page, Optional.of(NOW.minusSeconds(14))).line()).contains("12 hot, - stuck");
        assertThat(summary(page, Optional.of(NOW.minusSeconds(59))).line()).contains("12 hot, - stuck");
        assertThat(summary(page, Optional.of(NOW.minusSeconds(60))).lines())
                .as("none at all")
                .contains("leads       12 hot   0 stuck   0 EUR at risk   0 wait for someone");
    }

    @Test
    void whoIsHotIsNotKnownBeforeLeadsAreCounted() {
        Optional<MetricsPage> page = Optional.of(MetricsPage.parse("""
                leadpulse_sales_won_money{level="company",team="",rep="",period="day"} 6150
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                """));

        assertThat(summary(page, Optional.of(NOW.minusSeconds(14))).line()).contains("- hot, - stuck");
        assertThat(summary(page).lines())
                .as("begun again on what is there, when nothing is behind")
                .contains("leads       - hot   0 stuck   0 EUR at risk   - wait for someone");
    }

    @Test
    void thatNobodyIsHotIsSaidWhenLeadsWereCounted() {
        assertThat(summary(Optional.of(MetricsPage.parse("""
                leadpulse_open_leads{band="hot",level="company",team="",rep=""} 0
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                """))).line()).contains("0 hot, 0 stuck");
    }

    @Test
    void whatIsJudgedIsSaidSomeSecondsAfterTheHistory() {
        Optional<MetricsPage> page = Optional.of(MetricsPage.parse("""
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                leadpulse_alerts_open{cause="stuck",severity="warning",deal_stage="offer",level="company"} 9
                """));

        assertThat(summary(page, Optional.of(NOW.minusSeconds(14))).line()).contains("- stuck");
        assertThat(summary(page, Optional.of(NOW.minusSeconds(15))).line()).contains("9 stuck");
    }

    @Test
    void aSilentSourceIsSaid() {
        assertThat(summary(Optional.of(MetricsPage.parse("""
                leadpulse_data_as_of_timestamp_seconds 1.772627398E9
                leadpulse_source_silent{source="crm.activities.v1"} 1
                """))).line()).contains("a source is silent");
    }

    private static DemoSummary summary(Optional<MetricsPage> page) {
        return summary(page, Optional.empty());
    }

    private static DemoSummary summary(Optional<MetricsPage> page, Optional<Instant> lastBehind) {
        return new DemoSummary(page, lastBehind, PROCESSES, NOW, ZONE, "EUR");
    }
}
