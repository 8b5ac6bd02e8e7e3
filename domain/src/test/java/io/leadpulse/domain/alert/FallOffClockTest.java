package io.leadpulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreBook;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LeadStages;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FallOffClockTest {
    private static final Learnt LEARNT = new Learnt(
            Map.of("contacted", new Learnt.Silence(5 * 86_400_000L, 20), "offer", new Learnt.Silence(86_400_000L, 19)),
            Map.of(
                    EventKind.MEETING_CANCELLED, new Learnt.LossAct(2, 30),
                    EventKind.SMS_SENT, new Learnt.LossAct(1.99, 500),
                    EventKind.EMAIL_OPENED, new Learnt.LossAct(9, 29)),
            100);

    private LearntTimeline learnt = LearntTimeline.NOTHING;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Deal> deals = new ArrayList<>();

    @Test
    void whoeverUnsubscribesWhileWarmIsTold() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:01:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-10T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        assertThat(told("unsubscribed"))
                .containsExactly("unsubscribed since 2025-03-10T09:00:00Z: raised 2025-03-10T09:00:00Z");
        at("2025-03-11T09:00:00Z", EventKind.PRICE_LIST_VIEWED);
        assertThat(told("unsubscribed")).as("a view is no turning to us").hasSize(1);
        at("2025-03-12T09:00:00Z", EventKind.EMAIL_REPLIED);
        assertThat(told("unsubscribed"))
                .containsExactly("unsubscribed since 2025-03-10T09:00:00Z: raised 2025-03-10T09:00:00Z,"
                        + " resolved 2025-03-12T09:00:00Z");
    }

    @Test
    void whatWasNeverWarmOrWasItLongAgoCannotFallOff() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        assertThat(told()).isEmpty();
        facts.clear();
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:00:00Z", EventKind.DEMO_REQUESTED);
        // 50 points are 30 after 10.3 days, so it was warm until 2025-03-13.
        at("2025-04-12T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        assertThat(told()).hasSize(1);
        facts.remove(facts.size() - 1);
        at("2025-04-13T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        assertThat(told()).isEmpty();
    }

    @Test
    void aDisqualifiedLeadIsNoLongerAboutToFallOff() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:01:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-04T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        at("2025-03-05T09:00:00Z", EventKind.LEAD_REJECTED);
        assertThat(told())
                .containsExactly("unsubscribed since 2025-03-04T09:00:00Z: raised 2025-03-04T09:00:00Z,"
                        + " resolved 2025-03-05T09:00:00Z");
        at("2025-03-06T09:00:00Z", EventKind.EMAIL_UNSUBSCRIBED);
        assertThat(told()).hasSize(1);
    }

    @Test
    void theSecondMeetingMissedOrDeclinedSinceOneWasHeldCounts() {
        deals.add(open());
        at("2025-03-04T09:00:00Z", EventKind.MEETING_NO_SHOW);
        at("2025-03-05T09:00:00Z", EventKind.MEETING_COMPLETED);
        at("2025-03-06T09:00:00Z", EventKind.MEETING_DECLINED);
        assertThat(told("missed")).isEmpty();
        at("2025-03-07T09:00:00Z", EventKind.MEETING_NO_SHOW);
        at("2025-03-08T09:00:00Z", EventKind.MEETING_NO_SHOW);
        assertThat(told("missed"))
                .containsExactly("missed_twice since 2025-03-07T09:00:00Z: raised 2025-03-07T09:00:00Z");
        at("2025-03-09T09:00:00Z", EventKind.DEMO_HELD);
        assertThat(told("missed"))
                .containsExactly("missed_twice since 2025-03-07T09:00:00Z: raised 2025-03-07T09:00:00Z,"
                        + " resolved 2025-03-09T09:00:00Z");
    }

    @Test
    void anExpectedCloseThatIsPutOffTwiceIsToldUntilTheDealCloses() {
        deals.add(deal(
                event(1, "2025-03-03T09:00:00Z", EventKind.DEAL_OPENED, "2025-04-01"),
                event(2, "2025-03-04T09:00:00Z", EventKind.DEAL_UPDATED, "2025-04-08"),
                event(3, "2025-03-05T09:00:00Z", EventKind.DEAL_UPDATED, "2025-04-07"),
                event(4, "2025-03-06T09:00:00Z", EventKind.DEAL_UPDATED, "2025-04-09"),
                event(5, "2025-03-07T09:00:00Z", EventKind.DEAL_UPDATED, "2025-05-01"),
                event(6, "2025-03-10T09:00:00Z", EventKind.DEAL_LOST, null)));
        assertThat(told())
                .containsExactly("pushed_twice D-1 since 2025-03-06T09:00:00Z: raised 2025-03-06T09:00:00Z,"
                        + " resolved 2025-03-10T09:00:00Z");
    }

    @Test
    void aScoreThatHalvesInTenDaysIsToldAtTheBeginningOfADay() {
        deals.add(open());
        at("2025-03-03T09:00:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-07T09:00:00Z", EventKind.MEETING_NO_SHOW);
        // Ten days after the request, at the next midnight: 50 have become some 30, less 12 of the no-show.
        assertThat(told()).containsExactly("score_halved since 2025-03-03T09:00:00Z: raised 2025-03-14T00:00:00Z");
        at("2025-03-20T12:00:00Z", EventKind.PRICE_LIST_VIEWED);
        assertThat(told())
                .containsExactly("score_halved since 2025-03-03T09:00:00Z: raised 2025-03-14T00:00:00Z,"
                        + " resolved 2025-03-20T12:00:00Z");
        at("2025-03-13T23:59:59.999Z", EventKind.PAGE_VIEWED);
        assertThat(told()).as("a positive act in the ten days").isEmpty();
    }

    @Test
    void decayAloneHalvesNoScoreOfFourteenDays() {
        deals.add(open());
        at("2025-03-03T09:00:00Z", EventKind.DEMO_REQUESTED);
        assertThat(told()).isEmpty();
    }

    @Test
    void silenceAndActsAreSignsOnlyWhenTheyWereLearntFromEnoughLeads() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:01:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-03T10:00:00Z", EventKind.EMAIL_SENT);
        at("2025-03-04T10:00:00Z", EventKind.PAGE_VIEWED);
        at("2025-03-11T10:00:00Z", EventKind.MEETING_CANCELLED);
        at("2025-03-12T10:00:00Z", EventKind.EMAIL_OPENED);
        at("2025-03-13T10:00:00Z", EventKind.SMS_SENT);
        assertThat(told()).isEmpty();
        learnt = LearntTimeline.of(LEARNT);
        assertThat(told())
                .containsExactly(
                        "loss_act/meeting_cancelled since 2025-03-11T10:00:00Z: raised 2025-03-11T10:00:00Z",
                        "silent contacted 5 days since 2025-03-04T10:00:00Z: raised 2025-03-09T10:00:00Z");
        at("2025-03-18T10:00:00Z", EventKind.PAGE_VIEWED);
        assertThat(told())
                .contains("silent contacted 5 days since 2025-03-04T10:00:00Z: raised 2025-03-09T10:00:00Z,"
                        + " resolved 2025-03-18T10:00:00Z");
        Alert act = alerts().get(0);
        assertThat(FallOffClock.signOf(act)).isEqualTo(FallOffSign.LOSS_ACT);
        assertThat(FallOffClock.actOf(act)).isEqualTo("meeting_cancelled");
    }

    @Test
    void oneSilenceIsOneAlertHoweverOftenItsLimitIsLearntAnew() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:01:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-03T10:00:00Z", EventKind.EMAIL_SENT);
        at("2025-03-04T10:00:00Z", EventKind.PAGE_VIEWED);
        learnt = LearntTimeline.of(LEARNT);
        Alert before = alerts().get(0);
        Learnt later = new Learnt(
                Map.of("contacted", new Learnt.Silence(5 * 86_400_000L + 1_123_200, 21)), LEARNT.lossActs(), 100);
        learnt = new LearntTimeline(
                new TreeMap<>(Map.of(Long.MIN_VALUE, LEARNT, millis("2025-03-20T00:00:00Z"), later)));
        assertThat(alerts()).singleElement().satisfies(after -> {
            assertThat(after.raisedMillis()).isEqualTo(before.raisedMillis());
            assertThat(after.limitMillis()).isEqualTo(before.limitMillis());
            assertThat(after.id()).isEqualTo(before.id());
        });
        at("2025-03-21T10:00:00Z", EventKind.PAGE_VIEWED);
        assertThat(alerts())
                .as("the next silence is another")
                .extracting(Alert::id)
                .doesNotHaveDuplicates()
                .hasSize(2)
                .contains(before.id());
    }

    @Test
    void theLimitByWhichASilenceBecameASignStays() {
        at("2025-03-03T09:00:00Z", EventKind.LEAD_CREATED);
        at("2025-03-03T09:01:00Z", EventKind.DEMO_REQUESTED);
        at("2025-03-03T10:00:00Z", EventKind.EMAIL_SENT);
        at("2025-03-04T10:00:00Z", EventKind.PAGE_VIEWED);
        String fiveDays = "silent contacted 5 days since 2025-03-04T10:00:00Z: raised 2025-03-09T10:00:00Z";
        learnt = silences("2025-03-09T10:00:00.001Z", 5, 9);
        assertThat(told("silent")).as("raised before it rose").containsExactly(fiveDays);
        learnt = silences("2025-03-09T10:00:00.001Z", 5, 2);
        assertThat(told("silent")).as("raised before it fell").containsExactly(fiveDays);
        learnt = silences("2025-03-09T10:00:00Z", 5, 9);
        assertThat(told("silent"))
                .as("it rose before")
                .containsExactly("silent contacted 9 days since 2025-03-04T10:00:00Z: raised 2025-03-13T10:00:00Z");
        learnt = silences("2025-03-09T10:00:00Z", 9, 5);
        assertThat(told("silent")).as("it fell before").containsExactly(fiveDays);
        learnt = silences("2025-06-01T00:00:00.001Z", 100, 5);
        assertThat(told("silent"))
                .as("what holds from later on is not known yet, and by the other it is no longer at stake then")
                .isEmpty();
        at("2025-03-12T10:00:00Z", EventKind.PAGE_VIEWED);
        learnt = silences("2025-03-09T10:00:00.001Z", 5, 90);
        assertThat(told("silent"))
                .as("resolved, and the next silence by what holds then")
                .containsExactly(fiveDays + ", resolved 2025-03-12T10:00:00Z");
    }

    /** Days that leads may be silent after the first contact, and from a time on other days. */
    private static LearntTimeline silences(String from, int days, int daysThen) {
        return new LearntTimeline(
                new TreeMap<>(Map.of(Long.MIN_VALUE, silence(days), millis(from), silence(daysThen))));
    }

    private static Learnt silence(int days) {
        return new Learnt(Map.of("contacted", new Learnt.Silence(days * 86_400_000L, 20)), Map.of(), 0);
    }

    @Test
    void aDealThatWasPutOffTwiceHasAnAlertForEachTimeThatItIsOpen() {
        deals.add(deal(
                event(1, "2025-03-03T09:00:00Z", EventKind.DEAL_OPENED, "2025-04-01"),
                event(2, "2025-03-04T09:00:00Z", EventKind.DEAL_UPDATED, "2025-04-08"),
                event(3, "2025-03-05T09:00:00Z", EventKind.DEAL_UPDATED, "2025-04-15"),
                event(4, "2025-03-06T09:00:00Z", EventKind.DEAL_LOST, null),
                event(5, "2025-03-07T09:00:00Z", EventKind.DEAL_REOPENED, null)));
        assertThat(told("pushed_twice"))
                .containsExactly(
                        "pushed_twice D-1 since 2025-03-05T09:00:00Z: raised 2025-03-05T09:00:00Z,"
                                + " resolved 2025-03-06T09:00:00Z",
                        "pushed_twice D-1 since 2025-03-05T09:00:00Z: raised 2025-03-07T09:00:00Z");
        assertThat(alerts()).extracting(Alert::id).doesNotHaveDuplicates();
    }

    @Test
    void whatWasLearntHoldsFromItsTimeOn() {
        TreeMap<Long, Learnt> versions =
                new TreeMap<>(Map.of(Long.MIN_VALUE, Learnt.NOTHING, millis("2025-03-11T10:00:00.001Z"), LEARNT));
        learnt = new LearntTimeline(versions);
        deals.add(open());
        at("2025-03-11T10:00:00Z", EventKind.MEETING_CANCELLED);
        assertThat(told()).isEmpty();
        at("2025-03-11T10:00:00.001Z", EventKind.MEETING_CANCELLED);
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatIsOffSaysWhatItNeeds() {
        assertThat(Learnt.NOTHING.silenceLack("offer").text()).isEqualTo("20 won leads that passed the stage, has 0");
        assertThat(LEARNT.silenceLack("offer").text()).isEqualTo("20 won leads that passed the stage, has 19");
        assertThat(LEARNT.silenceLack("contacted")).isNull();
        assertThat(Learnt.NOTHING.lossActLack().text()).isEqualTo("100 lost leads, has 0");
        assertThat(LEARNT.lossActLack()).isNull();
    }

    private List<String> told() {
        return told("");
    }

    private List<String> told(String sign) {
        List<String> told = new ArrayList<>();
        for (Alert alert : alerts()) {
            if (!alert.about().startsWith(sign)) {
                continue;
            }
            StringBuilder text = new StringBuilder(alert.about());
            text.append(alert.deal() == null ? "" : " " + alert.deal());
            text.append(alert.stage() == null ? "" : " " + alert.stage());
            text.append(alert.limitMillis() == 0 ? "" : " " + alert.limitMillis() / 86_400_000L + " days");
            text.append(" since ").append(Instant.ofEpochMilli(alert.enteredMillis()));
            String separator = ": ";
            for (AlertTransition step : alert.transitions()) {
                text.append(separator)
                        .append(step.kind().name().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(Instant.ofEpochMilli(step.atMillis()));
                separator = ", ";
            }
            told.add(text.toString());
        }
        return told;
    }

    private List<Alert> alerts() {
        facts.sort(Fact.CANONICAL_ORDER);
        List<Ownership> owners = List.of();
        return new FallOffClock(
                        "lead-1",
                        facts,
                        owners,
                        LeadStages.stays(facts, deals),
                        deals,
                        ScoreBook.evaluate(facts, RuleTimeline.of(ScoreRules.defaults()), ZoneOffset.UTC),
                        learnt,
                        ZoneOffset.UTC)
                .alerts(millis("2025-06-01T00:00:00Z"));
    }

    private void at(String time, EventKind kind) {
        long id = facts.size() + 1L;
        facts.add(Fact.of(id, "test/" + id, millis(time), kind));
    }

    private static Deal open() {
        return deal(event(1, "2025-03-03T08:00:00Z", EventKind.DEAL_OPENED, null));
    }

    private static Deal deal(DealEvent... events) {
        return DealBook.resolve("D-1", new ArrayList<>(List.of(events)), DealStages.DEFAULT);
    }

    private static DealEvent event(long id, String time, EventKind kind, String expectedClose) {
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                "ann",
                null,
                null,
                null,
                null,
                null,
                expectedClose == null
                        ? null
                        : (Long) LocalDate.parse(expectedClose).toEpochDay());
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
