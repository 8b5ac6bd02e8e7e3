package io.leadpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that were computed by hand from TASK.md. */
class OracleTest {
    private static final long AS_OF = millis("2026-04-04T22:00:00Z");

    private final Oracle oracle = new Oracle(AS_OF, Map.of("R1", "north", "R2", "south"));

    @Test
    void pointsAreHalvedInFourteenDays() {
        activity("m1", "meeting_completed", "2026-02-02T10:00:00Z", "L1", "");
        activity("d1", "event_visited", "2026-02-16T10:00:00Z", "L1", ",\"asset\":\"fair\"");

        LeadScore score = expected().scores().get("L1");
        assertThat(score.latestMillis()).isEqualTo(millis("2026-02-16T10:00:00Z"));
        assertThat(score.at(millis("2026-02-16T10:00:00Z"))).isCloseTo(22.5, within(1e-12));
        assertThat(score.at(millis("2026-03-02T10:00:00Z"))).isCloseTo(11.25, within(1e-12));
        assertThat(score.bandAt(millis("2026-02-16T10:00:00Z"))).isEqualTo("cold");
    }

    @Test
    void inAWindowPointsCountInFullUntilTheDayOfBerlinThatIsSoManyLater() {
        Oracle ofThreeDays = new Oracle(AS_OF, Map.of(), 3);
        ofThreeDays.activity(
                "{\"source\":\"crm\",\"id\":\"1\",\"kind\":\"meeting_completed\",\"time\":\"2026-02-02T22:59:59Z\",\"lead\":\"L1\"}"
                        .getBytes(StandardCharsets.UTF_8));
        ofThreeDays.activity(
                "{\"source\":\"crm\",\"id\":\"2\",\"kind\":\"event_visited\",\"time\":\"2026-02-02T23:00:00Z\",\"lead\":\"L1\",\"asset\":\"fair\"}"
                        .getBytes(StandardCharsets.UTF_8));
        ofThreeDays.endOfPart();

        LeadScore score = ofThreeDays.expected().scores().get("L1");
        assertThat(score.at(millis("2026-02-04T22:59:59.999Z"))).isEqualTo(35);
        assertThat(score.bandAt(millis("2026-02-04T22:59:59.999Z"))).isEqualTo("warm");
        assertThat(score.at(millis("2026-02-04T23:00:00Z"))).isEqualTo(10);
        assertThat(score.at(millis("2026-02-05T23:00:00Z"))).isZero();
    }

    @Test
    void repeatRulesCountTheEarliestAndARepeatedRecordOnce() {
        for (int view = 0; view < 8; view++) {
            behaviour("v" + view, "V1", "L1", "2026-02-02T10:00:0" + view + "Z", "\"/products\"");
        }
        behaviour("v0", "V1", "L1", "2026-02-02T10:00:00Z", "\"/products\"");
        activity(
                "c1",
                "call",
                "2026-02-02T10:00:00Z",
                "L1",
                ",\"direction\":\"outbound\",\"connected\":true,\"seconds\":30");
        activity(
                "c2",
                "call",
                "2026-02-02T10:00:00Z",
                "L1",
                ",\"direction\":\"outbound\",\"connected\":true,\"seconds\":30");
        activity(
                "c3",
                "call",
                "2026-02-03T10:00:00Z",
                "L1",
                ",\"direction\":\"outbound\",\"connected\":true,\"seconds\":29");
        activity("o1", "email_opened", "2026-02-03T10:00:00Z", "L1", ",\"asset\":\"a\",\"automatic\":true");
        activity("u1", "email_unsubscribed", "2026-01-20T10:00:00Z", "L1", "");

        // Five views and one call within a few seconds, less 30 that do not decay.
        assertThat(expected().scores().get("L1").at(AS_OF)).isZero();
        assertThat(expected().scores().get("L1").latestMillis()).isEqualTo(millis("2026-02-02T10:00:04Z"));
    }

    @Test
    void pageViewsAreHeldAtTwenty() {
        for (int day = 1; day <= 9; day++) {
            for (int view = 0; view < 5; view++) {
                behaviour("v" + day + view, "V1", "L1", "2026-02-0" + day + "T10:00:0" + view + "Z", "\"/products\"");
            }
        }
        assertThat(expected().scores().get("L1").at(millis("2026-02-09T10:00:05Z")))
                .isEqualTo(20);
    }

    @Test
    void aVisitorsActsAreWhoseHeTurnsOutToBe() {
        behaviour("m1", "V1", null, "2026-02-01T10:00:00Z", "\"/pricing\"");
        behaviour("m2", "V1", null, "2026-01-10T10:00:00Z", "\"/pricing\"");
        behaviour("m3", "V1", "L1", "2026-02-20T10:00:00Z", "\"/other\"");
        behaviour("m4", "V2", null, "2026-02-20T10:00:00Z", "\"/other\"");

        LeadScore score = expected().scores().get("L1");
        // 10 points of 19 days before, and one of now; the act of 41 days before is nobody's, the one of V2 still held.
        assertThat(score.at(millis("2026-02-20T10:00:00Z"))).isCloseTo(1 + 10 * Math.pow(2, -19.0 / 14), within(1e-12));
        assertThat(expected().deadLetters()).isEqualTo(Map.of("held_dropped", 1L));
        assertThat(expected().scores()).containsOnlyKeys("L1");
    }

    @Test
    void aWinCountsWithItsOwnerThenAndTheNewestAmountOnTheCompanysDay() {
        deal(
                "o",
                "deal_opened",
                "2026-02-02T10:00:00Z",
                ",\"owner\":\"R1\",\"stage\":\"meeting\",\"amount\":\"100.10\"");
        deal("w", "deal_won", "2026-02-03T23:30:00Z", "");
        deal("h", "deal_updated", "2026-02-05T10:00:00Z", ",\"owner\":\"R2\"");
        deal("a", "deal_updated", "2026-02-06T10:00:00Z", ",\"amount\":\"250.05\"");

        assertThat(expected().sums())
                .isEqualTo(Map.of(
                        "won_amount|company|2026-02-04", 25_005L,
                        "won_count|company|2026-02-04", 1L,
                        "won_amount|team:north|2026-02-04", 25_005L,
                        "won_count|team:north|2026-02-04", 1L,
                        "won_amount|rep:R1|2026-02-04", 25_005L,
                        "won_count|rep:R1|2026-02-04", 1L));
        assertThat(expected().alerts()).isEmpty();
        assertThat(expected().scores()).containsOnlyKeys("L1");
    }

    @Test
    void aStayIsStuckAfterBusinessDaysOfTheStage() {
        // From Friday noon: six hours, six whole days without the weekends, three hours of Tuesday. Half as much again:
        // six hours,
        // nine whole days, seven and a half hours of Friday.
        deal("o", "deal_opened", "2026-02-06T11:00:00Z", ",\"owner\":\"R1\",\"stage\":\"meeting\"");
        deal("h", "deal_updated", "2026-02-10T10:00:00Z", ",\"owner\":\"R2\"");
        deal("s", "deal_stage_changed", "2026-02-20T17:00:00Z", ",\"stage\":\"offer\"");

        // Ten whole days from Monday 23 February on are used up when Friday 6 March ends, fifteen when Friday 13 March
        // does.
        assertThat(expected().alerts())
                .isEqualTo(Map.of(
                        "D1|meeting|" + millis("2026-02-06T11:00:00Z"),
                                new StuckAlert(
                                        "R2",
                                        millis("2026-02-17T11:00:00Z"),
                                        millis("2026-02-20T15:30:00Z"),
                                        millis("2026-02-20T17:00:00Z")),
                        "D1|offer|" + millis("2026-02-20T17:00:00Z"),
                                new StuckAlert(
                                        "R2", millis("2026-03-06T17:00:00Z"), millis("2026-03-13T17:00:00Z"), null)));
    }

    @Test
    void holidaysAndAChangedClockAreHeeded() {
        deal("o", "deal_opened", "2026-03-24T08:00:00Z", ",\"stage\":\"meeting\"");

        // Tuesday 9:00 until Wednesday 1 April 18:00 are seven days, over a weekend on which clocks go forward.
        assertThat(expected().alerts().get("D1|meeting|" + millis("2026-03-24T08:00:00Z")))
                .isEqualTo(new StuckAlert(null, millis("2026-04-01T16:00:00Z"), null, null));
    }

    @Test
    void whatIsBrokenIsCountedByReason() {
        oracle.activity(bytes("{\"kind\":\"call\""));
        oracle.activity(bytes("{\"kind\":\"danced\",\"source\":\"s\",\"id\":\"1\",\"time\":\"2026-02-06T11:00:00Z\"}"));
        oracle.activity(bytes("{\"kind\":\"call\",\"source\":\"s\",\"id\":\"1\",\"time\":\"2026-02-06T11:00:00Z\"}"));
        oracle.activity(
                bytes("{\"kind\":\"call\",\"source\":\"s\",\"time\":\"2026-02-06T11:00:00Z\",\"lead\":\"L1\"}"));
        oracle.activity(bytes("{\"kind\":\"call\",\"source\":\"s\",\"id\":\"1\",\"time\":\"noon\",\"lead\":\"L1\"}"));
        deal("a", "deal_updated", "2026-02-06T10:00:00Z", ",\"amount\":\"2,5\"");
        oracle.behaviour(bytes("{\"type\":\"page\",\"messageId\":\"1\",\"timestamp\":\"2026-02-06T11:00:00Z\"}"));

        assertThat(expected().deadLetters())
                .isEqualTo(Map.of(
                        "invalid_json", 1L,
                        "unknown_kind", 1L,
                        "no_lead", 2L,
                        "missing_field", 1L,
                        "invalid_time", 1L,
                        "invalid_amount", 1L));
        assertThat(expected().scores()).isEmpty();
    }

    private Expected expected() {
        oracle.endOfPart();
        return oracle.expected();
    }

    private void activity(String id, String kind, String time, String lead, String more) {
        oracle.activity(bytes("{\"source\":\"crm\",\"id\":\"%s\",\"kind\":\"%s\",\"time\":\"%s\",\"lead\":\"%s\"%s}"
                .formatted(id, kind, time, lead, more)));
    }

    private void deal(String id, String kind, String time, String more) {
        activity(id, kind, time, "L1", ",\"deal\":\"D1\"" + more);
    }

    private void behaviour(String id, String visitor, String lead, String time, String path) {
        String named = lead == null ? "" : ",\"userId\":\"" + lead + '"';
        oracle.behaviour(bytes(("{\"type\":\"page\",\"messageId\":\"%s\",\"anonymousId\":\"%s\"%s,\"timestamp\":\"%s\","
                        + "\"properties\":{\"path\":%s}}")
                .formatted(id, visitor, named, time, path)));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
