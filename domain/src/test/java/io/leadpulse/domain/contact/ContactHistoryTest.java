package io.leadpulse.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactHistoryTest {

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final long CREATED = 19_800 * DAY;

    private long nextId;

    @Test
    void automaticMailIsNoContact() {
        ContactHistory history = of(
                fact(0, EventKind.LEAD_CREATED), fact(1, EventKind.EMAIL_SENT).automatic(true));

        assertThat(history.firstContactMillis()).isEqualTo(Fact.NO_TIME);
        assertThat(history.lastContactKind()).isNull();
        assertThat(history.idleSinceMillis()).isEqualTo(CREATED);
    }

    @Test
    void firstAttemptByAPersonIsTheFirstContact() {
        ContactHistory history = of(
                fact(0, EventKind.LEAD_CREATED),
                fact(2, EventKind.EMAIL_SENT).automatic(true),
                fact(3, EventKind.CALL).direction(Direction.OUTBOUND),
                fact(4, EventKind.SMS_SENT));

        assertThat(history.firstContactMillis()).isEqualTo(CREATED + 3 * HOUR);
        assertThat(history.firstContactStartMillis()).isEqualTo(CREATED);
        assertThat(history.lastContactKind()).isEqualTo(EventKind.SMS_SENT);
        assertThat(history.lastContactTwoWay()).isFalse();
    }

    @Test
    void inboundCallThatWasTakenIsTheFirstContact() {
        ContactHistory history = of(
                fact(0, EventKind.LEAD_CREATED),
                fact(1, EventKind.CALL).direction(Direction.INBOUND),
                fact(2, EventKind.CALL)
                        .direction(Direction.INBOUND)
                        .connected(true)
                        .seconds(40));

        assertThat(history.firstContactMillis()).isEqualTo(CREATED + 2 * HOUR);
        assertThat(history.lastContactTwoWay()).isTrue();
        assertThat(history.replyOwedSinceMillis()).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void handRaiseStartsTheTimeToFirstContact() {
        ContactHistory history = of(
                fact(0, EventKind.LEAD_CREATED),
                fact(5, EventKind.DEMO_REQUESTED),
                fact(6, EventKind.CALL).direction(Direction.OUTBOUND));

        assertThat(history.firstContactStartMillis()).isEqualTo(CREATED + 5 * HOUR);
        assertThat(history.handRaisesMillis()).containsExactly(CREATED + 5 * HOUR);
    }

    @Test
    void handRaiseAfterTheFirstContactDoesNotMoveItsStart() {
        ContactHistory history =
                of(fact(0, EventKind.LEAD_CREATED), fact(1, EventKind.SMS_SENT), fact(5, EventKind.QUOTE_REQUESTED));

        assertThat(history.firstContactStartMillis()).isEqualTo(CREATED);
        assertThat(history.replyOwedSinceMillis()).isEqualTo(CREATED + 5 * HOUR);
    }

    @Test
    void callOfThirtySecondsIsAConversationOfLessIsNot() {
        assertThat(ContactRules.isConversation(
                        fact(0, EventKind.CALL).connected(true).seconds(30).build()))
                .isTrue();
        assertThat(ContactRules.isConversation(
                        fact(0, EventKind.CALL).connected(true).seconds(29).build()))
                .isFalse();
        assertThat(ContactRules.isConversation(
                        fact(0, EventKind.CALL).seconds(300).build()))
                .isFalse();
    }

    @Test
    void replyIsOwedFromTheFirstUnansweredMessageOn() {
        ContactHistory history = of(
                fact(1, EventKind.EMAIL_REPLIED),
                fact(2, EventKind.CALL).direction(Direction.INBOUND),
                fact(3, EventKind.EMAIL_SENT).automatic(true));

        assertThat(history.replyOwedSinceMillis()).isEqualTo(CREATED + HOUR);
        assertThat(history.owedReplies()).hasSize(1);
    }

    @Test
    void answerEndsWaitingAndAnAutomaticReplyStartsNone() {
        ContactHistory history = of(
                fact(1, EventKind.FORM_SUBMITTED),
                fact(2, EventKind.EMAIL_SENT),
                fact(3, EventKind.EMAIL_REPLIED).automatic(true));

        assertThat(history.owedReplies())
                .containsExactly(new OwedReply(EventKind.FORM_SUBMITTED, CREATED + HOUR, CREATED + 2 * HOUR));
    }

    @Test
    void disqualificationEndsWaiting() {
        ContactHistory history = of(
                fact(1, EventKind.EMAIL_REPLIED),
                fact(2, EventKind.LEAD_STATUS_CHANGED).status("disqualified"));

        assertThat(history.replyOwedSinceMillis()).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void unansweredInboundDoesNotEndASilence() {
        ContactHistory history = of(
                fact(0, EventKind.LEAD_CREATED),
                fact(1, EventKind.SMS_SENT),
                fact(2, EventKind.CALL).direction(Direction.INBOUND),
                fact(3, EventKind.EMAIL_OPENED));

        assertThat(history.idleSinceMillis()).isEqualTo(CREATED + HOUR);
    }

    @Test
    void nextPlannedIsTheStandingOneDueFirst() {
        ContactHistory history = of(
                plan(1, EventKind.TASK_PLANNED, "t1", 50),
                plan(2, EventKind.TASK_PLANNED, "t2", 30),
                plan(3, EventKind.MEETING_SCHEDULED, "m1", 20),
                fact(4, EventKind.MEETING_CANCELLED).asset("m1"));

        assertThat(history.nextPlanned().asset()).isEqualTo("t2");
        assertThat(history.planned().get(2).endedMillis()).isEqualTo(CREATED + 4 * HOUR);
    }

    @Test
    void reschedulingEndsThePlanBefore() {
        ContactHistory history =
                of(plan(1, EventKind.MEETING_SCHEDULED, "m1", 20), plan(5, EventKind.MEETING_RESCHEDULED, "m1", 40));

        assertThat(history.planned())
                .containsExactly(
                        new PlannedActivity(
                                "m1",
                                EventKind.MEETING_SCHEDULED,
                                CREATED + HOUR,
                                CREATED + 20 * HOUR,
                                CREATED + 5 * HOUR),
                        new PlannedActivity(
                                "m1",
                                EventKind.MEETING_RESCHEDULED,
                                CREATED + 5 * HOUR,
                                CREATED + 40 * HOUR,
                                PlannedActivity.STANDS));
    }

    @Test
    void everyEndOfAMeetingAndATaskEndsItsPlan() {
        for (EventKind end : List.of(
                EventKind.MEETING_COMPLETED,
                EventKind.MEETING_DECLINED,
                EventKind.MEETING_CANCELLED,
                EventKind.MEETING_NO_SHOW,
                EventKind.DEMO_HELD)) {
            assertThat(of(
                                    plan(1, EventKind.MEETING_SCHEDULED, "m1", 20),
                                    fact(2, end).asset("m1"))
                            .nextPlanned())
                    .as(end.wireName())
                    .isNull();
        }
        assertThat(of(
                                plan(1, EventKind.TASK_PLANNED, "t1", 20),
                                fact(2, EventKind.TASK_DONE).asset("t1"))
                        .nextPlanned())
                .isNull();
        assertThat(of(
                                plan(1, EventKind.TASK_PLANNED, "t1", 20),
                                fact(2, EventKind.TASK_DONE).asset("t2"))
                        .nextPlanned())
                .isNotNull();
    }

    @Test
    void whoActedFirstMakesTheLeadInboundOrOutbound() {
        assertThat(of(fact(0, EventKind.PAGE_VIEWED), fact(1, EventKind.NEWSLETTER_SIGNED_UP), fact(2, EventKind.CALL))
                        .origin())
                .isEqualTo(Direction.INBOUND);
        assertThat(of(fact(1, EventKind.EMAIL_SENT).automatic(true), fact(2, EventKind.FORM_SUBMITTED))
                        .origin())
                .isEqualTo(Direction.OUTBOUND);
        assertThat(of(fact(0, EventKind.PAGE_VIEWED)).origin()).isEqualTo(Direction.UNKNOWN);
    }

    @Test
    void statedDirectionOverridesTheActs() {
        assertThat(of(
                                fact(1, EventKind.EMAIL_SENT),
                                fact(2, EventKind.LEAD_UPDATED).direction(Direction.INBOUND))
                        .origin())
                .isEqualTo(Direction.INBOUND);
    }

    @Test
    void callIsColdWithoutEarlierTwoWayContactAndWithoutInboundActInNinetyDays() {
        Fact cold = call(0).build();
        Fact afterVisit = call(24 * 91).build();
        Fact conversation = call(24 * 300).connected(true).seconds(60).build();
        Fact later = call(24 * 600).build();
        Fact marked = call(24 * 601).cold(true).build();
        Fact visit = fact(24, EventKind.PAGE_VIEWED).build();

        assertThat(ContactHistory.coldCalls(List.of(marked, later, conversation, afterVisit, visit, cold)))
                .containsExactly(cold, conversation, marked);
    }

    @Test
    void inboundActOfMoreThanNinetyDaysLeavesTheCallCold() {
        Fact visit = fact(0, EventKind.PAGE_VIEWED).build();
        Fact within = call(24 * 90).build();
        Fact beyond =
                fact(24 * 90, EventKind.CALL).direction(Direction.OUTBOUND).build();

        assertThat(ContactHistory.coldCalls(List.of(visit, within))).isEmpty();
        assertThat(ContactHistory.coldCalls(
                        List.of(visit, Fact.of(9, "test/9", beyond.timeMillis() + 1, EventKind.CALL))))
                .hasSize(1);
    }

    private Fact.Builder call(int hours) {
        return fact(hours, EventKind.CALL).direction(Direction.OUTBOUND);
    }

    private Fact.Builder plan(int hours, EventKind kind, String asset, int dueHours) {
        return fact(hours, kind).asset(asset).dueMillis(CREATED + dueHours * HOUR);
    }

    private Fact.Builder fact(int hours, EventKind kind) {
        nextId++;
        return Fact.builder(nextId, "test/" + nextId, CREATED + hours * HOUR, kind);
    }

    /** Reads the facts in the order given and reversed: no rule may depend on it. */
    private static ContactHistory of(Fact.Builder... builders) {
        List<Fact> facts = new ArrayList<>();
        for (Fact.Builder builder : builders) {
            facts.add(builder.build());
        }
        ContactHistory history = ContactHistory.of(facts);
        Collections.reverse(facts);
        assertThat(ContactHistory.of(facts)).isEqualTo(history);
        return history;
    }
}
