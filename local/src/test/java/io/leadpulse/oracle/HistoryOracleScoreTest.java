package io.leadpulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryOracleScoreTest {
    private static final Instant AS_OF = Instant.parse("2025-03-29T12:00:00Z");

    private final OracleLines lines = new OracleLines();

    @Test
    void pointsHalveInFourteenDays() {
        lines.activity("meeting_completed", "2025-03-01T12:00:00Z", "'asset':'m'")
                .activity("email_replied", "2025-03-15T12:00:00Z", "");
        // 25 a quarter, 15 a half: 6.25 + 7.5.
        assertThat(score().score()).isCloseTo(13.75, within(1e-12));
        assertThat(score().band()).isEqualTo("cold");
        assertThat(oracle().scoreAt("L", Instant.parse("2025-03-15T12:00:00Z")).score())
                .isCloseTo(27.5, within(1e-12));
        assertThat(oracle().scoreAt("L", Instant.parse("2025-03-15T11:59:59.999Z"))
                        .score())
                .isCloseTo(12.5, within(1e-6));
    }

    @Test
    void pageViewsCountFiveADayAndTwentyInAll() {
        for (int view = 0; view < 30; view++) {
            // 27 March 6 views, 28 March 12, 29 March 12.
            String day = view < 6 ? "27" : view < 18 ? "28" : "29";
            lines.activity("page_viewed", "2025-03-%sT11:00:%02dZ".formatted(day, view), "");
        }
        assertThat(oracle().ledger("L")).hasSize(15);
        assertThat(score().rawByGroup().get(OracleConfig.PAGE_VIEWS)).isBetween(14.0, 15.0);
        for (int day = 20; day < 27; day++) {
            for (int view = 0; view < 5; view++) {
                lines.activity("page_viewed", "2025-03-%dT11:00:%02dZ".formatted(day, view), "");
            }
        }
        assertThat(score().score()).isEqualTo(20);
        assertThat(score().rawByGroup().get(OracleConfig.PAGE_VIEWS)).isGreaterThan(20);
    }

    @Test
    void repeatRulesCountTheEarliest() {
        lines.activity("b", "email_clicked", "2025-03-02T00:00:00Z", "'asset':'mail'")
                .activity("a", "email_clicked", "2025-03-01T00:00:00Z", "'asset':'mail'")
                .activity("c", "email_clicked", "2025-02-28T00:00:00Z", "'asset':'mail','automatic':true")
                .activity("d", "email_clicked", "2025-03-03T00:00:00Z", "'asset':'other'")
                .activity("e", "call", "2025-03-03T09:00:00Z", "'direction':'outbound','connected':true,'seconds':29")
                .activity("f", "call", "2025-03-03T10:00:00Z", "'direction':'outbound','connected':true,'seconds':30")
                .activity("g", "call", "2025-03-03T11:00:00Z", "'direction':'outbound','connected':true,'seconds':40");
        assertThat(oracle().ledger("L"))
                .containsOnlyKeys("crm/a|link_clicked", "crm/d|link_clicked", "crm/f|outbound_call_connected");
    }

    @Test
    void unsubscribedDoesNotDecayAndTheScoreIsNeverBelowZero() {
        lines.activity("email_unsubscribed", "2025-01-01T00:00:00Z", "");
        assertThat(score().rawByGroup().get(OracleConfig.LASTING)).isEqualTo(-30);
        assertThat(score().score()).isZero();
    }

    @Test
    void reachingTheThresholdQualifiesAtThatEvent() {
        lines.activity("m1", "meeting_completed", "2025-03-29T09:00:00Z", "")
                .activity("m2", "meeting_completed", "2025-03-29T09:00:00.000Z", "")
                .activity("m3", "demo_held", "2025-03-29T09:00:00Z", "")
                .activity("later", "meeting_completed", "2025-03-29T10:00:00Z", "");
        OracleResults.Lead lead = oracle().lead("L");
        // 75 with the third of one time, which is the demo by the order of kinds.
        assertThat(lead.marketingQualifiedBy()).isEqualTo("crm/m3");
        assertThat(score().band()).isEqualTo("hot");
        assertThat(score().score()).isGreaterThan(99).isLessThanOrEqualTo(100);
    }

    @Test
    void raisedHandQualifiesAtOnce() {
        lines.activity("m1", "page_viewed", "2025-03-01T09:00:00Z", "")
                .activity("q", "quote_requested", "2025-03-02T09:00:00Z", "");
        assertThat(oracle().lead("L").marketingQualifiedBy()).isEqualTo("crm/q");
        assertThat(oracle().lead("L").marketingQualifiedMillis()).isEqualTo(OracleTime.millis("2025-03-02T09:00:00Z"));
    }

    @Test
    void negativePointsThatDecayQualifyNobody() {
        // 75 - 15 = 60 at once. 14 days later these are 37.5 - 7.5; nothing qualifies although no-shows fade.
        lines.activity("n", "meeting_no_show", "2025-03-01T08:00:00Z", "")
                .activity("a", "meeting_completed", "2025-03-01T09:00:00Z", "")
                .activity("b", "meeting_completed", "2025-03-01T10:00:00Z", "")
                .activity("c", "meeting_completed", "2025-03-01T11:00:00Z", "");
        assertThat(oracle().lead("L").marketingQualifiedBy()).isNull();
    }

    @Test
    void contactsAreThoseOfPersons() {
        lines.activity("lead_created", "2025-03-01T00:00:00Z", "")
                .activity("email_sent", "2025-03-01T01:00:00Z", "'automatic':true")
                .activity("call", "2025-03-02T01:00:00Z", "'direction':'inbound','connected':false")
                .activity("call", "2025-03-03T01:00:00Z", "'direction':'outbound','connected':false")
                .activity("email_replied", "2025-03-04T01:00:00Z", "")
                .activity("email_opened", "2025-03-05T01:00:00Z", "'asset':'x'");
        OracleResults.Lead lead = oracle().lead("L");
        assertThat(lead.firstContactMillis()).isEqualTo(OracleTime.millis("2025-03-03T01:00:00Z"));
        assertThat(lead.lastContactKind()).isEqualTo("email_replied");
        assertThat(lead.isLastContactTwoWay()).isTrue();
        assertThat(lead.stage()).isEqualTo("contacted");
    }

    @Test
    void formIsAContactThatIsNotTwoWay() {
        lines.activity("email_replied", "2025-03-04T01:00:00Z", "")
                .activity("form_submitted", "2025-03-05T01:00:00Z", "'asset':'x'");
        assertThat(oracle().lead("L").lastContactKind()).isEqualTo("form_submitted");
        assertThat(oracle().lead("L").isLastContactTwoWay()).isFalse();
        assertThat(oracle().lead("L").firstContactMillis()).isNull();
    }

    @Test
    void dealQualifiesForSales() {
        lines.activity("deal_opened", "2025-03-05T00:00:00Z", "'deal':'D'")
                .activity("lead_status_changed", "2025-03-07T00:00:00Z", "'status':'qualified'");
        assertThat(oracle().lead("L").salesQualifiedMillis()).isEqualTo(OracleTime.millis("2025-03-05T00:00:00Z"));
    }

    @Test
    void behaviourBelongsToTheLatestIdentificationElseToTheNextWithinThirtyDays() {
        String page = "'type':'page','anonymousId':'v'";
        lines.web("tooEarly", "2025-01-29T23:59:59.999Z", page)
                .web("early", "2025-01-30T00:00:00Z", page)
                .web("i1", "2025-03-01T00:00:00Z", "'type':'identify','anonymousId':'v','userId':'L'")
                .web("between", "2025-03-05T00:00:00Z", page)
                .web("named", "2025-03-06T00:00:00Z", page + ",'userId':'N'")
                .web("after", "2025-03-06T00:00:01Z", page)
                .web("i2", "2025-03-10T00:00:00Z", "'type':'identify','anonymousId':'v','userId':'M'")
                .web("last", "2025-03-10T00:00:00Z", page)
                .web("nobody", "2025-03-10T00:00:00Z", "'type':'page','anonymousId':'w'");
        Map<String, Optional<String>> leads = oracle().leadByBehaviour();
        assertThat(leads.get("web:v/tooEarly")).isEmpty();
        assertThat(leads.get("web:v/early")).hasValue("L");
        assertThat(leads.get("web:v/between")).hasValue("L");
        assertThat(leads.get("web:v/named")).hasValue("N");
        // A page with both ids identifies the visitor too.
        assertThat(leads.get("web:v/after")).hasValue("N");
        assertThat(leads.get("web:v/last")).hasValue("M");
        assertThat(leads.get("web:w/nobody")).isEmpty();
        assertThat(oracle().fates().held()).isEqualTo(2);
    }

    @Test
    void oneMessageIdOfTwoVisitorsIsTwoEvents() {
        lines.web("m", "2025-03-01T00:00:00Z", "'type':'identify','anonymousId':'v','userId':'L'")
                .web("m", "2025-03-02T00:00:00Z", "'type':'identify','anonymousId':'w','userId':'L'");
        assertThat(oracle().leadByBehaviour()).containsOnlyKeys("web:v/m", "web:w/m");
        assertThat(oracle().fates().counted()).isEqualTo(2);
    }

    @Test
    void webKindsAndClocksAreReadByTheContract() {
        lines.web("p", "2025-03-01T00:00:00Z", "'type':'page','userId':'L','properties':{'path':'/pricing'}")
                .web("c", "2025-03-01T00:00:01Z", "'type':'page','userId':'L','properties':{'path':'/careers/x'}")
                .web(
                        "f",
                        "2025-03-01T00:00:02Z",
                        "'type':'track','event':'Form Submitted','userId':'L','properties':{'form':'demo','product':'p'}")
                .web(
                        "clock",
                        "2025-03-09T00:00:00Z",
                        "'type':'page','userId':'L','originalTimestamp':'2025-03-01T05:00:00Z',"
                                + "'sentAt':'2025-03-01T05:00:10Z','receivedAt':'2025-03-01T04:00:12Z'");
        Map<String, OracleResults.LedgerEntry> ledger = oracle().ledger("L");
        assertThat(ledger)
                .containsOnlyKeys(
                        "web/p|price_list_viewed", "web/c|careers_page", "web/f|demo_requested", "web/clock|page_view");
        // 04:00:12 less the 10 s between act and sending.
        assertThat(ledger.get("web/clock|page_view").timeMillis()).isEqualTo(OracleTime.millis("2025-03-01T04:00:02Z"));
    }

    @Test
    void ledgerAddsUpToTheRawSums() {
        lines.activity("meeting_completed", "2025-03-01T12:00:00Z", "")
                .activity("meeting_no_show", "2025-03-15T12:00:00Z", "");
        assertThat(List.copyOf(oracle().ledger("L").values()))
                .extracting(OracleResults.LedgerEntry::points)
                .containsExactlyInAnyOrder(25.0, -15.0);
        // 25 / 4 - 15 / 2.
        assertThat(score().rawByGroup().get(OracleConfig.ENGAGEMENT)).isCloseTo(-1.25, within(1e-12));
    }

    private OracleResults.Score score() {
        return oracle().score("L");
    }

    private HistoryOracle oracle() {
        return new HistoryOracle(lines.lines(), AS_OF, OracleConfig.acceptance(5));
    }
}
