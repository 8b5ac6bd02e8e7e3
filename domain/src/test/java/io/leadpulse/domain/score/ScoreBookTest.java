package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreBookTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ScoreRules DEFAULTS = ScoreRules.defaults();
    private static final RuleTimeline RULES = RuleTimeline.of(DEFAULTS);

    /** A Monday, 10:00 in Berlin. */
    private static final long MONDAY = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HALF_LIFE = ScoreRules.DEFAULT_HALF_LIFE_MILLIS;

    private static final FitRule INDUSTRY =
            new FitRule("industry_fit", "industry", Map.of("software", 15.0, "retail", 5.0), ScoreRules.FIT);
    private static final FitRule SIZE = new FitRule("size_fit", "size", Map.of("large", 20.0), ScoreRules.FIT);

    private static Fact.Builder fact(long id, EventKind kind, long timeMillis) {
        return Fact.builder(id, "test/" + id, timeMillis, kind);
    }

    private static Fact attributes(long id, long timeMillis, Map<String, String> attributes) {
        return fact(id, EventKind.LEAD_UPDATED, timeMillis)
                .attributes(attributes)
                .build();
    }

    private static Fact call(long id, Direction direction, boolean connected, long timeMillis) {
        return fact(id, EventKind.CALL, timeMillis)
                .direction(direction)
                .connected(connected)
                .seconds(30)
                .build();
    }

    private static ScoreCard card(ScoreRules rules, Fact... facts) {
        return ScoreBook.evaluate(List.of(facts), RuleTimeline.of(rules), BERLIN);
    }

    private static ScoreCard card(Fact... facts) {
        return ScoreBook.evaluate(List.of(facts), RULES, BERLIN);
    }

    private static List<Long> counted(ScoreCard card) {
        return card.entries().stream().map(ScoreEntry::factId).toList();
    }

    // ---- default points -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "PAGE_VIEWED, page_view, 1, page_views",
        "CAREERS_PAGE_VIEWED, careers_page, -10, engagement",
        "EMAIL_OPENED, mail_opened, 1, engagement",
        "EMAIL_CLICKED, link_clicked, 3, engagement",
        "ASSET_DOWNLOADED, download, 5, engagement",
        "SOCIAL_ACTION, social_action, 3, engagement",
        "EVENT_VISITED, event_visited, 10, engagement",
        "NEWSLETTER_SIGNED_UP, newsletter_sign_up, 10, engagement",
        "SITE_SIGNED_UP, site_sign_up, 10, engagement",
        "PRICE_LIST_VIEWED, price_list_viewed, 10, engagement",
        "FORM_SUBMITTED, form_submitted, 20, engagement",
        "EMAIL_REPLIED, replied, 15, engagement",
        "SMS_REPLIED, replied, 15, engagement",
        "MEETING_COMPLETED, meeting_held, 25, engagement",
        "DEMO_HELD, demo_held, 25, engagement",
        "DEMO_REQUESTED, demo_requested, 50, engagement",
        "QUOTE_REQUESTED, quote_requested, 0, engagement",
        "CALLBACK_REQUESTED, callback_requested, 0, engagement",
        "MEETING_NO_SHOW, no_show, -15, engagement",
        "EMAIL_UNSUBSCRIBED, unsubscribed, -30, opt_out"
    })
    void anActGivesItsDefaultPoints(EventKind kind, String rule, double points, String group) {
        ScoreCard card = card(fact(7, kind, MONDAY).asset("a").product("p").build());
        assertThat(card.entries()).containsExactly(new ScoreEntry(7, "test/7", MONDAY, rule, 1, group, points, "p"));
        assertThat(card.raw(group, MONDAY)).isEqualTo(points);
        assertThat(card.score(MONDAY)).isEqualTo(Math.max(0, points));
    }

    @Test
    void anInboundCallCountsAnsweredOrNotAndAnOutboundOneOnlyWhenConnected() {
        assertThat(card(call(1, Direction.INBOUND, false, MONDAY)).raw(MONDAY)).isEqualTo(15);
        assertThat(card(call(1, Direction.INBOUND, true, MONDAY)).raw(MONDAY)).isEqualTo(15);
        assertThat(card(call(1, Direction.OUTBOUND, true, MONDAY)).raw(MONDAY)).isEqualTo(5);
        assertThat(card(call(1, Direction.OUTBOUND, false, MONDAY)).entries()).isEmpty();
        assertThat(card(call(1, Direction.UNKNOWN, true, MONDAY)).entries()).isEmpty();
    }

    @Test
    void anOutboundCallOfLessThanThirtySecondsReachedNobody() {
        Fact.Builder call =
                fact(1, EventKind.CALL, MONDAY).direction(Direction.OUTBOUND).connected(true);
        assertThat(card(call.seconds(29).build()).entries()).isEmpty();
        assertThat(card(call.seconds(30).build()).raw(MONDAY)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"LEAD_CREATED", "EMAIL_SENT", "TASK_DONE", "FORM_VIEWED", "IDENTIFIED", "MEETING_CANCELLED"})
    void whatNoRuleMeansGivesNothing(EventKind kind) {
        assertThat(card(fact(1, kind, MONDAY).build()).entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"EMAIL_OPENED", "EMAIL_CLICKED", "EMAIL_REPLIED", "PAGE_VIEWED"})
    void whatAMachineDidGivesNothing(EventKind kind) {
        assertThat(card(fact(1, kind, MONDAY).automatic(true).build()).entries())
                .isEmpty();
    }

    @Test
    void anAutomaticActDoesNotUseUpTheRepeat() {
        ScoreCard card = card(
                fact(1, EventKind.EMAIL_OPENED, MONDAY)
                        .asset("m")
                        .automatic(true)
                        .build(),
                fact(2, EventKind.EMAIL_OPENED, MONDAY + 1).asset("m").build());
        assertThat(counted(card)).containsExactly(2L);
    }

    @Test
    void anEmptyHistoryIsColdForEver() {
        ScoreCard card = card();
        assertThat(card.score(MONDAY)).isZero();
        assertThat(card.band(MONDAY)).isEqualTo(Band.COLD);
        assertThat(card.qualification()).isEmpty();
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(ScoreCard.NEVER);
        assertThat(card.breakdown(MONDAY))
                .extracting(GroupScore::group)
                .containsExactly("fit", "engagement", "page_views", "opt_out");
    }

    // ---- repeat rules ---------------------------------------------------------------------------------------------

    @Test
    void onceCountsTheEarliestOnly() {
        ScoreCard card = card(
                fact(1, EventKind.NEWSLETTER_SIGNED_UP, MONDAY).asset("a").build(),
                fact(2, EventKind.NEWSLETTER_SIGNED_UP, MONDAY + 9 * DAY)
                        .asset("b")
                        .build());
        assertThat(counted(card)).containsExactly(1L);
    }

    @Test
    void oncePerAssetCountsTheEarliestOfEachAndUnnamedAssetsAsOne() {
        ScoreCard card = card(
                fact(1, EventKind.ASSET_DOWNLOADED, MONDAY).asset("a").build(),
                fact(2, EventKind.ASSET_DOWNLOADED, MONDAY + 1).build(),
                fact(3, EventKind.ASSET_DOWNLOADED, MONDAY + 2).asset("b").build(),
                fact(4, EventKind.ASSET_DOWNLOADED, MONDAY + 3).asset("a").build(),
                fact(5, EventKind.ASSET_DOWNLOADED, MONDAY + 4).build());
        assertThat(counted(card)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theSameAssetCountsForEachRuleByItself() {
        ScoreCard card = card(
                fact(1, EventKind.EMAIL_OPENED, MONDAY).asset("m").build(),
                fact(2, EventKind.EMAIL_CLICKED, MONDAY + 1).asset("m").build());
        assertThat(card.raw(MONDAY + 1)).isCloseTo(4, within(1e-7));
    }

    @Test
    void aDemoCountsOncePerProduct() {
        ScoreCard card = card(
                fact(1, EventKind.DEMO_REQUESTED, MONDAY).product("p").build(),
                fact(2, EventKind.DEMO_REQUESTED, MONDAY + 1).product("q").build(),
                fact(3, EventKind.DEMO_REQUESTED, MONDAY + 2).product("p").build(),
                fact(4, EventKind.DEMO_REQUESTED, MONDAY + 3).build(),
                fact(5, EventKind.DEMO_REQUESTED, MONDAY + 4).build());
        assertThat(counted(card)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void everyCountsEach() {
        ScoreCard card = card(
                fact(1, EventKind.MEETING_COMPLETED, MONDAY).asset("m").build(),
                fact(2, EventKind.MEETING_COMPLETED, MONDAY).asset("m").build());
        assertThat(card.raw(MONDAY)).isEqualTo(50);
    }

    @Test
    void maxPerDayCountsTheEarliestOfEachLocalDay() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            facts.add(fact(i, EventKind.PAGE_VIEWED, MONDAY + i).build());
            facts.add(fact(10 + i, EventKind.PAGE_VIEWED, MONDAY + DAY + i).build());
        }
        Collections.reverse(facts);
        assertThat(counted(ScoreBook.evaluate(facts, RULES, BERLIN)))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 10L, 11L, 12L, 13L, 14L);
    }

    @Test
    void aDayEndsAtMidnightOfTheCompanysZone() {
        long midnight = Instant.parse("2026-03-02T23:00:00Z").toEpochMilli();
        ScoreCard card = card(
                fact(1, EventKind.PRICE_LIST_VIEWED, midnight - HOUR).build(),
                fact(2, EventKind.PRICE_LIST_VIEWED, midnight - 1).build(),
                fact(3, EventKind.PRICE_LIST_VIEWED, midnight).build());
        assertThat(counted(card)).containsExactly(1L, 3L);
    }

    @Test
    void aDayOfTwentyThreeHoursIsOneDay() {
        long before = Instant.parse("2026-03-28T23:00:00Z").toEpochMilli();
        long after = Instant.parse("2026-03-29T22:00:00Z").toEpochMilli();
        ScoreCard card = card(
                fact(1, EventKind.PRICE_LIST_VIEWED, before).build(),
                fact(2, EventKind.PRICE_LIST_VIEWED, after - 1).build(),
                fact(3, EventKind.PRICE_LIST_VIEWED, after).build());
        assertThat(counted(card)).containsExactly(1L, 3L);
    }

    @Test
    void mailAndSmsRepliesShareOneLimit() {
        ScoreCard card = card(
                fact(1, EventKind.SMS_REPLIED, MONDAY).build(),
                fact(2, EventKind.EMAIL_REPLIED, MONDAY + 1).build());
        assertThat(counted(card)).containsExactly(1L);
    }

    @Test
    void aLateEarlierFactTakesThePlaceOfTheOneThatCounted() {
        Fact late = fact(2, EventKind.SITE_SIGNED_UP, MONDAY - DAY).build();
        Fact first = fact(1, EventKind.SITE_SIGNED_UP, MONDAY).build();
        assertThat(counted(card(first))).containsExactly(1L);
        assertThat(counted(card(first, late))).containsExactly(2L);
    }

    @Test
    void aRetractionLetsTheNextOneCount() {
        Fact first = fact(1, EventKind.FORM_SUBMITTED, MONDAY).asset("f").build();
        Fact second = fact(2, EventKind.FORM_SUBMITTED, MONDAY + DAY).asset("f").build();
        assertThat(counted(card(first, second))).containsExactly(1L);
        assertThat(counted(card(second))).containsExactly(2L);
    }

    @Test
    void tiesGoByKindThenId() {
        ScoreCard card = card(
                fact(5, EventKind.EMAIL_REPLIED, MONDAY).build(),
                fact(4, EventKind.SMS_REPLIED, MONDAY).build(),
                fact(9, EventKind.NEWSLETTER_SIGNED_UP, MONDAY).build(),
                fact(-9, EventKind.NEWSLETTER_SIGNED_UP, MONDAY).build());
        assertThat(counted(card)).containsExactly(5L, -9L);
    }

    // ---- demo forms -----------------------------------------------------------------------------------------------

    @Test
    void aDemoFormCountsAsTheDemoRequestOnly() {
        ScoreCard card = card(
                fact(1, EventKind.FORM_SUBMITTED, MONDAY).asset("demo").build(),
                fact(2, EventKind.DEMO_REQUESTED, MONDAY).build(),
                fact(3, EventKind.FORM_SUBMITTED, MONDAY + 1).asset("demo").build(),
                fact(4, EventKind.FORM_SUBMITTED, MONDAY + 2).asset("contact").build());
        assertThat(card.entries()).extracting(ScoreEntry::ruleId).containsExactly("demo_requested", "form_submitted");
        assertThat(card.raw(MONDAY)).isEqualTo(50);
        assertThat(card.qualification().orElseThrow().factId()).isEqualTo(1);
    }

    // ---- conditions -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("conditions")
    void aConditionChoosesTheFactsThatHoldIt(FactMatch match, Fact meant, Fact other) {
        assertThat(match.matches(meant)).isTrue();
        assertThat(match.matches(other)).isFalse();
    }

    static List<Arguments> conditions() {
        FactMatch form = FactMatch.of(EventKind.FORM_SUBMITTED);
        Fact plain = fact(1, EventKind.FORM_SUBMITTED, MONDAY).build();
        Fact automatic =
                fact(1, EventKind.FORM_SUBMITTED, MONDAY).automatic(true).build();
        Fact full = fact(1, EventKind.FORM_SUBMITTED, MONDAY)
                .asset("a")
                .campaign("c")
                .attributes(Map.of("k", "v", "other", "x"))
                .build();
        return List.of(
                Arguments.of(form, plain, automatic),
                Arguments.of(form, full, fact(1, EventKind.FORM_VIEWED, MONDAY).build()),
                Arguments.of(
                        form.orAutomatic().withAssets(),
                        automatic,
                        fact(1, EventKind.CALL, MONDAY).build()),
                Arguments.of(form.withAssets("a", "b"), full, plain),
                Arguments.of(
                        form.withAssets("a"),
                        full,
                        fact(1, EventKind.FORM_SUBMITTED, MONDAY).asset("b").build()),
                Arguments.of(form.withCampaigns("c"), full, plain),
                Arguments.of(form.withAttributes(Map.of("k", "v")), full, plain),
                Arguments.of(
                        FactMatch.of(EventKind.CALL).whenConnected(),
                        call(1, Direction.UNKNOWN, true, MONDAY),
                        call(1, Direction.UNKNOWN, false, MONDAY)),
                Arguments.of(
                        FactMatch.of(EventKind.CALL).withDirection(Direction.INBOUND),
                        call(1, Direction.INBOUND, false, MONDAY),
                        call(1, Direction.OUTBOUND, false, MONDAY)));
    }

    @Test
    void actsOfRepsCanBeExcludedButTheirStatementsStillFit() {
        Fact[] facts = {
            fact(1, EventKind.MEETING_COMPLETED, MONDAY).actor("rep").build(),
            fact(2, EventKind.DEMO_REQUESTED, MONDAY + 1).actor("rep").build(),
            fact(3, EventKind.FORM_SUBMITTED, MONDAY + 2).build(),
            fact(4, EventKind.LEAD_UPDATED, MONDAY + 3)
                    .actor("rep")
                    .attributes(Map.of("industry", "software"))
                    .build()
        };
        ScoreRules rules = DEFAULTS.withFitRules(List.of(INDUSTRY));
        assertThat(counted(card(rules, facts))).containsExactly(1L, 2L, 3L, 4L);
        ScoreCard without = card(rules.withExcludeRepActions(true), facts);
        assertThat(counted(without)).containsExactly(3L, 4L);
        assertThat(without.qualification()).isEmpty();
    }

    // ---- fit ------------------------------------------------------------------------------------------------------

    @Test
    void fitIsThatOfTheNewestValueAndItsEntriesAreTheDifferences() {
        ScoreCard card = card(
                DEFAULTS.withFitRules(List.of(INDUSTRY, SIZE)),
                attributes(1, MONDAY, Map.of("industry", "software")),
                attributes(2, MONDAY + DAY, Map.of("industry", "retail", "size", "large")),
                attributes(3, MONDAY + 2 * DAY, Map.of("industry", "retail")),
                attributes(4, MONDAY + 3 * DAY, Map.of("industry", "unknown")));
        assertThat(card.entries())
                .extracting(ScoreEntry::factId, ScoreEntry::ruleId, ScoreEntry::points)
                .containsExactly(
                        tuple(1L, "industry_fit", 15.0),
                        tuple(2L, "industry_fit", -10.0),
                        tuple(2L, "size_fit", 20.0),
                        tuple(4L, "industry_fit", -5.0));
        assertThat(card.raw("fit", MONDAY - 1)).isZero();
        assertThat(card.raw("fit", MONDAY + DAY - 1)).isEqualTo(15);
        assertThat(card.raw("fit", MONDAY + DAY)).isEqualTo(25);
        assertThat(card.raw("fit", MONDAY + 900 * DAY)).isEqualTo(20);
    }

    @Test
    void aLateOlderValueDoesNotReplaceANewerOne() {
        ScoreRules rules = DEFAULTS.withFitRules(List.of(INDUSTRY));
        Fact newer = attributes(1, MONDAY, Map.of("industry", "retail"));
        Fact late = attributes(2, MONDAY - DAY, Map.of("industry", "software"));
        ScoreCard card = card(rules, newer, late);
        assertThat(card.raw("fit", MONDAY - 1)).isEqualTo(15);
        assertThat(card.raw("fit", MONDAY)).isEqualTo(5);
    }

    @Test
    void anAttributeMayComeWithAnAct() {
        ScoreCard card = card(
                DEFAULTS.withFitRules(List.of(INDUSTRY)),
                fact(1, EventKind.FORM_SUBMITTED, MONDAY)
                        .asset("f")
                        .attributes(Map.of("industry", "software"))
                        .build());
        assertThat(card.entries()).extracting(ScoreEntry::ruleId).containsExactly("form_submitted", "industry_fit");
        assertThat(card.score(MONDAY)).isEqualTo(35);
    }

    @Test
    void fitIsCappedBelowWarmHoweverMuchFits() {
        FitRule more = new FitRule("more_fit", "more", Map.of("yes", 90.0), ScoreRules.FIT);
        ScoreCard card = card(
                DEFAULTS.withFitRules(List.of(INDUSTRY, SIZE, more)),
                attributes(1, MONDAY, Map.of("industry", "software", "size", "large", "more", "yes")));
        assertThat(card.raw("fit", MONDAY)).isEqualTo(125);
        assertThat(card.score(MONDAY)).isEqualTo(25);
        assertThat(card.band(MONDAY)).isEqualTo(Band.COLD);
    }

    // ---- clamps ---------------------------------------------------------------------------------------------------

    @Test
    void pageViewsGiveAtMostTwenty() {
        List<Fact> facts = new ArrayList<>();
        for (int day = 0; day < 6; day++) {
            for (int i = 0; i < 5; i++) {
                facts.add(fact(day * 10 + i, EventKind.PAGE_VIEWED, MONDAY + day * DAY)
                        .build());
            }
        }
        ScoreCard card = ScoreBook.evaluate(facts, RULES, BERLIN);
        long at = MONDAY + 5 * DAY;
        double raw = 5 * (1 + w(1) + w(2) + w(3) + w(4) + w(5));
        assertThat(card.raw("page_views", at)).isCloseTo(raw, within(1e-9)).isGreaterThan(20);
        assertThat(card.score(at)).isEqualTo(20);
        assertThat(card.breakdown(at).get(2))
                .satisfies(score -> assertThat(score.raw()).isCloseTo(raw, within(1e-9)))
                .extracting(GroupScore::group, GroupScore::clamped)
                .containsExactly("page_views", 20.0);
    }

    private static double w(int days) {
        return Math.exp(-Math.log(2) * days / 14.0);
    }

    @Test
    void theScoreStaysWithinZeroAndAHundredWhileTheRawSumDoesNot() {
        Fact[] meetings = new Fact[12];
        Arrays.setAll(
                meetings, i -> fact(i, EventKind.MEETING_COMPLETED, MONDAY).build());
        ScoreCard hot = card(meetings);
        assertThat(hot.score(MONDAY)).isEqualTo(100);
        assertThat(hot.raw(MONDAY)).isEqualTo(300);
        ScoreCard cold = card(fact(1, EventKind.EMAIL_UNSUBSCRIBED, MONDAY).build());
        assertThat(cold.score(MONDAY)).isZero();
        assertThat(cold.raw(MONDAY)).isEqualTo(-30);
    }

    @Test
    void unsubscribingIsNeverForgotten() {
        ScoreCard card = card(
                fact(1, EventKind.EMAIL_UNSUBSCRIBED, MONDAY).build(),
                fact(2, EventKind.DEMO_REQUESTED, MONDAY + 400 * DAY).build());
        assertThat(card.score(MONDAY + 400 * DAY)).isEqualTo(20);
    }

    // ---- qualification --------------------------------------------------------------------------------------------

    @Test
    void aLeadIsQualifiedByTheFactThatReachesTheThreshold() {
        ScoreCard card = card(
                fact(1, EventKind.MEETING_COMPLETED, MONDAY).build(),
                fact(2, EventKind.MEETING_COMPLETED, MONDAY).build(),
                fact(3, EventKind.FORM_SUBMITTED, MONDAY).asset("f").build(),
                fact(4, EventKind.MEETING_COMPLETED, MONDAY + DAY).build());
        assertThat(card.qualification())
                .contains(new Qualification(MONDAY, 3, "test/3", "form_submitted", 1, 70, Qualification.Cause.SCORE));
    }

    @Test
    void aDemoRequestQualifiesWhateverTheScore() {
        ScoreCard card = card(
                fact(1, EventKind.EMAIL_UNSUBSCRIBED, MONDAY - DAY).build(),
                fact(2, EventKind.DEMO_REQUESTED, MONDAY).build());
        assertThat(card.qualification())
                .contains(new Qualification(
                        MONDAY, 2, "test/2", "demo_requested", 1, 20, Qualification.Cause.AUTO_QUALIFIED));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"QUOTE_REQUESTED", "CALLBACK_REQUESTED"})
    void otherHandRaisesQualifyWithoutPointsAndStandInTheLedger(EventKind kind) {
        ScoreCard card = card(fact(1, kind, MONDAY).build());
        assertThat(card.score(MONDAY)).isZero();
        assertThat(counted(card)).containsExactly(1L);
        assertThat(card.qualification().orElseThrow().cause()).isEqualTo(Qualification.Cause.AUTO_QUALIFIED);
    }

    @Test
    void aRiseByDecayOfNegativePointsDoesNotQualifyButTheNextPositiveFactDoes() {
        ScoreRules slow = DEFAULTS.withGroups(DEFAULTS.groups().stream()
                        .map(group -> group.name().equals("page_views")
                                ? new ScoreGroup("page_views", group.type(), group.min(), 90, Decay.NONE)
                                : group)
                        .toList())
                .withRules(List.of(
                        rule("page_view", EventKind.PAGE_VIEWED, 75, "page_views"),
                        rule("no_show", EventKind.MEETING_NO_SHOW, -15, "engagement"),
                        rule("mail_opened", EventKind.EMAIL_OPENED, 0.001, "engagement")));
        Fact[] facts = {
            fact(1, EventKind.MEETING_NO_SHOW, MONDAY).build(),
            fact(2, EventKind.PAGE_VIEWED, MONDAY).build()
        };
        ScoreCard card =
                card(slow, fact(1, EventKind.MEETING_NO_SHOW, MONDAY - 1).build(), facts[1]);
        assertThat(card.score(MONDAY)).isCloseTo(60, within(1e-6));
        assertThat(card.band(MONDAY + 60 * DAY)).isEqualTo(Band.HOT);
        assertThat(card.qualification()).isEmpty();
        ScoreCard negative = card(
                slow, facts[1], fact(3, EventKind.MEETING_NO_SHOW, MONDAY + 1).build());
        assertThat(negative.qualification().orElseThrow().factId()).isEqualTo(2);
        ScoreCard next = card(
                slow,
                fact(1, EventKind.MEETING_NO_SHOW, MONDAY - 1).build(),
                facts[1],
                fact(3, EventKind.EMAIL_OPENED, MONDAY + 60 * DAY).build());
        assertThat(next.qualification())
                .hasValueSatisfying(found -> assertThat(found.factId()).isEqualTo(3));
    }

    private static ScoreRule rule(String id, EventKind kind, double points, String group) {
        return new ScoreRule(id, List.of(FactMatch.of(kind)), points, group, Repeat.EVERY, false);
    }

    @Test
    void aNegativeFactDoesNotQualifyThoughTheScoreIsAbove() {
        ScoreRules rules = DEFAULTS.withRules(List.of(
                rule("page_view", EventKind.PAGE_VIEWED, 90, "opt_out"),
                rule("no_show", EventKind.MEETING_NO_SHOW, -30, "engagement"),
                rule("careers_page", EventKind.CAREERS_PAGE_VIEWED, -1, "engagement")));
        ScoreCard card = card(
                rules,
                fact(1, EventKind.MEETING_NO_SHOW, MONDAY - HOUR).build(),
                fact(2, EventKind.PAGE_VIEWED, MONDAY).build(),
                fact(3, EventKind.CAREERS_PAGE_VIEWED, MONDAY + 14 * DAY).build());
        assertThat(card.score(MONDAY + 14 * DAY)).isGreaterThan(70);
        assertThat(card.qualification()).isEmpty();
    }

    @Test
    void aFactThatTakesMoreThanItGivesDoesNotQualifyThoughTheScoreIsAbove() {
        FitRule size = new FitRule("size_fit", "size", Map.of("large", 4.0), ScoreRules.FIT);
        ScoreRules rules = DEFAULTS.withFitRules(List.of(INDUSTRY, size))
                .withRules(List.of(
                        rule("page_view", EventKind.PAGE_VIEWED, 80, "opt_out"),
                        rule("no_show", EventKind.MEETING_NO_SHOW, -30, "engagement")));
        Fact noShow = fact(1, EventKind.MEETING_NO_SHOW, MONDAY).build();
        Fact view = fact(2, EventKind.PAGE_VIEWED, MONDAY + 1)
                .attributes(Map.of("industry", "software"))
                .build();
        Fact less = attributes(3, MONDAY + 60 * DAY, Map.of("industry", "retail", "size", "large"));
        Fact more = attributes(3, MONDAY + 60 * DAY, Map.of("size", "large"));
        ScoreCard taken = card(rules, noShow, view, less);
        assertThat(taken.score(MONDAY + 60 * DAY)).isGreaterThan(80);
        assertThat(taken.qualification()).isEmpty();
        assertThat(card(rules, noShow, view, more).qualification()).isPresent();
    }

    @Test
    void ofFactsAtTheSameTimeTheCanonicalOrderDecides() {
        Fact meeting = fact(1, EventKind.MEETING_COMPLETED, MONDAY).build();
        Fact noShow = fact(2, EventKind.MEETING_NO_SHOW, MONDAY).build();
        Fact demo = fact(3, EventKind.DEMO_HELD, MONDAY).build();
        Fact form = fact(4, EventKind.FORM_SUBMITTED, MONDAY).asset("f").build();
        Fact news = fact(5, EventKind.NEWSLETTER_SIGNED_UP, MONDAY).build();
        Fact site = fact(6, EventKind.SITE_SIGNED_UP, MONDAY).build();
        // 25 - 15 + 25 + 20 + 10 = 65, and 75 with the last.
        assertThat(card(site, news, form, demo, noShow, meeting)
                        .qualification()
                        .orElseThrow()
                        .factId())
                .isEqualTo(6);
    }

    @Test
    void aCorrectionOfTheCauseMovesOrTakesBackTheQualification() {
        Fact first = fact(1, EventKind.DEMO_REQUESTED, MONDAY).product("p").build();
        Fact second =
                fact(2, EventKind.DEMO_REQUESTED, MONDAY + DAY).product("p").build();
        Fact view = fact(3, EventKind.PAGE_VIEWED, MONDAY - DAY).build();
        assertThat(card(view, first, second).qualification().orElseThrow().timeMillis())
                .isEqualTo(MONDAY);
        assertThat(card(view, second).qualification().orElseThrow().timeMillis())
                .isEqualTo(MONDAY + DAY);
        assertThat(card(view).qualification()).isEmpty();
    }

    @Test
    void aLeadStaysQualifiedWhenItCools() {
        ScoreCard card = card(fact(1, EventKind.DEMO_REQUESTED, MONDAY).build());
        assertThat(card.band(MONDAY + 100 * DAY)).isEqualTo(Band.COLD);
        assertThat(card.qualification()).isPresent();
    }

    @Test
    void anAttributeCanReachTheThreshold() {
        ScoreCard card = card(
                DEFAULTS.withFitRules(List.of(SIZE)),
                fact(1, EventKind.MEETING_COMPLETED, MONDAY).build(),
                fact(2, EventKind.DEMO_HELD, MONDAY).build(),
                fact(5, EventKind.EMAIL_CLICKED, MONDAY).asset("m").build(),
                attributes(3, MONDAY + 1, Map.of("size", "large")));
        assertThat(card.qualification())
                .hasValueSatisfying(found -> assertThat(found.ruleId()).isEqualTo("size_fit"));
    }

    // ---- versions -------------------------------------------------------------------------------------------------

    @Test
    void aFactIsScoredWithTheVersionInForceAtItsEventTime() {
        ScoreRules second = DEFAULTS.asVersion(2, MONDAY)
                .withRules(List.of(rule("meeting_held", EventKind.MEETING_COMPLETED, 40, "engagement")))
                .withThresholds(new Thresholds(30, 50, 45));
        RuleTimeline timeline = RuleTimeline.of(List.of(DEFAULTS, second));
        Fact before = fact(1, EventKind.MEETING_COMPLETED, MONDAY - 1).build();
        Fact from = fact(2, EventKind.MEETING_COMPLETED, MONDAY).build();
        Fact dropped = fact(3, EventKind.DEMO_HELD, MONDAY + 1).build();
        ScoreCard card = ScoreBook.evaluate(List.of(from, dropped, before), timeline, BERLIN);
        assertThat(card.entries())
                .extracting(ScoreEntry::factId, ScoreEntry::ruleVersion, ScoreEntry::points)
                .containsExactly(tuple(1L, 1, 25.0), tuple(2L, 2, 40.0));
        assertThat(card.qualification().orElseThrow().ruleVersion()).isEqualTo(2);
        assertThat(card.band(MONDAY)).isEqualTo(Band.HOT);
    }

    @Test
    void aLowerThresholdAloneQualifiesNobody() {
        ScoreRules second = DEFAULTS.asVersion(2, MONDAY + DAY).withThresholds(new Thresholds(26, 50, 30));
        RuleTimeline timeline = RuleTimeline.of(List.of(DEFAULTS, second));
        Fact meeting = fact(1, EventKind.MEETING_COMPLETED, MONDAY).build();
        Fact demo = fact(2, EventKind.DEMO_HELD, MONDAY).build();
        ScoreCard card = ScoreBook.evaluate(List.of(meeting, demo), timeline, BERLIN);
        assertThat(card.score(MONDAY + DAY)).isGreaterThan(40);
        assertThat(card.qualification()).isEmpty();
        Fact view = fact(3, EventKind.PAGE_VIEWED, MONDAY + DAY).build();
        assertThat(ScoreBook.evaluate(List.of(meeting, demo, view), timeline, BERLIN)
                        .qualification())
                .hasValueSatisfying(found -> assertThat(found.factId()).isEqualTo(3));
    }

    @Test
    void aRepeatRuleLooksBackAtWhatEarlierVersionsCounted() {
        ScoreRules second = DEFAULTS.asVersion(2, MONDAY)
                .withRules(List.of(new ScoreRule(
                        "meeting_held",
                        List.of(FactMatch.of(EventKind.MEETING_COMPLETED)),
                        30,
                        "engagement",
                        Repeat.ONCE,
                        false)));
        RuleTimeline timeline = RuleTimeline.of(List.of(DEFAULTS, second));
        Fact before = fact(1, EventKind.MEETING_COMPLETED, MONDAY - 1).build();
        Fact from = fact(2, EventKind.MEETING_COMPLETED, MONDAY).build();
        assertThat(counted(ScoreBook.evaluate(List.of(before, from), timeline, BERLIN)))
                .containsExactly(1L);
        assertThat(counted(ScoreBook.evaluate(List.of(from), timeline, BERLIN))).containsExactly(2L);
    }

    @Test
    void pointsKeepTheDecayOfTheirVersionWhileLimitsAreThoseOfTheTimeOfReading() {
        List<ScoreGroup> quick = DEFAULTS.groups().stream()
                .map(group -> group.name().equals("engagement")
                        ? new ScoreGroup("engagement", group.type(), ScoreGroup.NO_MIN, 40, Decay.halfLife(DAY))
                        : group)
                .toList();
        RuleTimeline timeline = RuleTimeline.of(
                List.of(DEFAULTS, DEFAULTS.asVersion(2, MONDAY + DAY).withGroups(quick)));
        ScoreCard card = ScoreBook.evaluate(
                List.of(
                        fact(1, EventKind.DEMO_REQUESTED, MONDAY).build(),
                        fact(2, EventKind.MEETING_COMPLETED, MONDAY + DAY).build()),
                timeline,
                BERLIN);
        assertThat(card.raw("engagement", MONDAY + HALF_LIFE))
                .isCloseTo(25 + 25 * Math.exp(-Math.log(2) * 13), within(1e-9));
        assertThat(card.score(MONDAY)).isEqualTo(50);
        assertThat(card.score(MONDAY + DAY)).isEqualTo(40);
        assertThat(card.nextBandChangeAfter(MONDAY)).isGreaterThan(MONDAY + DAY);
    }

    @Test
    void aGroupThatANewVersionDropsKeepsItsLastLimits() {
        ScoreRules second = DEFAULTS.asVersion(2, MONDAY + DAY)
                .withGroups(DEFAULTS.groups().subList(0, 2))
                .withRules(List.of(rule("meeting_held", EventKind.MEETING_COMPLETED, 25, "engagement")));
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            facts.add(fact(i, EventKind.PAGE_VIEWED, MONDAY - i * DAY).build());
        }
        for (int i = 30; i < 60; i++) {
            facts.add(fact(i, EventKind.PAGE_VIEWED, MONDAY - (i - 30) * DAY).build());
        }
        ScoreCard card = ScoreBook.evaluate(facts, RuleTimeline.of(List.of(DEFAULTS, second)), BERLIN);
        assertThat(card.raw(MONDAY + DAY)).isGreaterThan(20);
        assertThat(card.score(MONDAY + DAY)).isEqualTo(20);
        assertThat(card.breakdown(MONDAY + DAY))
                .extracting(GroupScore::group)
                .containsExactly("fit", "engagement", "page_views");
    }

    @Test
    void aFitRuleThatANewVersionDropsEndsWhenTheAttributeIsStatedAgain() {
        ScoreRules first = DEFAULTS.withFitRules(List.of(INDUSTRY));
        RuleTimeline timeline = RuleTimeline.of(List.of(first, DEFAULTS.asVersion(2, MONDAY + DAY)));
        ScoreCard card = ScoreBook.evaluate(
                List.of(
                        attributes(1, MONDAY, Map.of("industry", "software")),
                        attributes(2, MONDAY + 2 * DAY, Map.of("size", "large")),
                        attributes(3, MONDAY + 3 * DAY, Map.of("industry", "software"))),
                timeline,
                BERLIN);
        assertThat(card.raw("fit", MONDAY + 2 * DAY)).isEqualTo(15);
        assertThat(card.raw("fit", MONDAY + 3 * DAY)).isZero();
        assertThat(card.entries()).extracting(ScoreEntry::ruleVersion).containsExactly(1, 2);
    }

    @Test
    void twoThousandFactsAreStillExactAtAnyTime() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            facts.add(fact(
                            i,
                            i % 3 == 0 ? EventKind.MEETING_NO_SHOW : EventKind.MEETING_COMPLETED,
                            MONDAY + i * 7_919_993L)
                    .build());
        }
        ScoreCard card = ScoreBook.evaluate(facts, RULES, BERLIN);
        for (long at : new long[] {MONDAY + HOUR, MONDAY + 80 * DAY, MONDAY + 183 * DAY, MONDAY + 900 * DAY}) {
            double batch = 0;
            for (Fact fact : facts) {
                if (fact.timeMillis() <= at) {
                    double points = fact.kind() == EventKind.MEETING_NO_SHOW ? -15 : 25;
                    batch += points * Math.exp(-Math.log(2) * (at - fact.timeMillis()) / HALF_LIFE);
                }
            }
            assertThat(card.raw(at)).isCloseTo(batch, within(1e-9));
        }
    }
}
