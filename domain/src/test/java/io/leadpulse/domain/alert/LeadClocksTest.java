package io.leadpulse.domain.alert;

import static io.leadpulse.domain.alert.AlertState.ESCALATED;
import static io.leadpulse.domain.alert.AlertState.RAISED;
import static io.leadpulse.domain.alert.AlertState.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.stage.LeadStages;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** March 2024: the 4th is a Monday. Work is from 9 to 17 o'clock. */
class LeadClocksTest {

    private static final BusinessCalendar OFFICE = new BusinessCalendar(
            ZoneOffset.UTC,
            WorkingWeek.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), WorkingInterval.ofHours(9, 17)),
            Set.of());
    private static final String FRIDAY_16_50 = "2024-03-01T16:50:00Z";

    private long nextId;

    @Test
    void anyNewLeadWaitsOneBusinessDay() {
        List<Fact> facts = facts(fact("2024-03-04T13:00:00Z", EventKind.LEAD_CREATED));

        assertThat(only(firstContact(facts, List.of())).transitions()).containsExactly(raised("2024-03-05T13:00:00Z"));
    }

    @Test
    void handRaisedLeadWaitsFifteenMinutesAndIsCriticalAfterSixty() {
        List<Fact> facts = facts(
                fact(FRIDAY_16_50, EventKind.LEAD_CREATED),
                fact(FRIDAY_16_50, EventKind.DEMO_REQUESTED),
                fact("2024-03-04T11:00:00Z", EventKind.CALL));

        Alert alert = only(firstContact(facts, List.of()));
        assertThat(alert.transitions())
                .containsExactly(
                        raised("2024-03-04T09:05:00Z"),
                        new AlertTransition(ESCALATED, at("2024-03-04T09:50:00Z")),
                        new AlertTransition(RESOLVED, at("2024-03-04T11:00:00Z")));
        assertThat(alert.limitMillis()).isEqualTo(15 * 60_000);
    }

    @Test
    void handRaisedSomeSecondsBeforeTheCrmHasTheLeadCountsFromWhenItHas() {
        List<Fact> facts = facts(
                fact("2024-03-04T10:00:00Z", EventKind.DEMO_REQUESTED),
                fact("2024-03-04T10:00:05Z", EventKind.LEAD_CREATED),
                fact("2024-03-04T12:00:00Z", EventKind.CALL));

        Alert alert = only(firstContact(facts, List.of()));
        assertThat(alert.transitions())
                .containsExactly(
                        raised("2024-03-04T10:15:05Z"),
                        new AlertTransition(ESCALATED, at("2024-03-04T11:00:05Z")),
                        new AlertTransition(RESOLVED, at("2024-03-04T12:00:00Z")));
        assertThat(alert.limitMillis()).isEqualTo(15 * 60_000);
    }

    @Test
    void handRaisedBeforeALeadWasTurnedDownStartsNoClockWhenItComesBack() {
        List<Fact> facts = facts(
                fact("2024-03-04T10:00:00Z", EventKind.DEMO_REQUESTED),
                fact("2024-03-04T10:05:00Z", EventKind.LEAD_REJECTED),
                fact("2024-03-06T10:00:00Z", EventKind.LEAD_ACCEPTED));

        assertThat(only(firstContact(facts, List.of())).transitions()).containsExactly(raised("2024-03-07T10:00:00Z"));
    }

    @Test
    void contactAtTheVeryInstantOfTheLimitIsInTime() {
        List<Fact> facts = facts(
                fact(FRIDAY_16_50, EventKind.LEAD_CREATED),
                fact(FRIDAY_16_50, EventKind.DEMO_REQUESTED),
                fact("2024-03-04T09:05:00Z", EventKind.CALL));

        assertThat(firstContact(facts, List.of())).isEmpty();
    }

    @Test
    void handRaiseOfALeadAlreadyLateEscalatesItsAlert() {
        List<Fact> facts = facts(
                fact("2024-03-04T09:00:00Z", EventKind.LEAD_CREATED),
                fact("2024-03-06T10:00:00Z", EventKind.CALLBACK_REQUESTED));

        assertThat(only(firstContact(facts, List.of())).transitions())
                .containsExactly(
                        raised("2024-03-04T17:00:00Z"), new AlertTransition(ESCALATED, at("2024-03-06T11:00:00Z")));
    }

    @Test
    void hotLeadWaitsFourBusinessHours() {
        List<Fact> facts = facts(fact("2024-03-04T13:00:00Z", EventKind.LEAD_CREATED));

        Alert alert = only(firstContact(facts, List.of(at("2024-03-04T14:00:00Z"))));
        assertThat(alert.raisedMillis()).isEqualTo(at("2024-03-05T10:00:00Z"));
        assertThat(alert.limitMillis()).isEqualTo(4 * 3_600_000);
        assertThat(alert.limitMilliDays()).isZero();
    }

    @Test
    void qualifyingIsToldToTheOwnerUntilHeReachedTheLead() {
        List<Fact> facts = facts(
                fact("2024-03-04T09:00:00Z", EventKind.LEAD_CREATED).owner("anna"),
                fact("2024-03-04T10:00:00Z", EventKind.CALL),
                fact("2024-03-04T11:00:00Z", EventKind.EMAIL_REPLIED),
                fact("2024-03-04T13:00:00Z", EventKind.CALL));

        Alert alert = only(ownedClocks(facts).marketingQualified(at("2024-03-04T11:00:00Z"), Fact.NO_TIME, List.of()));
        assertThat(alert.transitions())
                .containsExactly(
                        raised("2024-03-04T11:00:00Z"), new AlertTransition(RESOLVED, at("2024-03-04T13:00:00Z")));
        assertThat(alert.owner()).isEqualTo("anna");
        assertThat(alert.cause()).isEqualTo(AlertCause.MARKETING_QUALIFIED);
        assertThat(only(ownedClocks(facts)
                                .marketingQualified(at("2024-03-04T11:00:00Z"), at("2024-03-04T12:00:00Z"), List.of()))
                        .resolvedMillis())
                .isEqualTo(at("2024-03-04T12:00:00Z"));
        assertThat(ownedClocks(facts)
                        .marketingQualified(at("2024-03-04T11:00:00Z"), at("2024-03-04T11:00:00Z"), List.of()))
                .as("sales had it already")
                .isEmpty();
        assertThat(ownedClocks(facts).marketingQualified(Fact.NO_TIME, Fact.NO_TIME, List.of()))
                .isEmpty();
    }

    @Test
    void qualifyingOfALeadThatNobodyOwnsIsToldToItsFirstOwner() {
        List<Fact> facts = facts(
                fact("2024-03-04T09:00:00Z", EventKind.LEAD_CREATED),
                fact("2024-03-04T12:00:00Z", EventKind.LEAD_ASSIGNED).owner("ben"),
                fact("2024-03-04T12:30:00Z", EventKind.LEAD_ASSIGNED).owner("anna"),
                fact("2024-03-04T13:00:00Z", EventKind.LEAD_REJECTED));

        List<Long> decisions = List.of(at("2024-03-04T10:00:00Z"), at("2024-03-04T13:00:00Z"));
        Alert alert = only(ownedClocks(facts).marketingQualified(at("2024-03-04T11:00:00Z"), Fact.NO_TIME, decisions));
        assertThat(alert.transitions())
                .containsExactly(
                        raised("2024-03-04T12:00:00Z"), new AlertTransition(RESOLVED, at("2024-03-04T13:00:00Z")));
        assertThat(alert.owner()).isEqualTo("ben");
        assertThat(alert.enteredMillis()).isEqualTo(at("2024-03-04T11:00:00Z"));
        assertThat(ownedClocks(facts(fact("2024-03-04T09:00:00Z", EventKind.LEAD_CREATED)))
                        .marketingQualified(at("2024-03-04T11:00:00Z"), Fact.NO_TIME, List.of()))
                .as("nobody ever owned it")
                .isEmpty();
    }

    @Test
    void qualifyingIsOneAlertWheneverItWas() {
        List<Fact> facts =
                facts(fact("2024-03-04T09:00:00Z", EventKind.LEAD_CREATED).owner("anna"));

        Alert first = only(ownedClocks(facts).marketingQualified(at("2024-03-04T11:00:00Z"), Fact.NO_TIME, List.of()));
        Alert corrected =
                only(ownedClocks(facts).marketingQualified(at("2024-03-04T10:00:00Z"), Fact.NO_TIME, List.of()));
        assertThat(corrected.id()).isEqualTo(first.id());
        assertThat(AlertDiff.of(List.of(first), List.of(corrected), at("2024-03-04T12:00:00Z"))
                        .publish())
                .containsExactly(corrected);
        assertThat(only(AlertDiff.of(List.of(first), List.of(), at("2024-03-04T12:00:00Z"))
                                .publish())
                        .state())
                .isEqualTo(AlertState.WITHDRAWN);
    }

    @Test
    void replyIsOwedAfterFourBusinessHours() {
        List<Fact> facts = facts(
                fact("2024-03-04T15:00:00Z", EventKind.EMAIL_REPLIED),
                fact("2024-03-05T12:00:00Z", EventKind.EMAIL_SENT),
                fact("2024-03-06T09:00:00Z", EventKind.CALL).direction(Direction.INBOUND));

        List<Alert> alerts = clocks(facts).replyOwed();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).transitions())
                .containsExactly(
                        raised("2024-03-05T11:00:00Z"), new AlertTransition(RESOLVED, at("2024-03-05T12:00:00Z")));
        assertThat(alerts.get(1).transitions()).containsExactly(raised("2024-03-06T13:00:00Z"));
    }

    @Test
    void silenceOfFourteenCalendarDaysIsIdleUntilTheNextTouch() {
        List<Fact> facts = facts(
                fact("2024-03-20T10:00:00Z", EventKind.LEAD_CREATED),
                fact("2024-03-20T12:00:00Z", EventKind.CALL),
                fact("2024-03-25T12:00:00Z", EventKind.EMAIL_OPENED),
                fact("2024-04-05T12:00:00Z", EventKind.SMS_SENT));

        // Summer time begins in Berlin on the 31st, so the same time of day comes an hour earlier.
        assertThat(idle(facts, "Europe/Berlin").get(0).transitions())
                .containsExactly(
                        raised("2024-04-03T11:00:00Z"), new AlertTransition(RESOLVED, at("2024-04-05T12:00:00Z")));
        assertThat(idle(facts, "UTC").get(0).raisedMillis()).isEqualTo(at("2024-04-03T12:00:00Z"));
        assertThat(idle(facts, "UTC")).hasSize(2);
    }

    @Test
    void leadThatNobodyWorksOnIsNotIdle() {
        List<Fact> facts = facts(
                fact("2024-03-04T10:00:00Z", EventKind.LEAD_CREATED),
                fact("2024-03-18T10:00:00Z", EventKind.LEAD_STATUS_CHANGED).status("disqualified"));

        assertThat(idle(facts, "UTC")).isEmpty();
    }

    @Test
    void aPlannedActivityIsOverdueFromItsDueTimeUntilItIsDone() {
        List<Fact> facts = facts(
                planned("2024-03-04T10:00:00Z", EventKind.TASK_PLANNED, "t1", "2024-03-05T10:00:00Z"),
                fact("2024-03-06T10:00:00Z", EventKind.TASK_DONE).asset("t1"));

        Alert alert = only(clocks(facts).plannedOverdue());
        assertThat(alert.transitions())
                .containsExactly(
                        raised("2024-03-05T10:00:00Z"), new AlertTransition(RESOLVED, at("2024-03-06T10:00:00Z")));
        assertThat(alert.about()).isEqualTo("task_planned");
        assertThat(alert.enteredMillis()).isEqualTo(at("2024-03-05T10:00:00Z"));
    }

    @Test
    void whatIsDoneCancelledOrPlannedAnewByItsDueTimeIsNotOverdue() {
        for (EventKind end : List.of(
                EventKind.MEETING_COMPLETED,
                EventKind.MEETING_CANCELLED,
                EventKind.MEETING_DECLINED,
                EventKind.MEETING_NO_SHOW)) {
            assertThat(clocks(facts(
                                    planned(
                                            "2024-03-04T10:00:00Z",
                                            EventKind.MEETING_SCHEDULED,
                                            "m1",
                                            "2024-03-05T10:00:00Z"),
                                    fact("2024-03-05T10:00:00Z", end).asset("m1")))
                            .plannedOverdue())
                    .as(end.wireName())
                    .isEmpty();
        }
        List<Fact> moved = facts(
                planned("2024-03-04T10:00:00Z", EventKind.MEETING_SCHEDULED, "m1", "2024-03-05T10:00:00Z"),
                planned("2024-03-04T11:00:00Z", EventKind.MEETING_RESCHEDULED, "m1", "2024-03-07T10:00:00Z"));
        assertThat(only(clocks(moved).plannedOverdue()).raisedMillis()).isEqualTo(at("2024-03-07T10:00:00Z"));
    }

    @Test
    void twoPlansOfOneDueTimeAreTwoAlerts() {
        List<Fact> facts = facts(
                planned("2024-03-04T10:00:00Z", EventKind.TASK_PLANNED, "t1", "2024-03-05T10:00:00Z"),
                planned("2024-03-04T10:00:00Z", EventKind.TASK_PLANNED, "t2", "2024-03-05T10:00:00Z"));

        List<Alert> alerts = clocks(facts).plannedOverdue();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).id()).isNotEqualTo(alerts.get(1).id());
    }

    @Test
    void aPlanForThePastIsOverdueWhenItIsPlanned() {
        List<Fact> facts = facts(planned("2024-03-06T10:00:00Z", EventKind.TASK_PLANNED, "t1", "2024-03-05T10:00:00Z"));

        assertThat(only(clocks(facts).plannedOverdue()).raisedMillis()).isEqualTo(at("2024-03-06T10:00:00Z"));
    }

    @Test
    void nothingIsOverdueOfALeadThatWasDismissed() {
        Fact.Builder task = planned("2024-03-04T10:00:00Z", EventKind.TASK_PLANNED, "t1", "2024-03-05T10:00:00Z");

        assertThat(clocks(facts(task, fact("2024-03-05T09:00:00Z", EventKind.LEAD_REJECTED)))
                        .plannedOverdue())
                .isEmpty();
        assertThat(only(clocks(facts(task, fact("2024-03-05T11:00:00Z", EventKind.LEAD_REJECTED)))
                                .plannedOverdue())
                        .resolvedMillis())
                .isEqualTo(at("2024-03-05T11:00:00Z"));
    }

    @Test
    void overdueMayWaitSomeBusinessMinutes() {
        List<Fact> facts = facts(planned("2024-03-01T10:00:00Z", EventKind.TASK_PLANNED, "t1", FRIDAY_16_50));
        LeadClockLimits patient = new LeadClockLimits(1, 1, 1, 1, 1, 14, 1, 1, 20 * 60_000);

        Alert alert = only(
                new LeadClocks("L1", ContactHistory.of(facts), List.of(), owner -> OFFICE, patient).plannedOverdue());
        assertThat(alert.raisedMillis()).isEqualTo(at("2024-03-04T09:10:00Z"));
        assertThat(alert.enteredMillis()).isEqualTo(at(FRIDAY_16_50));
    }

    @Test
    void anExpectedDayHasPassedWhenItHasEndedInTheCompanysZone() {
        Deal deal = deal(List.of(expected("2024-03-05", "2024-03-01T10:00:00Z")), open("2024-03-01T10:00:00Z", null));

        Alert alert = only(expectedClose(deal, "Europe/Berlin"));
        assertThat(alert.transitions()).containsExactly(raised("2024-03-05T23:00:00Z"));
        assertThat(alert.about()).isEqualTo("2024-03-05");
        assertThat(only(expectedClose(deal, "UTC")).raisedMillis()).isEqualTo(at("2024-03-06T00:00:00Z"));
    }

    @Test
    void aDealThatClosesOrIsPutOffInTimeHasNotPassed() {
        ExpectedClose fifth = expected("2024-03-05", "2024-03-01T10:00:00Z");

        assertThat(expectedClose(deal(List.of(fifth), open("2024-03-01T10:00:00Z", "2024-03-06T00:00:00Z")), "UTC"))
                .isEmpty();
        assertThat(expectedClose(
                        deal(
                                List.of(fifth, expected("2024-03-09", "2024-03-06T00:00:00Z")),
                                open("2024-03-01T10:00:00Z", "2024-03-08T00:00:00Z")),
                        "UTC"))
                .isEmpty();
    }

    @Test
    void aPassedDayIsOverWhenTheDealClosesOrAnotherDayIsExpected() {
        Deal deal = deal(
                List.of(expected("2024-03-05", "2024-03-01T10:00:00Z"), expected("2024-03-12", "2024-03-07T10:00:00Z")),
                open("2024-03-01T10:00:00Z", "2024-03-14T09:00:00Z"));

        assertThat(expectedClose(deal, "UTC"))
                .extracting(Alert::transitions)
                .containsExactly(
                        List.of(
                                raised("2024-03-06T00:00:00Z"),
                                new AlertTransition(RESOLVED, at("2024-03-07T10:00:00Z"))),
                        List.of(
                                raised("2024-03-13T00:00:00Z"),
                                new AlertTransition(RESOLVED, at("2024-03-14T09:00:00Z"))));
    }

    @Test
    void aReopenedDealWhoseDayHasPassedIsToldAtTheReopening() {
        Deal deal = deal(
                List.of(expected("2024-03-05", "2024-03-01T10:00:00Z")),
                open("2024-03-01T10:00:00Z", "2024-03-04T10:00:00Z"),
                open("2024-03-20T10:00:00Z", null));

        assertThat(only(expectedClose(deal, "UTC")).raisedMillis()).isEqualTo(at("2024-03-20T10:00:00Z"));
    }

    @Test
    void anUnownedLeadIsToldAfterThirtyBusinessMinutesOfTheCompany() {
        List<long[]> since = List.of(new long[] {at(FRIDAY_16_50), Long.MAX_VALUE});
        Alert alert = only(clocks(List.of()).unassigned(since));

        assertThat(alert.transitions()).containsExactly(raised("2024-03-04T09:20:00Z"));
        assertThat(alert.owner()).isNull();
        assertThat(alert.limitMillis()).isEqualTo(30 * 60_000);
    }

    @Test
    void anUnownedLeadThatRaisedItsHandIsToldAfterFive() {
        List<Fact> facts = facts(fact("2024-03-04T10:10:00Z", EventKind.DEMO_REQUESTED));
        List<long[]> span = List.of(new long[] {at("2024-03-04T10:00:00Z"), Long.MAX_VALUE});

        Alert alert = only(clocks(facts).unassigned(span));
        assertThat(alert.raisedMillis()).isEqualTo(at("2024-03-04T10:15:00Z"));
        assertThat(alert.limitMillis()).isEqualTo(5 * 60_000);
    }

    @Test
    void aHandRaiseBeforeItsOwnerLeftCountsFromThenWhileItWaits() {
        List<long[]> span = List.of(new long[] {at("2024-03-04T12:00:00Z"), Long.MAX_VALUE});
        Fact.Builder demo = fact("2024-03-04T10:10:00Z", EventKind.DEMO_REQUESTED);

        assertThat(only(clocks(facts(demo)).unassigned(span)).raisedMillis()).isEqualTo(at("2024-03-04T12:05:00Z"));
        assertThat(only(clocks(facts(demo, fact("2024-03-04T11:00:00Z", EventKind.CALL)))
                                .unassigned(span))
                        .raisedMillis())
                .isEqualTo(at("2024-03-04T12:30:00Z"));
    }

    @Test
    void anOwnerInTimeLeavesNothingToTell() {
        List<long[]> span = List.of(new long[] {at("2024-03-04T12:00:00Z"), at("2024-03-04T12:30:00Z")});

        assertThat(clocks(List.of()).unassigned(span)).isEmpty();
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new LeadClockLimits(60_000, 30_000, 1, 1, 1, 14, 1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30000");
    }

    private Fact.Builder planned(String instant, EventKind kind, String asset, String due) {
        return fact(instant, kind).asset(asset).dueMillis(at(due));
    }

    private static List<Alert> expectedClose(Deal deal, String zone) {
        return clocks(List.of()).expectedClosePassed(deal, ZoneId.of(zone));
    }

    private static ExpectedClose expected(String day, String said) {
        return new ExpectedClose(LocalDate.parse(day).toEpochDay(), at(said));
    }

    private static OpenSpan open(String from, String until) {
        return new OpenSpan(at(from), until == null ? Stay.OPEN : at(until));
    }

    private static Deal deal(List<ExpectedClose> expected, OpenSpan... open) {
        long closedMillis = open[open.length - 1].untilMillis();
        return new Deal(
                "D1",
                "L1",
                open[0].fromMillis(),
                closedMillis,
                closedMillis == Stay.OPEN ? Deal.Outcome.OPEN : Deal.Outcome.WON,
                false,
                null,
                null,
                null,
                null,
                expected,
                List.of(),
                List.of(),
                List.of(),
                List.of(open),
                open[0].fromMillis());
    }

    private static List<Alert> firstContact(List<Fact> facts, List<Long> hotSinceMillis) {
        return clocks(facts).firstContact(LeadStages.stays(facts, List.of()), hotSinceMillis);
    }

    private static List<Alert> idle(List<Fact> facts, String zone) {
        return clocks(facts).idle(LeadStages.stays(facts, List.of()), List.of(), ZoneId.of(zone));
    }

    private static LeadClocks clocks(List<Fact> facts) {
        return new LeadClocks("L1", ContactHistory.of(facts), List.of(), owner -> OFFICE, LeadClockLimits.DEFAULT);
    }

    private static LeadClocks ownedClocks(List<Fact> facts) {
        return new LeadClocks(
                "L1", ContactHistory.of(facts), LeadStages.owners(facts), owner -> OFFICE, LeadClockLimits.DEFAULT);
    }

    private static List<Fact> facts(Fact.Builder... builders) {
        List<Fact> facts = new ArrayList<>();
        for (Fact.Builder builder : builders) {
            facts.add(builder.build());
        }
        return facts;
    }

    private Fact.Builder fact(String instant, EventKind kind) {
        nextId++;
        return Fact.builder(nextId, "test/" + nextId, at(instant), kind);
    }

    private static AlertTransition raised(String instant) {
        return new AlertTransition(RAISED, at(instant));
    }

    private static Alert only(List<Alert> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
