package io.leadpulse.domain.lead;

import static io.leadpulse.domain.measure.NewYorkCompany.day;
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
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.NewYorkCompany;
import io.leadpulse.domain.merge.Member;
import io.leadpulse.domain.score.Band;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeadViewTest {
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

    @Nested
    class Milestones {

        @Test
        void fourFactsHaveFourTimes() {
            LeadMilestones lead = view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z"),
                            fact(2, "2025-03-03T10:00:00Z", EventKind.DEMO_REQUESTED)
                                    .product("crm"),
                            call(3, "2025-03-03T11:00:00Z"),
                            status(4, "2025-03-04T12:00:00Z", "Qualified"))
                    .milestones();
            assertThat(lead.createdMillis()).isEqualTo(millis("2025-03-03T09:00:00Z"));
            assertThat(lead.marketingQualifiedMillis()).isEqualTo(millis("2025-03-03T10:00:00Z"));
            assertThat(lead.marketingQualifiedBy()).isEqualTo("test/2");
            assertThat(lead.acceptedMillis()).isEqualTo(millis("2025-03-03T11:00:00Z"));
            assertThat(lead.salesQualifiedMillis()).isEqualTo(millis("2025-03-04T12:00:00Z"));
            assertThat(lead.firstSaleMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.status()).isEqualTo("qualified");
        }

        @Test
        void whatNeverHappenedHasNoTime() {
            LeadMilestones lead =
                    view(List.of(), created(1, "2025-03-03T09:00:00Z")).milestones();
            assertThat(lead.marketingQualifiedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.marketingQualifiedBy()).isNull();
            assertThat(lead.acceptedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.rejectedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.salesQualifiedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.status()).isEqualTo("new");
        }

        @Test
        void anAutomaticMailIsNoAcceptance() {
            LeadMilestones lead = view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z"),
                            fact(2, "2025-03-03T10:00:00Z", EventKind.EMAIL_SENT)
                                    .automatic(true))
                    .milestones();
            assertThat(lead.acceptedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.status()).isEqualTo("new");
        }

        @Test
        void theAcceptanceOfTheRepCountsWhenItCameBeforeTheFirstAttempt() {
            LeadMilestones lead = view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z"),
                            fact(2, "2025-03-03T09:30:00Z", EventKind.LEAD_ACCEPTED),
                            call(3, "2025-03-03T11:00:00Z"))
                    .milestones();
            assertThat(lead.acceptedMillis()).isEqualTo(millis("2025-03-03T09:30:00Z"));
            assertThat(lead.status()).isEqualTo("working");
        }

        @Test
        void aRejectionStandsWithItsReasonUntilItIsTakenBack() {
            Fact.Builder rejection =
                    fact(2, "2025-03-04T09:00:00Z", EventKind.LEAD_REJECTED).reason("no budget");
            LeadMilestones rejected = view(List.of(), created(1, "2025-03-03T09:00:00Z"), rejection)
                    .milestones();
            assertThat(rejected.rejectedMillis()).isEqualTo(millis("2025-03-04T09:00:00Z"));
            assertThat(rejected.rejectedReason()).isEqualTo("no budget");
            assertThat(rejected.status()).isEqualTo("disqualified");

            LeadMilestones accepted = view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z"),
                            rejection,
                            fact(3, "2025-03-05T09:00:00Z", EventKind.LEAD_ACCEPTED))
                    .milestones();
            assertThat(accepted.rejectedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(accepted.rejectedReason()).isNull();
            assertThat(accepted.status()).isEqualTo("new");
        }

        @Test
        void aDisqualificationByStatusStandsUntilAnotherStatus() {
            Fact.Builder disqualified = status(2, "2025-03-04T09:00:00Z", "disqualified");
            Fact.Builder acceptance = fact(3, "2025-03-05T09:00:00Z", EventKind.LEAD_ACCEPTED);
            LeadMilestones stands = view(List.of(), created(1, "2025-03-03T09:00:00Z"), disqualified, acceptance)
                    .milestones();
            assertThat(stands.status()).isEqualTo("disqualified");
            assertThat(stands.rejectedMillis()).isEqualTo(millis("2025-03-04T09:00:00Z"));

            LeadMilestones back = view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z"),
                            disqualified,
                            status(4, "2025-03-06T09:00:00Z", "working"))
                    .milestones();
            assertThat(back.status()).isEqualTo("working");
            assertThat(back.rejectedMillis()).isEqualTo(Fact.NO_TIME);
        }

        @Test
        void aDealQualifiesAndAWonOneMakesACustomer() {
            Deal open = deal("d1", opened("2025-03-10T10:00:00Z", "ann"));
            LeadMilestones withDeal =
                    view(List.of(open), created(1, "2025-03-03T09:00:00Z")).milestones();
            assertThat(withDeal.salesQualifiedMillis()).isEqualTo(millis("2025-03-10T10:00:00Z"));

            Deal won = deal("d2", opened("2025-03-11T10:00:00Z", "ann"), won(2, "2025-03-20T10:00:00Z"));
            LeadMilestones customer =
                    view(List.of(open, won), created(1, "2025-03-03T09:00:00Z")).milestones();
            assertThat(customer.firstSaleMillis()).isEqualTo(millis("2025-03-20T10:00:00Z"));
            assertThat(customer.salesQualifiedMillis()).isEqualTo(millis("2025-03-10T10:00:00Z"));
            assertThat(customer.status()).isEqualTo("customer");
        }

        @Test
        void aDeletedDealNeverWasAndAReopenedOneIsNotWon() {
            Deal deleted = deal(
                    "d1",
                    opened("2025-03-10T10:00:00Z", "ann"),
                    won(2, "2025-03-20T10:00:00Z"),
                    event(3, "2025-03-21T10:00:00Z", EventKind.DEAL_DELETED, null));
            LeadMilestones lead =
                    view(List.of(deleted), created(1, "2025-03-03T09:00:00Z")).milestones();
            assertThat(lead.salesQualifiedMillis()).isEqualTo(Fact.NO_TIME);
            assertThat(lead.firstSaleMillis()).isEqualTo(Fact.NO_TIME);

            Deal reopened = deal(
                    "d1",
                    opened("2025-03-10T10:00:00Z", "ann"),
                    won(2, "2025-03-20T10:00:00Z"),
                    event(3, "2025-03-21T10:00:00Z", EventKind.DEAL_REOPENED, null));
            assertThat(view(List.of(reopened), created(1, "2025-03-03T09:00:00Z"))
                            .milestones()
                            .firstSaleMillis())
                    .isEqualTo(Fact.NO_TIME);
        }
    }

    @Nested
    class Contributed {

        @Test
        void eachMilestoneIsCreditedToWhoOwnedTheLeadThen() {
            Map<String, Long> sums = sums(view(
                    List.of(),
                    created(1, "2025-03-04T03:00:00Z").owner("ann"),
                    fact(2, "2025-03-05T15:00:00Z", EventKind.LEAD_ASSIGNED).owner("bob"),
                    call(3, "2025-03-06T15:00:00Z").actor("carl")));
            assertThat(sums)
                    .containsEntry("company LEADS_CREATED  " + day("2025-03-03"), 1L)
                    .containsEntry("rep:ann LEADS_CREATED  " + day("2025-03-03"), 1L)
                    .containsEntry("team:north LEADS_CREATED  " + day("2025-03-03"), 1L)
                    .containsEntry("rep:bob LEADS_ACCEPTED  " + day("2025-03-06"), 1L)
                    .containsEntry("team:south LEADS_ACCEPTED  " + day("2025-03-06"), 1L)
                    .as("an activity belongs to who did it")
                    .containsEntry("rep:carl ACTIVITIES call " + day("2025-03-06"), 1L)
                    .containsEntry("company ACTIVITIES call " + day("2025-03-06"), 1L)
                    .doesNotContainKey("rep:bob ACTIVITIES call " + day("2025-03-06"));
        }

        @Test
        void aChangeOfTeamCountsFromItsInstantOn() {
            Map<String, Long> sums = sums(view(
                    List.of(),
                    created(1, "2025-03-03T09:00:00Z"),
                    call(2, "2025-03-10T03:59:59.999Z").actor("ann"),
                    call(3, "2025-03-10T04:00:00Z").actor("ann")));
            assertThat(sums)
                    .containsEntry("team:north ACTIVITIES call " + day("2025-03-09"), 1L)
                    .containsEntry("team:south ACTIVITIES call " + day("2025-03-10"), 1L);
        }

        @Test
        void aSaleWithinNinetyDaysCountsForTheDayTheLeadWasCreated() {
            String created = "2025-01-01T15:00:00Z";
            Map<String, Long> within = sums(view(
                    List.of(deal("d1", opened("2025-02-01T10:00:00Z", "ann"), won(2, "2025-04-01T15:00:00Z"))),
                    created(1, created).owner("bob")));
            assertThat(within)
                    .containsEntry("company LEADS_SOLD_WITHIN_90_DAYS  " + day("2025-01-01"), 1L)
                    .containsEntry("rep:bob LEADS_SOLD_WITHIN_90_DAYS  " + day("2025-01-01"), 1L)
                    .containsEntry(
                            "company LEAD_TO_SALE_HISTOGRAM  "
                                    + Measure.histogramPane(day("2025-04-01"), 90 * 86_400_000L),
                            1L);

            Map<String, Long> later = sums(view(
                    List.of(deal("d1", opened("2025-02-01T10:00:00Z", "ann"), won(2, "2025-04-01T15:00:00.001Z"))),
                    created(1, created).owner("bob")));
            assertThat(later.keySet())
                    .noneMatch(key -> key.contains("SOLD_WITHIN"))
                    .anyMatch(key -> key.contains("LEAD_TO_SALE"));
        }

        @Test
        void aLeadOfWhichOnlyDealsAreKnownIsNoLeadCreated() {
            Map<String, Long> sums = sums(
                    view(List.of(deal("d1", opened("2025-02-01T10:00:00Z", "ann"), won(2, "2025-04-01T15:00:00Z")))));
            assertThat(sums.keySet()).noneMatch(key -> key.contains("LEAD"));
            assertThat(sums).containsEntry("company WON_COUNT  " + day("2025-04-01"), 1L);
        }

        @Test
        void whatTheLeadDidItselfIsNoActivityOfARep() {
            Map<String, Long> sums = sums(view(
                    List.of(),
                    created(1, "2025-03-03T09:00:00Z"),
                    fact(2, "2025-03-03T10:00:00Z", EventKind.PAGE_VIEWED).actor("ann")));
            assertThat(sums.keySet()).noneMatch(key -> key.contains("ACTIVITIES"));
        }

        @Test
        void aNewLeadLessItselfIsNothing() {
            LeadView view = view(
                    List.of(deal("d1", opened("2025-02-01T10:00:00Z", "ann"))), created(1, "2025-01-01T15:00:00Z"));
            assertThat(view.contributions().minus(view.contributions())).isEmpty();
        }
    }

    @Nested
    class Outcome {
        private static final String ENTERED_DEMO = "2025-03-12T10:00:00Z";

        @Test
        void nothingOpenHasAnOutcome() {
            assertThat(outcome(view(List.of(), created(1, "2025-03-03T09:00:00Z"))))
                    .isNull();
            assertThat(outcome(view(List.of(deal("d1", opened("2025-03-03T10:00:00Z", "ann"))))))
                    .isNull();
        }

        @Test
        void onlyWhatCameABusinessDayBeforeTheCloseCounts() {
            // Friday the 14th at noon; one business day before is Thursday at noon.
            LeadOutcome won = outcome(view(
                    List.of(deal(
                            "d1",
                            inStage(1, "2025-03-05T10:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                            inStage(2, ENTERED_DEMO, EventKind.DEAL_STAGE_CHANGED, "demo"),
                            inStage(3, "2025-03-13T12:00:00.001Z", EventKind.DEAL_STAGE_CHANGED, "offer"),
                            won(4, "2025-03-14T12:00:00Z"))),
                    created(11, "2025-03-03T09:00:00Z"),
                    call(12, "2025-03-03T12:00:00Z"),
                    fact(13, "2025-03-06T10:00:00Z", EventKind.MEETING_COMPLETED),
                    fact(14, "2025-03-13T12:00:00Z", EventKind.DEMO_HELD),
                    fact(15, "2025-03-13T12:00:00Z", EventKind.EMAIL_OPENED).automatic(true),
                    fact(16, "2025-03-13T12:00:00.001Z", EventKind.EMAIL_REPLIED)));
            assertThat(won.won()).isTrue();
            assertThat(won.closedMillis()).isEqualTo(millis("2025-03-14T12:00:00Z"));
            assertThat(won.stageBefore()).isEqualTo("demo");
            assertThat(acts(won))
                    .containsExactly(
                            "new {}",
                            "contacted {CALL=1}",
                            "meeting {MEETING_COMPLETED=1}",
                            "demo {DEMO_HELD=1}",
                            "offer late {}");
        }

        @Test
        void theWonDealIsTheEndWhateverComesAfterIt() {
            LeadOutcome won = outcome(view(
                    List.of(
                            deal("d1", opened("2025-02-03T10:00:00Z", "ann"), won(2, "2025-03-14T12:00:00Z")),
                            deal("d2", inStage(1, "2025-03-20T10:00:00Z", EventKind.DEAL_OPENED, "offer"))),
                    created(11, "2025-02-03T09:00:00Z")));
            assertThat(won.closedMillis()).isEqualTo(millis("2025-03-14T12:00:00Z"));
            assertThat(acts(won)).containsExactly("new {}");
        }

        @Test
        void aLeadIsLostWhenTheLastOfItIs() {
            Deal lost = deal(
                    "d1",
                    inStage(1, "2025-03-05T10:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                    event(2, "2025-03-14T12:00:00Z", EventKind.DEAL_LOST, null));
            Fact.Builder created = created(11, "2025-03-03T09:00:00Z");
            LeadOutcome outcome = outcome(view(List.of(lost), created));
            assertThat(outcome.won()).isFalse();
            assertThat(outcome.closedMillis()).isEqualTo(millis("2025-03-14T12:00:00Z"));

            Deal open = deal("d2", opened("2025-03-07T10:00:00Z", "ann"));
            assertThat(outcome(view(List.of(lost, open), created))).isNull();
            assertThat(outcome(view(List.of(lost), created, status(12, "2025-03-20T09:00:00Z", "nurture"))))
                    .isNull();
            assertThat(outcome(view(List.of(lost), created, status(14, "2025-03-20T09:00:00Z", "disqualified")))
                            .closedMillis())
                    .isEqualTo(millis("2025-03-14T12:00:00Z"));
        }

        @Test
        void aLeadRejectedBeforeAnyDealIsLostThen() {
            LeadOutcome outcome = outcome(view(
                    List.of(),
                    created(1, "2025-03-03T09:00:00Z"),
                    fact(2, "2025-03-03T12:00:00Z", EventKind.DEMO_REQUESTED),
                    fact(3, "2025-03-06T10:00:00Z", EventKind.LEAD_REJECTED)));
            assertThat(outcome.won()).isFalse();
            assertThat(outcome.closedMillis()).isEqualTo(millis("2025-03-06T10:00:00Z"));
            assertThat(acts(outcome)).containsExactly("new {DEMO_REQUESTED=1}");
            assertThat(outcome.qualifiedBand()).isEqualTo(Band.WARM);
            assertThat(outcome.earlyScore()).isBetween(46.0, 50.0);
            assertThat(outcome.passed().get(0).silenceMillis()).isEqualTo(70 * 3_600_000L);
        }

        @Test
        void aDeletedLeadHasNoneUntilItIsCreatedAnew() {
            Deal lost = deal(
                    "d1",
                    inStage(1, "2025-03-05T10:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                    event(2, "2025-03-14T12:00:00Z", EventKind.DEAL_LOST, null));
            Fact.Builder created = created(11, "2025-03-03T09:00:00Z");
            Fact.Builder deleted = fact(12, "2025-03-20T09:00:00Z", EventKind.LEAD_DELETED);
            assertThat(outcome(view(List.of(lost), created, deleted))).isNull();
            assertThat(LeadTraits.of(view(List.of(), created.product("pump"), deleted)))
                    .isEmpty();
            Fact.Builder anew = created(13, "2025-03-21T09:00:00Z");
            assertThat(outcome(view(List.of(), created, deleted, anew))).isNull();
            Fact.Builder rejected = fact(14, "2025-03-24T09:00:00Z", EventKind.LEAD_REJECTED);
            assertThat(outcome(view(List.of(), created, deleted, anew, rejected))
                            .closedMillis())
                    .isEqualTo(millis("2025-03-24T09:00:00Z"));
        }

        @Test
        void ofMergedLeadsTheOneThatSpeaksHasTheOutcomeOfAll() {
            Deal lost = deal(
                    "d1",
                    inStage(1, "2025-03-05T10:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                    event(2, "2025-03-14T12:00:00Z", EventKind.DEAL_LOST, null));
            LeadView together = BOOK.readMerged(
                    "lead-0",
                    new TreeMap<>(Map.of(
                            "lead-0",
                            Member.root(
                                    List.of(created(11, "2025-03-04T09:00:00Z").build())),
                            "lead-1",
                            new Member(
                                    List.of(
                                            created(12, "2025-03-03T09:00:00Z")
                                                    .campaign("spring")
                                                    .channel("search")
                                                    .build(),
                                            fact(13, "2025-03-06T10:00:00Z", EventKind.MEETING_COMPLETED)
                                                    .build(),
                                            fact(14, "2025-03-20T09:00:00Z", EventKind.LEAD_MERGED)
                                                    .build()),
                                    "lead-0",
                                    millis("2025-03-20T09:00:00Z")))),
                    List.of(lost),
                    millis("2025-03-21T09:00:00Z"));
            assertThat(outcome(together).won()).isFalse();
            assertThat(acts(outcome(together))).containsExactly("new {}", "meeting {MEETING_COMPLETED=1}");
            assertThat(LeadTraits.of(together)).containsEntry("channel", "search");

            LeadView member = BOOK.read("lead-1", List.of(), List.of());
            assertThat(outcome(member)).isNull();
            assertThat(LeadTraits.of(member)).isEmpty();
        }

        @Test
        void traitsAreTheFewThingsThatAreKnownOfEveryLead() {
            assertThat(LeadTraits.of(view(
                            List.of(),
                            created(1, "2025-03-03T09:00:00Z").attributes(Map.of("name", "Ada", "industry", "steel")),
                            fact(2, "2025-03-03T10:00:00Z", EventKind.FORM_SUBMITTED)
                                    .campaign("spring")
                                    .channel("search")
                                    .product("pump"),
                            fact(3, "2025-03-03T11:00:00Z", EventKind.FORM_SUBMITTED)
                                    .campaign("fair")
                                    .channel("event"))))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("direction", "inbound", "channel", "search", "product", "pump"));
        }

        private LeadOutcome outcome(LeadView view) {
            return LeadOutcome.of(view, WEEKDAYS).orElse(null);
        }

        private List<String> acts(LeadOutcome outcome) {
            return outcome.passed().stream()
                    .map(passed -> passed.stage() + (passed.early() ? " " : " late ") + passed.acts())
                    .toList();
        }

        private DealEvent inStage(long id, String time, EventKind kind, String stage) {
            return new DealEvent(
                    id, "test/" + id, millis(time), kind, 0, id, "lead-1", "ann", stage, null, null, null, null, null);
        }
    }

    @Nested
    class Owners {

        @Test
        void nobodyOwnsALeadBeforeItsFirstOwner() {
            LeadView view = view(
                    List.of(),
                    created(1, "2025-03-03T09:00:00Z"),
                    fact(2, "2025-03-05T15:00:00Z", EventKind.LEAD_ASSIGNED).owner("bob"),
                    fact(3, "2025-03-07T15:00:00Z", EventKind.LEAD_ASSIGNED));
            assertThat(view.ownerAt(millis("2025-03-05T14:59:59.999Z"))).isNull();
            assertThat(view.ownerAt(millis("2025-03-05T15:00:00Z"))).isEqualTo("bob");
            assertThat(view.ownerAt(Long.MAX_VALUE)).isNull();
        }
    }

    @Nested
    class Organisations {

        @Test
        void theNewestEventThatTellsItHolds() {
            assertThat(view(List.of(), created(1, "2025-03-03T09:00:00Z")).organisation())
                    .isNull();
            assertThat(view(
                                    List.of(),
                                    said(3, "2025-03-05T09:00:00Z", "New Ltd"),
                                    said(1, "2025-03-03T09:00:00Z", "Old Ltd"),
                                    fact(4, "2025-03-06T09:00:00Z", EventKind.LEAD_UPDATED)
                                            .attributes(Map.of("industry", "steel")),
                                    said(2, "2025-03-04T09:00:00Z", "Older Ltd"))
                            .organisation())
                    .isEqualTo("New Ltd");
        }

        @Test
        void ofMergedLeadsTheNewestOfAllHolds() {
            LeadView together = BOOK.readMerged(
                    "lead-0",
                    new TreeMap<>(Map.of(
                            "lead-0",
                            Member.root(List.of(
                                    said(11, "2025-03-03T09:00:00Z", "Old Ltd").build())),
                            "lead-1",
                            new Member(
                                    List.of(
                                            said(12, "2025-03-04T09:00:00Z", "New Ltd")
                                                    .build(),
                                            fact(13, "2025-03-20T09:00:00Z", EventKind.LEAD_MERGED)
                                                    .build()),
                                    "lead-0",
                                    millis("2025-03-20T09:00:00Z")))),
                    List.of(),
                    millis("2025-03-21T09:00:00Z"));
            assertThat(together.organisation()).isEqualTo("New Ltd");
        }

        private Fact.Builder said(long id, String time, String organisation) {
            return fact(id, time, EventKind.LEAD_UPDATED).attributes(Map.of("organisation", organisation));
        }
    }

    private static LeadView view(List<Deal> deals, Fact.Builder... facts) {
        List<Fact> kept = List.of();
        for (Fact.Builder fact : facts) {
            kept = FactBook.accept(kept, fact.build(), BOOK.policy().bounds()).kept();
        }
        return BOOK.read("lead-1", kept, deals);
    }

    private static Map<String, Long> sums(LeadView view) {
        Map<String, Long> sums = new TreeMap<>();
        view.contributions()
                .values()
                .forEach((key, value) ->
                        sums.put(key.scope() + ' ' + key.measure() + ' ' + key.dimension() + ' ' + key.pane(), value));
        return sums;
    }

    private static Fact.Builder fact(long id, String time, EventKind kind) {
        return Fact.builder(id, "test/" + id, millis(time), kind);
    }

    private static Fact.Builder created(long id, String time) {
        return fact(id, time, EventKind.LEAD_CREATED);
    }

    private static Fact.Builder call(long id, String time) {
        return fact(id, time, EventKind.CALL).direction(Direction.OUTBOUND);
    }

    private static Fact.Builder status(long id, String time, String status) {
        return fact(id, time, EventKind.LEAD_STATUS_CHANGED).status(status);
    }

    private static Deal deal(String id, DealEvent... events) {
        return DealBook.resolve(id, new ArrayList<>(List.of(events)), DealStages.DEFAULT);
    }

    private static DealEvent opened(String time, String owner) {
        return event(1, time, EventKind.DEAL_OPENED, owner);
    }

    private static DealEvent won(long id, String time) {
        return event(id, time, EventKind.DEAL_WON, null);
    }

    private static DealEvent event(long id, String time, EventKind kind, String owner) {
        return new DealEvent(
                id, "test/" + id, millis(time), kind, 0, id, "lead-1", owner, null, null, null, null, null, null);
    }
}
