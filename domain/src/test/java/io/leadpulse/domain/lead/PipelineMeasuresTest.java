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
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.NewYorkCompany;
import io.leadpulse.domain.measure.Scope;
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

/** Working days are whole days of UTC from Monday to Friday; 3 March 2025 is a Monday. */
class PipelineMeasuresTest {
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
    private static final String MONDAY = "2025-03-03T15:00:00Z";

    private int nextId = 1;

    @Nested
    class OnTheWay {

        @Test
        void aLaterStepImpliesTheEarlierAndStrictCountsOnlyWhatHappened() {
            LeadView lead = view(
                    List.of(deal(opened("2025-03-05T15:00:00Z", "offer"), lost("2025-03-10T15:00:00Z", "price"))),
                    created());
            assertThat(of(lead, Measure.FUNNEL_REACHED))
                    .containsOnlyKeys(
                            "created|inbound",
                            "contacted|inbound",
                            "marketing_qualified|inbound",
                            "accepted|inbound",
                            "sales_qualified|inbound",
                            "opportunity|inbound",
                            "stage:meeting|inbound",
                            "stage:demo|inbound",
                            "stage:offer|inbound");
            assertThat(of(lead, Measure.FUNNEL_STRICT))
                    .containsOnlyKeys(
                            "created|inbound", "sales_qualified|inbound", "opportunity|inbound", "stage:offer|inbound");
            assertThat(of(lead, Measure.FUNNEL_STRICT_MOVED))
                    .containsOnlyKeys("created|inbound", "sales_qualified|inbound", "opportunity|inbound");
            assertThat(of(lead, Measure.FUNNEL_LOST)).isEqualTo(Map.of("stage:offer|inbound|fair|price", 1L));
        }

        @Test
        void aStepBackLowersNothing() {
            LeadView lead = view(
                    List.of(deal(
                            opened("2025-03-05T15:00:00Z", "meeting"),
                            stage("2025-03-06T15:00:00Z", "offer"),
                            stage("2025-03-07T15:00:00Z", "meeting"))),
                    created());
            assertThat(of(lead, Measure.FUNNEL_REACHED)).containsKey("stage:offer|inbound");
            assertThat(of(lead, Measure.FUNNEL_LOST)).isEmpty();
        }

        @Test
        void aFirstAttemptIsOnlyAnAcceptedStepOfALeadThatWasMarketingQualified() {
            LeadView cold = view(List.of(), created(), call("2025-03-03T16:00:00Z", true));
            assertThat(of(cold, Measure.FUNNEL_REACHED)).containsOnlyKeys("created|inbound", "contacted|inbound");

            LeadView raised = view(
                    List.of(),
                    created(),
                    call("2025-03-03T16:00:00Z", true),
                    fact("2025-03-03T17:00:00Z", EventKind.DEMO_REQUESTED).product("crm"));
            assertThat(of(raised, Measure.FUNNEL_STRICT))
                    .containsOnlyKeys(
                            "created|inbound", "contacted|inbound", "marketing_qualified|inbound", "accepted|inbound");
        }

        @Test
        void theCohortIsTheDayOfCreationAndBelongsToTheFirstOwner() {
            Fact.Builder assigned =
                    fact("2025-03-12T15:00:00Z", EventKind.LEAD_ASSIGNED).owner("ann");
            Fact.Builder handedOn =
                    fact("2025-03-13T15:00:00Z", EventKind.LEAD_ASSIGNED).owner("bob");
            LeadView lead = view(List.of(), created(), assigned, handedOn);
            String step = Dimension.of("created", "inbound");
            Map<ContributionKey, Long> sums = lead.contributions().values();
            // Ann was in team south by then.
            for (String scope : List.of(Scope.COMPANY, Scope.rep("ann"), Scope.team("south"))) {
                assertThat(sums)
                        .containsEntry(new ContributionKey(scope, Measure.FUNNEL_REACHED, step, day("2025-03-03")), 1L);
            }
            assertThat(sums.keySet())
                    .noneMatch(key -> key.scope().equals(Scope.rep("bob")) && key.measure() == Measure.FUNNEL_REACHED);
        }

        @Test
        void aLeadInNurtureIsLostAsThingsStandAndOneThatCameBackIsNot() {
            LeadView resting = view(List.of(), created(), status("2025-03-04T15:00:00Z", "nurture", null));
            assertThat(of(resting, Measure.FUNNEL_LOST)).isEqualTo(Map.of("created|inbound|fair|nurture", 1L));
            LeadView back = view(
                    List.of(),
                    created(),
                    status("2025-03-04T15:00:00Z", "nurture", null),
                    status("2025-04-04T15:00:00Z", "working", null));
            assertThat(of(back, Measure.FUNNEL_LOST)).isEmpty();
        }

        @Test
        void aLostLeadIsOneOfTheCampaignThatTouchedItFirstWhateverMachinesNamed() {
            Fact.Builder prefetched = fact("2025-03-03T14:00:00Z", EventKind.EMAIL_CLICKED)
                    .campaign("newsletter")
                    .automatic(true);
            LeadView lead =
                    view(List.of(), prefetched, created(), status("2025-03-04T15:00:00Z", "disqualified", "no budget"));
            Map<String, Long> touched = new TreeMap<>();
            lead.contributions().values().forEach((key, value) -> {
                if (key.measure() == Measure.TOUCHED_LEADS && key.scope().startsWith("campaign:")) {
                    String campaign = key.scope().substring("campaign:".length());
                    touched.merge("created|inbound|" + campaign + "|no budget", value, Long::sum);
                }
            });
            assertThat(of(lead, Measure.FUNNEL_LOST))
                    .isEqualTo(Map.of("created|inbound|fair|no budget", 1L))
                    .isEqualTo(touched);
        }

        @Test
        void within30DaysIsWithinTheMillisecond() {
            Fact.Builder intime = status("2025-04-02T15:00:00Z", "qualified", null);
            assertThat(of(view(List.of(), created(), intime), Measure.COHORT_SALES_QUALIFIED_WITHIN_30_DAYS))
                    .isEqualTo(Map.of("inbound", 1L));
            Fact.Builder late = status("2025-04-02T15:00:00.001Z", "qualified", null);
            assertThat(of(view(List.of(), created(), late), Measure.COHORT_SALES_QUALIFIED_WITHIN_30_DAYS))
                    .isEmpty();
        }

        @Test
        void aPurchaseWithin90DaysIsOneOfItsCohort() {
            LeadView lead = view(
                    List.of(deal(opened("2025-03-05T15:00:00Z", "offer"), won("2025-06-01T15:00:00Z", 500L))),
                    created());
            assertThat(of(lead, Measure.COHORT_SOLD_WITHIN_90_DAYS)).isEqualTo(Map.of("inbound", 1L));
            assertThat(of(lead, Measure.LEAD_TO_SALE_MILLIS))
                    .isEqualTo(Map.of("", millis("2025-06-01T15:00:00Z") - millis(MONDAY)));
        }
    }

    @Nested
    class InAStage {

        @Test
        void staysCountInBusinessDaysAllOfAStageTogether() {
            // Friday noon to Monday noon is one business day; a second stay of two.
            LeadView lead = view(
                    List.of(deal(
                            opened("2025-03-07T12:00:00Z", "meeting"),
                            stage("2025-03-10T12:00:00Z", "demo"),
                            stage("2025-03-11T12:00:00Z", "meeting"),
                            stage("2025-03-13T12:00:00Z", "offer"))),
                    new Fact.Builder[0]);
            int pane = Measure.histogramPane(day("2025-03-13"), 3 * 86_400_000L);
            assertThat(lead.contributions().values())
                    .containsEntry(
                            new ContributionKey(Scope.COMPANY, Measure.STAGE_BUSINESS_HISTOGRAM, "meeting", pane), 1L);
            assertThat(of(lead, Measure.STAGE_BUSINESS_HISTOGRAM)).containsOnlyKeys("meeting", "demo");
        }

        @Test
        void ofAStuckStayItTellsWhatWasBeforeWhatWasDoneAndHowItEnded() {
            // Ten business days in "offer" are over on Wednesday 19 March, 12:00.
            Deal deal = deal(opened("2025-03-05T12:00:00Z", "offer"), stage("2025-03-26T12:00:00Z", "negotiation"));
            LeadView lead = view(
                    List.of(deal),
                    created(),
                    call("2025-03-06T12:00:00Z", false),
                    fact("2025-03-20T12:00:00Z", EventKind.EMAIL_SENT),
                    call("2025-03-21T12:00:00Z", true),
                    fact("2025-03-27T12:00:00Z", EventKind.MEETING_COMPLETED));
            assertThat(of(lead, Measure.STUCK_ENDED)).isEqualTo(Map.of("offer|call_not_connected|moved", 1L));
            assertThat(of(lead, Measure.STUCK_ENDED_BY_ACT))
                    .isEqualTo(Map.of(
                            "offer|email_sent|moved", 1L, "offer|call|moved", 1L, "offer|conversation|moved", 1L));
            assertThat(lead.contributions().values())
                    .containsEntry(
                            new ContributionKey(
                                    Scope.rep("ann"),
                                    Measure.STUCK_ENDED,
                                    Dimension.of("offer", "call_not_connected", "moved"),
                                    day("2025-03-19")),
                            1L);
        }

        @Test
        void whatCameAfterTenBusinessDaysDidNotHelp() {
            Deal deal = deal(opened("2025-03-05T12:00:00Z", "offer"), lost("2025-04-10T12:00:00Z", "price"));
            LeadView lead = view(List.of(deal), created(), call("2025-04-02T12:00:00.001Z", true));
            assertThat(of(lead, Measure.STUCK_ENDED_BY_ACT)).isEqualTo(Map.of("offer|nothing|lost", 1L));
            LeadView inTime = view(List.of(deal), created(), call("2025-04-02T12:00:00Z", false));
            assertThat(of(inTime, Measure.STUCK_ENDED_BY_ACT)).isEqualTo(Map.of("offer|call|lost", 1L));
        }

        @Test
        void aStayThatIsOpenOrEndedInTimeIsNone() {
            LeadView open = view(List.of(deal(opened("2025-03-05T12:00:00Z", "offer"))), created());
            assertThat(of(open, Measure.STUCK_ENDED)).isEmpty();
            LeadView inTime = view(
                    List.of(deal(opened("2025-03-05T12:00:00Z", "offer"), lost("2025-03-19T12:00:00Z", "price"))),
                    created());
            assertThat(of(inTime, Measure.STUCK_ENDED)).isEmpty();
        }

        @Test
        void aLeadsOwnStageEndsWithADealOrWithoutOne() {
            LeadView lead = view(
                    List.of(deal(opened("2025-03-20T12:00:00Z", "meeting"))),
                    created(),
                    call("2025-03-04T12:00:00Z", true));
            assertThat(of(lead, Measure.STUCK_ENDED)).isEqualTo(Map.of("contacted|conversation|moved", 1L));
            LeadView given = view(
                    List.of(),
                    created(),
                    call("2025-03-04T12:00:00Z", true),
                    status("2025-03-20T12:00:00Z", "disqualified", "no budget"));
            assertThat(of(given, Measure.STUCK_ENDED)).isEqualTo(Map.of("contacted|conversation|lost", 1L));
        }
    }

    @Nested
    class Afterwards {

        @Test
        void nurtureIsCountedFromItsBeginningAndByItsLastTouch() {
            LeadView lead = view(
                    List.of(),
                    created(),
                    status("2025-03-04T15:00:00Z", "nurture", null),
                    touch("2025-03-10T15:00:00Z", "newsletter"),
                    fact("2025-03-12T15:00:00Z", EventKind.PRICE_LIST_VIEWED),
                    fact("2025-03-12T15:01:00Z", EventKind.FORM_SUBMITTED),
                    fact("2025-03-12T15:02:00Z", EventKind.SITE_SIGNED_UP),
                    touch("2025-03-20T15:00:00Z", "call"));
            assertThat(of(lead, Measure.NURTURE_ENTERED)).isEqualTo(Map.of("", 1L, "warmed_30", 1L, "warmed_90", 1L));
            assertThat(of(lead, Measure.NURTURE_TOUCHES)).isEqualTo(Map.of("newsletter", 1L, "call", 1L));
            assertThat(of(lead, Measure.NURTURE_RESPONSES)).isEqualTo(Map.of("newsletter", 1L));
            assertThat(of(lead, Measure.IN_NURTURE)).isEqualTo(Map.of("call", 1L));
            assertThat(lead.contributions().values())
                    .containsEntry(
                            new ContributionKey(Scope.COMPANY, Measure.IN_NURTURE_BY_LAST_TOUCH, "", day("2025-03-20")),
                            1L);
        }

        @Test
        void anAnswerBelongsToTheTouchBeforeItWithin14Days() {
            LeadView lead = view(
                    List.of(),
                    created(),
                    touch("2025-03-04T15:00:00Z", "newsletter"),
                    touch("2025-03-05T15:00:00Z", "call"),
                    fact("2025-03-19T15:00:00.001Z", EventKind.FORM_SUBMITTED));
            assertThat(of(lead, Measure.NURTURE_RESPONSES)).isEmpty();
        }

        @Test
        void aDealEndsNurtureAndIsASalesQualificationOfIt() {
            LeadView lead = view(
                    List.of(deal(opened("2025-04-20T15:00:00Z", "meeting"))),
                    created(),
                    status("2025-03-04T15:00:00Z", "nurture", null));
            assertThat(of(lead, Measure.IN_NURTURE)).isEmpty();
            assertThat(of(lead, Measure.NURTURE_ENTERED)).isEqualTo(Map.of("", 1L, "sales_qualified_90", 1L));
        }

        @Test
        void aDisqualifiedLeadComesBackByAStatusOrADeal() {
            LeadView lead = view(
                    List.of(),
                    created(),
                    status("2025-03-04T15:00:00Z", "disqualified", "no budget"),
                    status("2025-03-05T15:00:00Z", "disqualified", "again"),
                    fact("2025-03-06T15:00:00Z", EventKind.LEAD_ACCEPTED),
                    status("2025-03-07T15:00:00Z", "working", null));
            assertThat(of(lead, Measure.DISQUALIFIED)).isEqualTo(Map.of("no budget", 1L));
            assertThat(of(lead, Measure.DISQUALIFIED_BACK)).isEqualTo(Map.of("no budget", 1L));
            assertThat(lead.contributions().values())
                    .containsEntry(
                            new ContributionKey(
                                    Scope.COMPANY, Measure.DISQUALIFIED_BACK, "no budget", day("2025-03-07")),
                            1L);
        }

        @Test
        void aSecondPurchaseIsARepeatAndSilenceIsCountedFromTheLastSign() {
            LeadView lead = view(
                    List.of(
                            deal(opened("2025-03-04T15:00:00Z", "offer"), won("2025-03-05T15:00:00Z", 500L)),
                            deal(opened("2025-06-10T15:00:00Z", "offer"), won("2025-06-12T15:00:00Z", 700L))),
                    created(),
                    fact("2025-03-04T16:00:00Z", EventKind.FORM_SUBMITTED),
                    fact("2025-06-03T15:00:00Z", EventKind.PAGE_VIEWED));
            assertThat(of(lead, Measure.REPEAT_WON_COUNT)).isEqualTo(Map.of("", 1L));
            assertThat(of(lead, Measure.REPEAT_WON_AMOUNT)).isEqualTo(Map.of("", 700L));
            Map<ContributionKey, Long> sums = lead.contributions().values();
            assertThat(sums)
                    .containsEntry(
                            new ContributionKey(Scope.COMPANY, Measure.CUSTOMERS_BY_LAST_SIGN, "", day("2025-06-12")),
                            1L)
                    .containsEntry(
                            new ContributionKey(Scope.COMPANY, Measure.CUSTOMERS_RENEWED, "", day("2025-06-03")), 1L);
        }
    }

    @Nested
    class OfDeals {

        @Test
        void aLossTellsItsStageReasonProductAndCompetitor() {
            LeadView lead = view(
                    List.of(deal(
                            event("2025-03-04T15:00:00Z", EventKind.DEAL_OPENED, "ann", "demo", null, 900L, "Desk"),
                            event("2025-03-10T15:00:00Z", EventKind.DEAL_LOST, null, null, "price", null, null))),
                    new Fact.Builder[0]);
            assertThat(of(lead, Measure.LOST_CAUSES)).isEqualTo(Map.of("demo|price|Desk|Rival", 1L));
            assertThat(of(lead, Measure.LOST_CAUSES_AMOUNT)).isEqualTo(Map.of("demo|price|Desk|Rival", 900L));
            assertThat(of(lead, Measure.LOST_AMOUNT)).isEqualTo(Map.of("", 900L));
            assertThat(of(lead, Measure.LOST_AFTER_STAGE)).isEqualTo(Map.of("demo", 1L));
        }

        @Test
        void anOpenDealTellsHowOftenItWasPutOffAndWhatIsDueWhen() {
            LeadView lead = view(
                    List.of(deal(
                            event("2025-03-04T15:00:00Z", EventKind.DEAL_OPENED, "ann", "demo", null, 900L, "Desk"),
                            due("2025-03-05T15:00:00Z", "2025-03-20"),
                            due("2025-03-19T15:00:00Z", "2025-03-27"))),
                    new Fact.Builder[0]);
            assertThat(of(lead, Measure.OPEN_PUSHED_COUNT)).isEqualTo(Map.of("1", 1L));
            assertThat(of(lead, Measure.OPEN_PUSHED_AMOUNT)).isEqualTo(Map.of("1", 900L));
            assertThat(of(lead, Measure.OPEN_COUNT_BY_PRODUCT)).isEqualTo(Map.of("Desk", 1L));
            assertThat(lead.contributions().values())
                    .containsEntry(
                            new ContributionKey(Scope.COMPANY, Measure.OPEN_DUE_AMOUNT, "", day("2025-03-27")), 900L);
        }
    }

    /** The company's sums of a measure by dimension, its parts joined by bars. */
    private static Map<String, Long> of(LeadView lead, Measure measure) {
        Map<String, Long> sums = new TreeMap<>();
        lead.contributions().values().forEach((key, value) -> {
            if (key.measure() == measure && key.scope().equals(Scope.COMPANY)) {
                sums.merge(key.dimension().replace(Dimension.SEPARATOR, '|'), value, Long::sum);
            }
        });
        return sums;
    }

    private static LeadView view(List<Deal> deals, Fact.Builder... facts) {
        List<Fact> kept = List.of();
        for (Fact.Builder fact : facts) {
            kept = FactBook.accept(kept, fact.build(), BOOK.policy().bounds()).kept();
        }
        return BOOK.read("lead-1", kept, deals);
    }

    private Fact.Builder fact(String time, EventKind kind) {
        int id = nextId++;
        return Fact.builder(id, "test/" + id, millis(time), kind);
    }

    private Fact.Builder created() {
        return fact(MONDAY, EventKind.LEAD_CREATED).direction(Direction.INBOUND).campaign("fair");
    }

    private Fact.Builder call(String time, boolean isConversation) {
        return fact(time, EventKind.CALL)
                .direction(Direction.OUTBOUND)
                .connected(isConversation)
                .seconds(isConversation ? 60 : 0);
    }

    private Fact.Builder status(String time, String status, String reason) {
        return fact(time, EventKind.LEAD_STATUS_CHANGED).status(status).reason(reason);
    }

    private Fact.Builder touch(String time, String channel) {
        return fact(time, EventKind.NURTURE_TOUCH).channel(channel);
    }

    private Deal deal(DealEvent... events) {
        return DealBook.resolve("deal-" + nextId++, new ArrayList<>(List.of(events)), DealStages.DEFAULT);
    }

    private DealEvent opened(String time, String stage) {
        return event(time, EventKind.DEAL_OPENED, "ann", stage, null, null, null);
    }

    private DealEvent stage(String time, String stage) {
        return event(time, EventKind.DEAL_STAGE_CHANGED, null, stage, null, null, null);
    }

    private DealEvent won(String time, long amountMinor) {
        return event(time, EventKind.DEAL_WON, null, null, null, amountMinor, null);
    }

    private DealEvent lost(String time, String reason) {
        return event(time, EventKind.DEAL_LOST, null, null, reason, null, null);
    }

    private DealEvent due(String time, String day) {
        int id = nextId++;
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                EventKind.DEAL_UPDATED,
                0,
                id,
                "lead-1",
                null,
                null,
                null,
                null,
                null,
                null,
                (long) day(day));
    }

    private DealEvent event(
            String time, EventKind kind, String owner, String stage, String reason, Long amountMinor, String product) {
        int id = nextId++;
        String competitor = kind == EventKind.DEAL_LOST && stage == null ? "Rival" : null;
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                owner,
                stage,
                reason,
                competitor,
                amountMinor,
                product,
                null);
    }
}
