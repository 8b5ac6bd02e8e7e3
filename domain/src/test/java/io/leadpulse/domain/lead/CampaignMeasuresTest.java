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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CampaignMeasuresTest {
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
    private static final int TOUCHED = day("2025-03-03");

    @Test
    void aLeadCountsForItsCampaignAndChannelOnTheDayOfItsFirstTouch() {
        Map<String, Long> sums = sums(
                List.of(),
                page(1, "2025-03-03T14:59:30Z", "/guide", "video"),
                fact(2, "2025-03-04T15:00:00Z", EventKind.LEAD_CREATED));
        assertThat(sums)
                .containsEntry("campaign:video TOUCHED_LEADS  " + TOUCHED, 1L)
                .containsEntry("channel:paid TOUCHED_LEADS  " + TOUCHED, 1L)
                .containsEntry("last_campaign:video TOUCHED_LEADS  " + TOUCHED, 1L)
                .containsEntry("last_channel:paid TOUCHED_LEADS  " + TOUCHED, 1L)
                .containsEntry("landing:/guide TOUCHED_LEADS  " + TOUCHED, 1L)
                // 9:59 in New York
                .containsEntry("campaign:video TOUCHED_LEADS_FIVE_MINUTES  " + (TOUCHED * 288 + 119), 1L)
                .containsEntry("channel:paid COHORT_LEADS video " + (int) (millis("2025-03-03T14:59:30Z") / 5_000), 1L)
                .doesNotContainKey("form:guide TOUCHED_LEADS  " + TOUCHED);
    }

    @Test
    void pagesThatAMachineNamesHaveNoScopeOfTheirOwn() {
        assertThat(sums(List.of(), page(1, "2025-03-03T15:00:00Z", "/quote/8f3a-77", "video")))
                .containsEntry("landing:/quote TOUCHED_LEADS  " + TOUCHED, 1L)
                .doesNotContainKey("landing:/quote/8f3a-77 TOUCHED_LEADS  " + TOUCHED);
    }

    @Test
    void firstAndLastTouchAreCountedApart() {
        Map<String, Long> sums = sums(
                List.of(),
                page(1, "2025-03-03T15:00:00Z", "/guide", "video"),
                page(2, "2025-03-05T15:00:00Z", "/prices", "search"),
                demo(3, "2025-03-06T15:00:00Z"),
                page(4, "2025-03-07T15:00:00Z", "/", "mail"));
        assertThat(sums)
                .containsEntry("campaign:video TOUCHED_QUALIFIED 4320 " + TOUCHED, 1L)
                .containsEntry("last_campaign:search TOUCHED_QUALIFIED 1440 " + day("2025-03-05"), 1L);
        assertThat(sums.keySet())
                .noneMatch(key -> key.startsWith("campaign:search")
                        || key.startsWith("last_campaign:video")
                        || key.contains("mail "));
    }

    @Test
    void aVisitAtAFairThatIsUploadedLaterCountsFromTheVisit() {
        Fact.Builder visit = fact(7, "2025-03-03T15:00:00Z", EventKind.EVENT_VISITED)
                .asset("fair")
                .campaign("fair")
                .channel("fair");
        assertThat(sums(List.of(), fact(1, "2025-03-07T15:00:00Z", EventKind.LEAD_CREATED), visit))
                .containsEntry("campaign:fair TOUCHED_LEADS  " + TOUCHED, 1L);
    }

    @Test
    void whatALeadWasBeforeTheTouchIsNotTheCampaignsDoing() {
        Map<String, Long> sums = sums(
                List.of(deal("d1", event(11, "2025-03-01T15:00:00Z", EventKind.DEAL_OPENED, null))),
                demo(1, "2025-02-20T15:00:00Z"),
                page(2, "2025-03-03T15:00:00Z", "/guide", "video"));
        assertThat(sums).containsEntry("campaign:video TOUCHED_LEADS  " + TOUCHED, 1L);
        assertThat(sums.keySet())
                .noneMatch(key -> key.startsWith("campaign:video TOUCHED_QUALIFIED")
                        || key.startsWith("campaign:video TOUCHED_SALES")
                        || key.startsWith("campaign:video TOUCHED_OPP"));
    }

    @Test
    void dealsAndRevenueLessRefundsStandOnTheDayOfTheTouch() {
        Map<String, Long> sums = sums(
                List.of(
                        deal(
                                "d1",
                                event(11, "2025-03-10T15:00:00Z", EventKind.DEAL_OPENED, null),
                                event(12, "2025-03-20T15:00:00Z", EventKind.DEAL_WON, 135_000L),
                                event(13, "2025-03-25T15:00:00Z", EventKind.DEAL_REFUNDED, 35_000L)),
                        deal("d2", event(14, "2025-03-11T15:00:00Z", EventKind.DEAL_OPENED, null))),
                page(1, "2025-03-03T15:00:00Z", "/guide", "video"));
        for (String scope : List.of("campaign:video", "channel:paid", "last_campaign:video", "landing:/guide")) {
            assertThat(sums)
                    .containsEntry(scope + " TOUCHED_OPPORTUNITIES  " + TOUCHED, 2L)
                    .containsEntry(scope + " TOUCHED_WON  " + TOUCHED, 1L)
                    .containsEntry(scope + " TOUCHED_REVENUE  " + TOUCHED, 100_000L)
                    .containsEntry(scope + " TOUCHED_SALES_QUALIFIED  " + TOUCHED, 1L);
        }
    }

    @Test
    void theAnswerOfSalesIsOneOfThree() {
        Fact.Builder touch = page(1, "2025-03-03T15:00:00Z", "/guide", "video");
        Fact.Builder call = fact(2, "2025-03-03T16:00:00Z", EventKind.CALL).direction(Direction.OUTBOUND);
        assertThat(sums(List.of(), touch).keySet())
                .noneMatch(key -> key.contains("ACCEPTED") || key.contains("REJECTED"));
        assertThat(sums(List.of(), touch, call)).containsEntry("campaign:video TOUCHED_ACCEPTED  " + TOUCHED, 1L);
        assertThat(sums(
                        List.of(),
                        touch,
                        call,
                        fact(3, "2025-03-04T16:00:00Z", EventKind.LEAD_REJECTED).reason("student")))
                .containsEntry("campaign:video TOUCHED_REJECTED student " + TOUCHED, 1L)
                .doesNotContainKey("campaign:video TOUCHED_ACCEPTED  " + TOUCHED);
    }

    @Test
    void theScoreAnHourAndADayAfterTheTouchIsSummedInThousandths() {
        LeadView lead = view(
                List.of(),
                page(1, "2025-03-03T15:00:00Z", "/guide", "video"),
                page(2, "2025-03-03T15:30:00Z", "/", null),
                page(3, "2025-03-03T16:30:00Z", "/", null));
        double afterAnHour = lead.score().score(millis("2025-03-03T16:00:00Z"));
        double afterADay = lead.score().score(millis("2025-03-04T15:00:00Z"));
        assertThat(afterAnHour).isBetween(1.9, 2.0);
        assertThat(afterADay).isBetween(2.8, 3.0);
        assertThat(sums(lead))
                .containsEntry(
                        "campaign:video TOUCHED_MILLI_SCORE_60_MINUTES  " + TOUCHED, Math.round(afterAnHour * 1_000))
                .containsEntry(
                        "campaign:video TOUCHED_MILLI_SCORE_24_HOURS  " + TOUCHED, Math.round(afterADay * 1_000));
    }

    @Test
    void viewsStartsAndSendingsOfAFormAreCountedOnTheirOwnDays() {
        assertThat(sums(
                        List.of(),
                        fact(1, "2025-03-03T15:00:00Z", EventKind.FORM_VIEWED).asset("demo"),
                        fact(2, "2025-03-03T15:01:00Z", EventKind.FORM_VIEWED).asset("demo"),
                        fact(3, "2025-03-03T15:02:00Z", EventKind.FORM_STARTED).asset("demo"),
                        demo(4, "2025-03-04T15:02:00Z").asset("demo")))
                .containsEntry("form:demo LEAD_FORM_ACTS form_viewed " + TOUCHED, 2L)
                .containsEntry("form:demo LEAD_FORM_ACTS form_started " + TOUCHED, 1L)
                .containsEntry("form:demo LEAD_FORM_ACTS demo_requested " + (TOUCHED + 1), 1L)
                .containsEntry("form:demo TOUCHED_LEADS  " + (TOUCHED + 1), 1L);
    }

    @Test
    void whatMachinesDidIsCountedApartForTheCompany() {
        assertThat(sums(
                        List.of(),
                        page(1, "2025-03-03T15:00:00Z", "/guide", "video").automatic(true),
                        fact(2, "2025-03-03T16:00:00Z", EventKind.EMAIL_CLICKED).automatic(true),
                        fact(3, "2025-03-03T16:00:01Z", EventKind.EMAIL_SENT).automatic(true)))
                .containsEntry("company AUTOMATIC_ACTS page_viewed " + TOUCHED, 1L)
                .containsEntry("company AUTOMATIC_ACTS email_clicked " + TOUCHED, 1L)
                .doesNotContainKey("company AUTOMATIC_ACTS email_sent " + TOUCHED)
                .doesNotContainKey("campaign:video TOUCHED_LEADS  " + TOUCHED);
    }

    @Test
    void whatQualifiedInTimeStandsAtTheFiveMinutesOfTheTouch() {
        String slot = "  " + (TOUCHED * 288 + 120);
        Map<String, Long> sums =
                sums(List.of(), page(1, "2025-03-03T15:00:00Z", "/", "video"), demo(2, "2025-03-03T15:16:00Z"));
        assertThat(sums)
                .doesNotContainKey("campaign:video TOUCHED_QUALIFIED_IN_15_MINUTES" + slot)
                .containsEntry("campaign:video TOUCHED_QUALIFIED_IN_60_MINUTES" + slot, 1L)
                .containsEntry("channel:paid TOUCHED_QUALIFIED_IN_24_HOURS" + slot, 1L);
    }

    @Test
    void whatQualifiedInTimeStandsAtTheFiveMinutesOfTheFirstPageFormAndAssetToo() {
        String page = "  " + (TOUCHED * 288 + 120);
        String asset = "  " + (TOUCHED * 288 + 122);
        String form = "  " + (TOUCHED * 288 + 123);
        Map<String, Long> sums = sums(
                List.of(),
                page(1, "2025-03-03T15:00:00Z", "/guide/pumps", null),
                fact(2, "2025-03-03T15:10:00Z", EventKind.ASSET_DOWNLOADED).asset("guide"),
                demo(3, "2025-03-03T15:16:00Z").asset("demo"));
        assertThat(sums)
                .containsEntry("landing:/guide TOUCHED_LEADS_FIVE_MINUTES" + page, 1L)
                .doesNotContainKey("landing:/guide TOUCHED_QUALIFIED_IN_15_MINUTES" + page)
                .containsEntry("landing:/guide TOUCHED_QUALIFIED_IN_60_MINUTES" + page, 1L)
                .containsEntry("landing:/guide TOUCHED_QUALIFIED_IN_24_HOURS" + page, 1L)
                .containsEntry("asset:guide TOUCHED_LEADS_FIVE_MINUTES" + asset, 1L)
                .containsEntry("asset:guide TOUCHED_QUALIFIED_IN_15_MINUTES" + asset, 1L)
                .containsEntry("form:demo TOUCHED_LEADS_FIVE_MINUTES" + form, 1L)
                .containsEntry("form:demo TOUCHED_QUALIFIED_IN_15_MINUTES" + form, 1L);
        assertThat(sums.keySet())
                .noneMatch(key -> key.startsWith("last_") && key.contains("FIVE_MINUTES"))
                .noneMatch(key -> key.startsWith("campaign:"));
    }

    /** A lead of chance: whatever happens to it, each source has it once, and no more of it than there is. */
    @Property(tries = 300, seed = "20261122")
    void everyLeadHasOneFirstAndOneLastSource(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact.Builder> facts = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        boolean touched = false;
        for (int i = 0; i < count; i++) {
            String campaign =
                    random.nextBoolean() ? List.of("video", "search", "mail").get(random.nextInt(3)) : null;
            touched |= campaign != null;
            String time = "2025-03-%02dT%02d:00:00Z".formatted(1 + random.nextInt(28), random.nextInt(24));
            facts.add(
                    switch (random.nextInt(4)) {
                        case 0 -> demo(i, time).campaign(campaign).channel("paid");
                        case 1 -> fact(i, time, EventKind.LEAD_REJECTED).campaign(campaign);
                        default -> page(i, time, "/" + random.nextInt(3), campaign);
                    });
        }
        LeadView lead = view(List.of(), facts.toArray(Fact.Builder[]::new));
        Map<String, Long> bySource = new TreeMap<>();
        lead.contributions().values().forEach((key, value) -> {
            if (Scope.isSource(key.scope())) {
                String kind = key.scope().substring(0, key.scope().indexOf(':'));
                bySource.merge(kind + ' ' + key.measure(), value, Long::sum);
            }
        });
        long expected = touched ? 1 : 0;
        assertThat(bySource.getOrDefault("campaign TOUCHED_LEADS", 0L)).isEqualTo(expected);
        assertThat(bySource.getOrDefault("last_campaign TOUCHED_LEADS", 0L)).isEqualTo(expected);
        assertThat(bySource.getOrDefault("channel TOUCHED_LEADS", 0L))
                .isEqualTo(bySource.getOrDefault("channel COHORT_LEADS", 0L));
        bySource.forEach(
                (key, value) -> assertThat(value).as(key).isLessThanOrEqualTo(key.contains("MILLI") ? 100_000 : 1));
        assertThat(bySource.getOrDefault("campaign TOUCHED_ACCEPTED", 0L)
                        + bySource.getOrDefault("campaign TOUCHED_REJECTED", 0L))
                .isLessThanOrEqualTo(expected);
    }

    private static Map<String, Long> sums(List<Deal> deals, Fact.Builder... facts) {
        return sums(view(deals, facts));
    }

    private static Map<String, Long> sums(LeadView view) {
        Map<String, Long> sums = new TreeMap<>();
        view.contributions()
                .values()
                .forEach((key, value) ->
                        sums.put(key.scope() + ' ' + key.measure() + ' ' + key.dimension() + ' ' + key.pane(), value));
        return sums;
    }

    private static LeadView view(List<Deal> deals, Fact.Builder... facts) {
        List<Fact> kept = List.of();
        for (Fact.Builder fact : facts) {
            kept = FactBook.accept(kept, fact.build(), BOOK.policy().bounds()).kept();
        }
        return BOOK.read("lead-1", kept, deals);
    }

    private static Fact.Builder fact(long id, String time, EventKind kind) {
        return Fact.builder(id, "test/" + id, millis(time), kind);
    }

    private static Fact.Builder page(long id, String time, String path, String campaign) {
        return fact(id, time, EventKind.PAGE_VIEWED)
                .asset(path)
                .campaign(campaign)
                .channel(campaign == null ? null : "paid");
    }

    private static Fact.Builder demo(long id, String time) {
        return fact(id, time, EventKind.DEMO_REQUESTED);
    }

    private static Deal deal(String id, DealEvent... events) {
        return DealBook.resolve(id, new ArrayList<>(List.of(events)), DealStages.DEFAULT);
    }

    private static DealEvent event(long id, String time, EventKind kind, Long amountMinor) {
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                null,
                null,
                null,
                null,
                amountMinor,
                null,
                null,
                null);
    }
}
