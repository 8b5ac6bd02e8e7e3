package io.leadpulse.domain.lead;

import static io.leadpulse.domain.measure.NewYorkCompany.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.LearntTimeline;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.measure.NewYorkCompany;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LimitTimeline;
import io.leadpulse.domain.stage.StageLimits;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ActivityMeasuresTest {
    private static final BusinessCalendar WEEKDAYS = new BusinessCalendar(
            ZoneOffset.UTC, WorkingWeek.wholeDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)), Set.of());
    private static final LeadBook BOOK = new LeadBook(new LeadPolicy(
            new NewYorkCompany(),
            owner -> WEEKDAYS,
            ZoneOffset.UTC,
            RuleTimeline.of(ScoreRules.defaults()),
            DealStages.DEFAULT,
            LimitTimeline.of(StageLimits.DEFAULT),
            LeadClockLimits.DEFAULT,
            LearntTimeline.NOTHING,
            NextSteps.DEFAULT,
            DealValuation.NONE,
            new FactBook.Bounds(2_000, 300)));

    @Test
    void aCallIsMadeAtItsHourOfTheCompanysWeekAndConnectedFromThirtySecondsOn() {
        // Wednesday, 14:59 and 15:00 in New York.
        Map<String, Long> sums = sums(
                List.of(),
                call(1, "2025-03-05T19:59:59Z", true, 30),
                call(2, "2025-03-05T20:00:00Z", true, 29),
                call(3, "2025-03-05T20:10:00Z", true, 40).direction(Direction.INBOUND));
        assertThat(sums)
                .containsEntry("rep:bob CALLS_MADE 3-14 2025-03-05", 1L)
                .containsEntry("rep:bob CALLS_CONNECTED 3-14 2025-03-05", 1L)
                .containsEntry("company CALLS_MADE 3-15 2025-03-05", 1L)
                .doesNotContainKey("company CALLS_CONNECTED 3-15 2025-03-05")
                .as("either direction")
                .containsEntry("team:south CONVERSATION_MILLIS  2025-03-05", 70_000L);
    }

    @Test
    void aColdCallLedToTheMeetingThatWasScheduledWithinFourteenDays() {
        Fact.Builder call = call(1, "2025-03-05T15:00:00Z", true, 60);
        assertThat(sums(List.of(), call, fact(2, "2025-03-19T15:00:00Z", EventKind.MEETING_SCHEDULED)))
                .containsEntry("rep:bob COLD_CALLS made 2025-03-05", 1L)
                .containsEntry("rep:bob COLD_CALLS connected 2025-03-05", 1L)
                .containsEntry("rep:bob COLD_CALLS meeting 2025-03-05", 1L);
        assertThat(sums(List.of(), call, fact(2, "2025-03-19T15:00:00.001Z", EventKind.MEETING_SCHEDULED)))
                .doesNotContainKey("rep:bob COLD_CALLS meeting 2025-03-05");
    }

    @Test
    void aMeetingIsThatOfTheLastColdCallBeforeIt() {
        assertThat(sums(
                        List.of(),
                        call(1, "2025-03-05T15:00:00Z", true, 60),
                        call(2, "2025-03-06T15:00:00Z", true, 60).cold(true),
                        fact(3, "2025-03-07T15:00:00Z", EventKind.MEETING_SCHEDULED)))
                .doesNotContainKey("company COLD_CALLS meeting 2025-03-05")
                .containsEntry("company COLD_CALLS meeting 2025-03-06", 1L);
    }

    @Test
    void answersCountOnTheDayOfTheirMailWithinFourteenDays() {
        Map<String, Long> sums = sums(
                List.of(),
                mail(1, "2025-03-03T15:00:00Z", "a"),
                mail(2, "2025-03-04T15:00:00Z", "b"),
                fact(3, "2025-03-17T15:00:00Z", EventKind.EMAIL_REPLIED).asset("a"),
                fact(4, "2025-03-17T15:01:00Z", EventKind.EMAIL_REPLIED).asset("a"),
                fact(5, "2025-03-18T15:00:00.001Z", EventKind.EMAIL_OPENED).asset("b"),
                fact(6, "2025-03-18T15:01:00Z", EventKind.EMAIL_REPLIED).asset("unknown"));
        assertThat(sums)
                .containsEntry("rep:bob MAILS sent|person| 2025-03-03", 1L)
                .containsEntry("rep:bob MAILS delivered|person| 2025-03-03", 1L)
                .containsEntry("rep:bob MAILS replied|person| 2025-03-03", 1L)
                .as("within 24 hours")
                .doesNotContainKey("rep:bob MAILS replied_soon|person| 2025-03-03")
                .containsEntry("rep:bob MAILS sent|person| 2025-03-04", 1L)
                .doesNotContainKey("rep:bob MAILS delivered|person| 2025-03-04")
                .doesNotContainKey("rep:bob MAILS opened|person| 2025-03-04");
    }

    @Test
    void anAnswerOfAMachineIsNoneAndAnAnswerToNothingNamedIsToTheLatest() {
        Map<String, Long> sums = sums(
                List.of(),
                mail(1, "2025-03-03T15:00:00Z", "a").campaign("c").automatic(true),
                fact(2, "2025-03-03T16:00:00Z", EventKind.EMAIL_REPLIED)
                        .asset("a")
                        .automatic(true),
                fact(3, "2025-03-03T16:30:00Z", EventKind.EMAIL_DELIVERED).asset("a"),
                fact(4, "2025-03-03T17:00:00Z", EventKind.SMS_SENT).actor("bob"),
                fact(5, "2025-03-04T17:00:00Z", EventKind.SMS_SENT).actor("bob"),
                fact(6, "2025-03-07T17:00:00Z", EventKind.SMS_REPLIED),
                mail(7, "2025-03-10T15:00:00Z", "b"),
                fact(8, "2025-03-11T15:00:00Z", EventKind.EMAIL_REPLIED).asset("b"));
        assertThat(sums)
                .containsEntry("rep:bob MAILS delivered|automatic|c 2025-03-03", 1L)
                .doesNotContainKey("rep:bob MAILS replied|automatic|c 2025-03-03")
                .doesNotContainKey("rep:bob SMS replied|person| 2025-03-03")
                .containsEntry("rep:bob SMS replied|person| 2025-03-04", 1L)
                .doesNotContainKey("rep:bob SMS replied_soon|person| 2025-03-04")
                .containsEntry("rep:bob MAILS replied_soon|person| 2025-03-10", 1L);
    }

    @Test
    void aMailOrSmsIsToldApartByTheNameOfItsTemplate() {
        Map<String, Long> sums = sums(
                List.of(),
                mail(1, "2025-03-03T15:00:00Z", "a").campaign("c").template("offer v2 2025-03"),
                fact(2, "2025-03-03T16:00:00Z", EventKind.EMAIL_REPLIED).asset("a"),
                fact(3, "2025-03-03T17:00:00Z", EventKind.SMS_SENT).actor("bob").template("short"),
                mail(4, "2025-03-04T15:00:00Z", "b").template("123456789"),
                mail(5, "2025-03-05T15:00:00Z", "c").template("x".repeat(65)),
                mail(6, "2025-03-06T15:00:00Z", "d").template("x".repeat(64)));
        assertThat(sums)
                .containsEntry("rep:bob MAILS sent|person|c|offer v2 2025-03 2025-03-03", 1L)
                .containsEntry("rep:bob MAILS replied_soon|person|c|offer v2 2025-03 2025-03-03", 1L)
                .containsEntry("rep:bob SMS sent|person||short 2025-03-03", 1L)
                .as("a number of its own, and too long for a name")
                .containsEntry("rep:bob MAILS sent|person| 2025-03-04", 1L)
                .containsEntry("rep:bob MAILS sent|person| 2025-03-05", 1L)
                .containsEntry("rep:bob MAILS sent|person||" + "x".repeat(64) + " 2025-03-06", 1L);
    }

    @Test
    void aMeetingIsBookedForTheDayItIsDueUnlessItIsMovedBefore() {
        Map<String, Long> sums = sums(
                List.of(),
                fact(1, "2025-03-03T14:00:00Z", EventKind.LEAD_ASSIGNED).owner("bob"),
                plan(2, "2025-03-03T15:00:00Z", EventKind.MEETING_SCHEDULED, "m", "2025-03-05T15:00:00Z"),
                plan(3, "2025-03-04T15:00:00Z", EventKind.MEETING_RESCHEDULED, "m", "2025-03-06T15:00:00Z"),
                fact(4, "2025-03-06T15:15:00Z", EventKind.MEETING_NO_SHOW).asset("m"),
                plan(5, "2025-03-06T16:00:00Z", EventKind.MEETING_RESCHEDULED, "m", "2025-03-07T15:00:00Z"),
                fact(6, "2025-03-07T15:00:00Z", EventKind.MEETING_COMPLETED).asset("m"));
        assertThat(sums)
                .containsEntry("rep:bob MEETINGS scheduled 2025-03-03", 1L)
                .doesNotContainKey("company MEETINGS booked 2025-03-05")
                .containsEntry("rep:bob MEETINGS booked 2025-03-06", 1L)
                .containsEntry("rep:bob MEETINGS no_show 2025-03-06", 1L)
                .containsEntry("rep:bob MEETINGS booked 2025-03-07", 1L)
                .containsEntry("rep:bob MEETINGS completed 2025-03-07", 1L);
    }

    @Test
    void aDemoBringsAnOpportunityOrMovesTheDealThatIsOpen() {
        Deal before = deal(
                "d1",
                event(1, "2025-03-01T15:00:00Z", EventKind.DEAL_OPENED, "demo"),
                event(2, "2025-03-17T15:00:00Z", EventKind.DEAL_STAGE_CHANGED, "offer"));
        assertThat(sums(List.of(before), demo("2025-03-03T15:00:00Z")))
                .containsEntry("company DEMOS with_deal 2025-03-03", 1L)
                .containsEntry("company DEMOS next_stage 2025-03-03", 1L);
        assertThat(sums(List.of(before), demo("2025-03-03T14:59:59.999Z")))
                .doesNotContainKey("company DEMOS next_stage 2025-03-03");
        Deal after = deal("d2", event(1, "2025-04-02T15:00:00Z", EventKind.DEAL_OPENED, "meeting"));
        assertThat(sums(List.of(after), demo("2025-03-03T15:00:00Z")))
                .containsEntry("company DEMOS without_deal 2025-03-03", 1L)
                .containsEntry("company DEMOS opportunity 2025-03-03", 1L);
        assertThat(sums(List.of(after), demo("2025-03-03T14:59:59.999Z")))
                .containsEntry("company DEMOS without_deal 2025-03-03", 1L)
                .doesNotContainKey("company DEMOS opportunity 2025-03-03");
    }

    @Test
    void whatAnAttemptBringsWithinFourteenDaysIsItsYield() {
        Deal deal = deal(
                "d1",
                event(1, "2025-03-17T15:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                event(2, "2025-03-17T16:00:00Z", EventKind.DEAL_STAGE_CHANGED, "offer"),
                event(3, "2025-03-17T17:00:00Z", EventKind.DEAL_STAGE_CHANGED, "demo"));
        assertThat(sums(List.of(deal), call(1, "2025-03-03T15:00:00Z", false, 0)))
                .containsEntry("rep:bob YIELD done|call 2025-03-03", 1L)
                .containsEntry("rep:bob YIELD opportunities|call 2025-03-03", 1L)
                .doesNotContainKey("rep:bob YIELD moves|call 2025-03-03");
        assertThat(sums(List.of(deal), call(1, "2025-03-17T15:00:00Z", false, 0)))
                .doesNotContainKey("rep:bob YIELD opportunities|call 2025-03-17")
                .as("a step back is none")
                .containsEntry("rep:bob YIELD moves|call 2025-03-17", 1L);
    }

    @Test
    void aStepIsDecidedWhenTheDealMovedOnOrWasLostBefore() {
        Deal lost = deal(
                "d1",
                event(1, "2025-03-03T15:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                event(2, "2025-03-04T15:00:00Z", EventKind.DEAL_STAGE_CHANGED, "offer"),
                event(3, "2025-03-05T15:00:00Z", EventKind.DEAL_LOST, null));
        assertThat(sums(List.of(lost)))
                .containsEntry("company STEPS moved_on|meeting 2025-03-03", 1L)
                .as("a later stage implies the earlier")
                .containsEntry("company STEPS moved_on|demo 2025-03-04", 1L)
                .containsEntry("company STEPS stopped|offer 2025-03-04", 1L)
                .containsEntry("company STEPS lost|demo 2025-03-04", 1L)
                .doesNotContainKey("company STEPS stopped|negotiation 2025-03-04");
        Deal without = deal(
                "d2",
                event(1, "2025-03-03T15:00:00Z", EventKind.DEAL_OPENED, null),
                event(2, "2025-03-05T15:00:00Z", EventKind.DEAL_WON, null));
        assertThat(sums(List.of(without)).keySet()).noneMatch(key -> key.contains("STEPS"));
    }

    @Test
    void timeSpentIsTakenApartAtMidnightAndGoesToTheScopeOfSpans() {
        // From 23:50 to 00:10 in New York.
        long from = millis("2025-03-06T04:50:00Z");
        Map<String, Long> sums = sums(List.of(), call(1, "2025-03-06T04:50:00Z", true, 1_200));
        assertThat(sums)
                .containsEntry(
                        "spent:bob TIME_SPENT_SPANS call|south|" + from + "|" + (from + 600_000) + " 2025-03-05", 1L)
                .containsEntry(
                        "spent:bob TIME_SPENT_SPANS call|south|" + (from + 600_000) + "|" + (from + 1_200_000)
                                + " 2025-03-06",
                        1L);
    }

    private static Map<String, Long> sums(List<Deal> deals, Fact.Builder... facts) {
        List<Fact> kept = List.of();
        for (Fact.Builder fact : facts) {
            kept = FactBook.accept(kept, fact.build(), BOOK.policy().bounds()).kept();
        }
        Map<String, Long> sums = new TreeMap<>();
        BOOK.read("lead-1", kept, deals)
                .contributions()
                .values()
                .forEach((key, value) -> sums.put(
                        key.scope()
                                + ' '
                                + key.measure()
                                + ' '
                                + key.dimension().replace('\u001f', '|')
                                + ' '
                                + java.time.LocalDate.ofEpochDay(key.pane()),
                        value));
        return sums;
    }

    private static Fact.Builder fact(long id, String time, EventKind kind) {
        return Fact.builder(id, "test/" + id, millis(time), kind);
    }

    private static Fact.Builder call(long id, String time, boolean connected, int seconds) {
        return fact(id, time, EventKind.CALL)
                .direction(Direction.OUTBOUND)
                .actor("bob")
                .connected(connected)
                .seconds(seconds);
    }

    private static Fact.Builder mail(long id, String time, String asset) {
        return fact(id, time, EventKind.EMAIL_SENT).asset(asset).actor("bob");
    }

    private static Fact.Builder plan(long id, String time, EventKind kind, String asset, String due) {
        return fact(id, time, kind).asset(asset).dueMillis(millis(due));
    }

    private static Fact.Builder demo(String time) {
        return fact(9, time, EventKind.DEMO_HELD);
    }

    private static Deal deal(String id, DealEvent... events) {
        return DealBook.resolve(id, new ArrayList<>(List.of(events)), DealStages.DEFAULT);
    }

    private static DealEvent event(long id, String time, EventKind kind, String stage) {
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                "ann",
                stage,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
