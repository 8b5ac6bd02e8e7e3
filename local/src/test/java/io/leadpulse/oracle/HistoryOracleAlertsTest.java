package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** March 2025: the 3rd is a Monday; business days are around the clock, in UTC. */
class HistoryOracleAlertsTest {
    private static final String ENTERED = "2025-03-03T00:00:00Z";
    private static final String KEY = "deal:D|meeting|2025-03-03T00:00:00Z";

    private final OracleLines lines = new OracleLines();

    @Test
    void raisesAtTheLimitEscalatesAtHalfAsMuchAgainAndResolvesAtTheExit() {
        openDeal("").activity("deal_stage_changed", "2025-03-20T12:00:00Z", "'deal':'D','stage':'demo'");
        // 4 business days: to the end of Thursday; 6: to the end of Monday.
        assertAlert(KEY, "2025-03-07T00:00:00Z", "2025-03-11T00:00:00Z", "2025-03-20T12:00:00Z");
    }

    @Test
    void leftAtTheVeryInstantOfTheLimitRaisesNothing() {
        openDeal("").activity("deal_lost", "2025-03-07T00:00:00Z", "'deal':'D'");
        assertThat(alerts("2025-06-01T00:00:00Z")).isEmpty();
    }

    @Test
    void leftAtTheVeryInstantOfTheCriticalIsNeverCritical() {
        openDeal("").activity("deal_lost", "2025-03-11T00:00:00Z", "'deal':'D'");
        assertAlert(KEY, "2025-03-07T00:00:00Z", null, "2025-03-11T00:00:00Z");
    }

    @Test
    void tellsOnlyWhatHappenedUpToAsOf() {
        openDeal("");
        assertThat(alerts("2025-03-06T23:59:59.999Z")).isEmpty();
        assertThat(alerts("2025-03-07T00:00:00Z")).containsOnlyKeys(KEY);
        assertThat(alerts("2025-03-10T23:59:59.999Z").get(KEY).escalatedMillis())
                .isNull();
    }

    @Test
    void planSuppressesUntilItIsDue() {
        openDeal("").activity("task_planned", "2025-03-05T00:00:00Z", "'asset':'t','due':'2025-03-10T09:00:00Z'");
        assertAlert(KEY, "2025-03-10T09:00:00Z", "2025-03-11T00:00:00Z", null);
    }

    @Test
    void planThatIsDoneSuppressesNoMore() {
        openDeal("")
                .activity("meeting_scheduled", "2025-03-05T00:00:00Z", "'asset':'m','due':'2025-03-13T09:00:00Z'")
                .activity("meeting_cancelled", "2025-03-07T08:00:00Z", "'asset':'m'");
        assertAlert(KEY, "2025-03-07T08:00:00Z", "2025-03-11T00:00:00Z", null);
    }

    @Test
    void planSuppressesForAtMostOneFurtherLimit() {
        openDeal("")
                .activity("meeting_scheduled", "2025-03-05T00:00:00Z", "'asset':'m','due':'2025-03-20T09:00:00Z'")
                .activity("meeting_rescheduled", "2025-03-08T00:00:00Z", "'asset':'m','due':'2025-05-20T09:00:00Z'");
        // 8 business days: to the end of Wednesday the 12th; then both at once.
        assertAlert(KEY, "2025-03-13T00:00:00Z", "2025-03-13T00:00:00Z", null);
    }

    @Test
    void planMadeAfterTheWarningDelaysTheCriticalOnly() {
        openDeal("").activity("task_planned", "2025-03-08T00:00:00Z", "'asset':'t','due':'2025-03-11T10:00:00Z'");
        assertAlert(KEY, "2025-03-07T00:00:00Z", "2025-03-11T10:00:00Z", null);
    }

    @Test
    void clockIsThatOfTheOwnerAtEachTime() {
        lines.rep("A", "2020-01-01T00:00:00Z", "")
                .rep(
                        "B",
                        "2020-01-01T00:00:00Z",
                        ",'absences':[{'from':'2025-03-06T00:00:00Z','to':'2025-03-08T00:00:00Z'}]");
        openDeal(",'owner':'A'").activity("deal_updated", "2025-03-05T00:00:00Z", "'deal':'D','owner':'B'");
        // Monday, Tuesday with A; Wednesday with B, who is away on Thursday and Friday; Monday is the fourth.
        // Two more for the critical: Tuesday and Wednesday.
        assertAlert(KEY, "2025-03-11T00:00:00Z", "2025-03-13T00:00:00Z", null);
    }

    @Test
    void leadIsStuckInItsDerivedStages() {
        lines.activity("lead_created", "2025-02-24T00:00:00Z", "")
                .activity("call", ENTERED, "'direction':'outbound'")
                .activity("lead_status_changed", "2025-03-10T06:00:00Z", "'status':'qualified'")
                .activity("deal_opened", "2025-03-24T06:00:00Z", "'deal':'D'")
                .activity("deal_lost", "2025-03-25T06:00:00Z", "'deal':'D'");
        Map<String, OracleResults.Alert> alerts = alerts("2025-06-01T00:00:00Z");
        // Contacted from Monday; qualified from Monday the 10th, 06:00: four days to Friday 06:00, six to Tuesday.
        assertThat(alerts)
                .containsOnlyKeys("lead:L|contacted|2025-03-03T00:00:00Z", "lead:L|qualified|2025-03-10T06:00:00Z");
        assertAlert("lead:L|contacted|2025-03-03T00:00:00Z", "2025-03-07T00:00:00Z", null, "2025-03-10T06:00:00Z");
        assertAlert(
                "lead:L|qualified|2025-03-10T06:00:00Z",
                "2025-03-14T06:00:00Z",
                "2025-03-18T06:00:00Z",
                "2025-03-24T06:00:00Z");
    }

    @Test
    void nurtureEndsAStayAndComingBackBeginsAnother() {
        lines.activity("lead_created", "2025-02-24T00:00:00Z", "")
                .activity("call", ENTERED, "'direction':'outbound'")
                .activity("lead_status_changed", "2025-03-06T00:00:00Z", "'status':'nurture'")
                .activity("lead_status_changed", "2025-03-17T00:00:00Z", "'status':'working'");
        assertThat(alerts("2025-03-31T00:00:00Z")).containsOnlyKeys("lead:L|contacted|2025-03-17T00:00:00Z");
        assertAlert("lead:L|contacted|2025-03-17T00:00:00Z", "2025-03-21T00:00:00Z", "2025-03-25T00:00:00Z", null);
    }

    @Test
    void statusAfterALostDealBringsTheLeadBackToBeQualifiedAgain() {
        lines.activity("lead_created", "2025-02-24T00:00:00Z", "")
                .activity("lead_status_changed", "2025-02-24T01:00:00Z", "'status':'qualified'")
                .activity("call", "2025-02-24T02:00:00Z", "'direction':'outbound'")
                .activity("deal_opened", ENTERED, "'deal':'D'")
                .activity("lead_status_changed", "2025-03-04T00:00:00Z", "'status':'qualified'")
                .activity("deal_lost", "2025-03-05T00:00:00Z", "'deal':'D'")
                .activity("lead_status_changed", "2025-03-10T00:00:00Z", "'status':'working'")
                .activity("lead_status_changed", "2025-03-17T00:00:00Z", "'status':'qualified'");
        // Qualified for five days before the deal; nothing while it is open and after it, until Monday the 10th.
        assertThat(alerts("2025-03-31T00:00:00Z"))
                .containsOnlyKeys(
                        "lead:L|qualified|2025-02-24T01:00:00Z",
                        "lead:L|contacted|2025-03-10T00:00:00Z",
                        "lead:L|qualified|2025-03-17T00:00:00Z");
    }

    @Test
    void dealThatChangesLeadTakesItsAlertsAlong() {
        openDeal("").activity("deal_updated", "2025-03-04T00:00:00Z", "'deal':'D','lead':'M'");
        assertThat(alerts("2025-03-10T00:00:00Z").get(KEY).key().lead()).isEqualTo("M");
    }

    private OracleLines openDeal(String fields) {
        return lines.activity("deal_opened", ENTERED, "'deal':'D','stage':'meeting'" + fields);
    }

    private void assertAlert(String key, String raised, String escalated, String resolved) {
        OracleResults.Alert alert = alerts("2025-06-01T00:00:00Z").get(key);
        assertThat(alert).as("alert of %s", key).isNotNull();
        assertThat(alert)
                .isEqualTo(new OracleResults.Alert(alert.key(), millis(raised), millis(escalated), millis(resolved)));
    }

    private static Long millis(String time) {
        return time == null ? null : (Long) OracleTime.millis(time);
    }

    private Map<String, OracleResults.Alert> alerts(String asOf) {
        return new HistoryOracle(lines.lines(), Instant.parse(asOf), OracleConfig.acceptance(4)).stuckAlerts();
    }
}
