package io.leadpulse.domain.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreCardTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ScoreRules DEFAULTS = ScoreRules.defaults();
    private static final long MONDAY = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HALF_LIFE = ScoreRules.DEFAULT_HALF_LIFE_MILLIS;

    private static Fact fact(long id, EventKind kind, long timeMillis) {
        return Fact.of(id, "test/" + id, timeMillis, kind);
    }

    private static ScoreCard card(ScoreRules rules, Fact... facts) {
        return ScoreBook.evaluate(List.of(facts), RuleTimeline.of(rules), BERLIN);
    }

    private static ScoreGroup group(String name, double max, Decay decay) {
        return new ScoreGroup(name, ScoreGroup.Type.ENGAGEMENT, ScoreGroup.NO_MIN, max, decay);
    }

    private static ScoreRule rule(EventKind kind, double points, String group) {
        return new ScoreRule(kind.wireName(), List.of(FactMatch.of(kind)), points, group, Repeat.EVERY, false);
    }

    private static ScoreRules rules(List<ScoreGroup> groups, ScoreRule... rules) {
        return DEFAULTS.withGroups(groups).withRules(List.of(rules));
    }

    // ---- decay ----------------------------------------------------------------------------------------------------

    @Test
    void pointsHalveEveryHalfLifeAndDoNotCountBeforeTheirTime() {
        ScoreCard card = card(DEFAULTS, fact(1, EventKind.DEMO_REQUESTED, MONDAY));
        assertThat(card.raw(MONDAY - 1)).isZero();
        assertThat(card.raw(MONDAY)).isEqualTo(50);
        assertThat(card.raw(MONDAY + HALF_LIFE)).isEqualTo(25);
        assertThat(card.raw(MONDAY + 3 * HALF_LIFE)).isEqualTo(6.25);
        assertThat(card.raw(MONDAY + HALF_LIFE / 2)).isCloseTo(35.35533905932738, within(1e-12));
        assertThat(card.raw(Long.MAX_VALUE - 1)).isZero();
    }

    @Test
    void windowPointsEndAtLocalMidnight() {
        ScoreRules rules =
                rules(List.of(group("recent", 100, Decay.window(3))), rule(EventKind.MEETING_COMPLETED, 25, "recent"));
        ScoreCard card = card(rules, fact(1, EventKind.MEETING_COMPLETED, MONDAY));
        long end = Instant.parse("2026-03-04T23:00:00Z").toEpochMilli();
        assertThat(card.raw(MONDAY - 1)).isZero();
        assertThat(card.raw(end - 1)).isEqualTo(25);
        assertThat(card.raw(end)).isZero();
        assertThat(card.points(card.entries().get(0), end - 1)).isEqualTo(25);
        assertThat(card.points(card.entries().get(0), end)).isZero();
    }

    @Test
    void aWindowOverTheClockChangeEndsAtLocalMidnightToo() {
        Decay.Window window = new Decay.Window(2);
        long saturday = Instant.parse("2026-03-28T12:00:00Z").toEpochMilli();
        assertThat(window.endMillis(saturday, BERLIN))
                .isEqualTo(Instant.parse("2026-03-29T22:00:00Z").toEpochMilli());
    }

    @Test
    void whereClocksAreSetBackOverMidnightPointsEndOnceAndForAll() {
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        // On 2010-11-07 at 00:01 clocks went back to 23:01 of the day before: its midnight came twice.
        long sunday = Instant.parse("2010-11-07T02:30:30Z").toEpochMilli();
        long saturdayAgain = Instant.parse("2010-11-07T03:00:00Z").toEpochMilli();
        long secondMidnight = Instant.parse("2010-11-07T03:30:00Z").toEpochMilli();
        long monday = Instant.parse("2010-11-08T03:30:00Z").toEpochMilli();
        ScoreRules rules = rules(
                List.of(group("recent", 100, Decay.window(1))),
                rule(EventKind.PAGE_VIEWED, 40, "recent"),
                rule(EventKind.MEETING_COMPLETED, 25, "recent"));
        ScoreCard card = ScoreBook.evaluate(
                List.of(fact(1, EventKind.MEETING_COMPLETED, sunday), fact(2, EventKind.PAGE_VIEWED, saturdayAgain)),
                RuleTimeline.of(rules),
                stJohns);
        assertThat(card.raw(sunday)).isEqualTo(25);
        assertThat(card.raw(saturdayAgain)).isEqualTo(65);
        assertThat(card.raw(secondMidnight - 1)).isEqualTo(65);
        assertThat(card.raw(secondMidnight)).isEqualTo(25);
        assertThat(card.raw(monday - 1)).isEqualTo(25);
        assertThat(card.raw(monday)).isZero();
    }

    @Test
    void momentumIsTheChangeOfTheRawSum() {
        ScoreCard card = card(
                DEFAULTS,
                fact(1, EventKind.DEMO_REQUESTED, MONDAY - 14 * DAY),
                fact(2, EventKind.MEETING_COMPLETED, MONDAY));
        assertThat(card.momentum(MONDAY, ScoreCard.WEEK_MILLIS)).isCloseTo(50 - 35.35533905932738, within(1e-9));
        assertThat(card.momentum(MONDAY, ScoreCard.DAY_MILLIS))
                .isCloseTo(50 - 50 * Math.exp(-Math.log(2) * 13 / 14), within(1e-9));
    }

    @Test
    void productInterestIsDecayedPointsByProduct() {
        ScoreCard card = card(
                DEFAULTS,
                Fact.builder(1, "test/1", MONDAY, EventKind.DEMO_REQUESTED)
                        .product("p")
                        .build(),
                Fact.builder(2, "test/2", MONDAY, EventKind.ASSET_DOWNLOADED)
                        .asset("a")
                        .product("q")
                        .build(),
                Fact.builder(3, "test/3", MONDAY + HALF_LIFE, EventKind.MEETING_COMPLETED)
                        .product("q")
                        .build(),
                fact(4, EventKind.NEWSLETTER_SIGNED_UP, MONDAY));
        assertThat(card.productInterest(MONDAY)).isEqualTo(Map.of("p", 50.0, "q", 5.0));
        assertThat(card.productInterest(MONDAY + HALF_LIFE)).isEqualTo(Map.of("p", 25.0, "q", 27.5));
        assertThat(card.productInterest(MONDAY - 1)).isEmpty();
    }

    // ---- next band change -----------------------------------------------------------------------------------------

    /** Expected: t0 + h * log2(S / (threshold - 1e-9)), computed with 50 digits and rounded up. */
    @ParameterizedTest
    @CsvSource({
        "75, HOT, 120398351",
        "50, WARM, 891433583",
    })
    void aSingleSumCrossesAtTheMillisecondOfTheFormula(double points, Band band, long expectedAgeMillis) {
        ScoreRules rules = rules(
                List.of(group("engagement", ScoreGroup.NO_MAX, Decay.halfLife(HALF_LIFE))),
                rule(EventKind.DEMO_REQUESTED, points, "engagement"));
        ScoreCard card = card(rules, fact(1, EventKind.DEMO_REQUESTED, MONDAY));
        assertThat(card.band(MONDAY)).isEqualTo(band);
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + expectedAgeMillis);
    }

    @Test
    void aHotLeadGoesWarmThenColdThenNeverChanges() {
        ScoreCard card =
                card(DEFAULTS, fact(1, EventKind.DEMO_REQUESTED, MONDAY), fact(2, EventKind.MEETING_COMPLETED, MONDAY));
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + 120_398_351L);
        assertThat(card.nextBandChangeAfter(MONDAY + 120_398_351L)).isEqualTo(MONDAY + 1_599_004_224L);
        assertThat(card.nextBandChangeAfter(MONDAY + 1_599_004_224L)).isEqualTo(ScoreCard.NEVER);
    }

    @Test
    void constantFitShiftsTheCrossing() {
        FitRule fit = new FitRule("size_fit", "size", Map.of("large", 20.0), ScoreRules.FIT);
        ScoreRules rules = rules(DEFAULTS.groups(), rule(EventKind.DEMO_REQUESTED, 60, "engagement"))
                .withFitRules(List.of(fit));
        ScoreCard card = card(
                rules,
                Fact.builder(1, "test/1", MONDAY, EventKind.DEMO_REQUESTED)
                        .attributes(Map.of("size", "large"))
                        .build());
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + 318_166_418L);
    }

    @Test
    void negativePointsThatDecayWarmALead() {
        ScoreRules rules = rules(
                List.of(group("kept", 100, Decay.NONE), group("decaying", 100, Decay.halfLife(DAY))),
                rule(EventKind.PAGE_VIEWED, 40, "kept"),
                rule(EventKind.MEETING_NO_SHOW, -40, "decaying"));
        ScoreCard card =
                card(rules, fact(1, EventKind.PAGE_VIEWED, MONDAY), fact(2, EventKind.MEETING_NO_SHOW, MONDAY));
        assertThat(card.band(MONDAY)).isEqualTo(Band.COLD);
        // 40 - 40 * 2^-2 = 30; one tolerance before, 1e-9 * h / (10 ln 2) = 0.01 ms, still rounds up to it.
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + 2 * DAY);
        assertThat(card.nextBandChangeAfter(MONDAY + 2 * DAY)).isEqualTo(ScoreCard.NEVER);
    }

    @Test
    void aCappedGroupWaitsUntilItIsBelowItsCap() {
        ScoreRules rules =
                rules(List.of(group("capped", 40, Decay.halfLife(DAY))), rule(EventKind.PAGE_VIEWED, 120, "capped"));
        ScoreCard card = card(rules, fact(1, EventKind.PAGE_VIEWED, MONDAY));
        assertThat(card.score(MONDAY)).isEqualTo(40);
        // 120 * 2^-2 = 30, which still reaches warm; the next millisecond does not.
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + 2 * DAY + 1);
    }

    @Test
    void aGroupAtItsLeastMayRiseLaterWhileAnotherFalls() {
        ScoreRules rules = rules(
                List.of(
                        group("falling", 100, Decay.halfLife(HALF_LIFE)),
                        new ScoreGroup("held", ScoreGroup.Type.ENGAGEMENT, -20, 100, Decay.halfLife(6 * HOUR))),
                rule(EventKind.PAGE_VIEWED, 45, "falling"),
                rule(EventKind.MEETING_NO_SHOW, -100, "held"));
        ScoreCard card =
                card(rules, fact(1, EventKind.PAGE_VIEWED, MONDAY), fact(2, EventKind.MEETING_NO_SHOW, MONDAY));
        assertThat(card.score(MONDAY)).isEqualTo(25);
        long up = card.nextBandChangeAfter(MONDAY);
        assertThat(up).isBetween(MONDAY + 14 * HOUR, MONDAY + 24 * HOUR);
        assertThat(card.band(up - 1)).isEqualTo(Band.COLD);
        assertThat(card.band(up)).isEqualTo(Band.WARM);
        assertThat(card.band(card.nextBandChangeAfter(up))).isEqualTo(Band.COLD);
    }

    @Test
    void theEndOfAWindowIsACrossing() {
        ScoreRules rules = rules(
                List.of(group("recent", 100, Decay.window(1)), group("down", 100, Decay.window(2))),
                rule(EventKind.PAGE_VIEWED, 40, "recent"),
                rule(EventKind.MEETING_COMPLETED, 35, "down"),
                rule(EventKind.MEETING_NO_SHOW, -20, "recent"));
        ScoreCard card = card(
                rules, fact(1, EventKind.MEETING_NO_SHOW, MONDAY), fact(2, EventKind.MEETING_COMPLETED, MONDAY + HOUR));
        long midnight = Instant.parse("2026-03-02T23:00:00Z").toEpochMilli();
        assertThat(card.band(MONDAY + HOUR)).isEqualTo(Band.COLD);
        assertThat(card.nextBandChangeAfter(MONDAY + HOUR)).isEqualTo(midnight);
        assertThat(card.nextBandChangeAfter(midnight)).isEqualTo(midnight + DAY);
        assertThat(card.nextBandChangeAfter(midnight + DAY)).isEqualTo(ScoreCard.NEVER);
    }

    @Test
    void aRiseAndFallOfASplitSecondIsNotSteppedOver() {
        ScoreRules rules = rules(
                List.of(
                        group("slow", ScoreGroup.NO_MAX, Decay.halfLife(HALF_LIFE)),
                        group("quick", ScoreGroup.NO_MAX, Decay.halfLife(DAY))),
                rule(EventKind.MEETING_COMPLETED, 90, "slow"),
                rule(EventKind.MEETING_NO_SHOW, -60, "quick"));
        Fact[] facts = {fact(1, EventKind.MEETING_COMPLETED, MONDAY), fact(2, EventKind.MEETING_NO_SHOW, MONDAY)};
        double peak = peak(card(rules, facts));
        ScoreCard touching = card(rules.withThresholds(new Thresholds(peak - 1e-7, 99, 99)), facts);
        assertThat(touching.band(MONDAY)).isEqualTo(Band.COLD);
        long up = touching.nextBandChangeAfter(MONDAY);
        long down = touching.nextBandChangeAfter(up);
        assertThat(touching.band(up)).isEqualTo(Band.WARM);
        assertThat(touching.band(up - 1)).isEqualTo(Band.COLD);
        assertThat(down - up).isBetween(1L, 10 * 60_000L);
        assertThat(touching.nextBandChangeAfter(down)).isEqualTo(ScoreCard.NEVER);
        ScoreCard missing = card(rules.withThresholds(new Thresholds(peak + 2e-9, 99, 99)), facts);
        assertThat(missing.nextBandChangeAfter(MONDAY)).isEqualTo(ScoreCard.NEVER);
    }

    private static double peak(ScoreCard card) {
        long low = MONDAY;
        long high = MONDAY + HALF_LIFE;
        while (high - low > 2) {
            long third = (high - low) / 3;
            if (card.score(low + third) < card.score(high - third)) {
                low += third;
            } else {
                high -= third;
            }
        }
        return card.score(low);
    }

    @Test
    void oppositePointsThatCancelStandStill() {
        ScoreRules rules = rules(
                List.of(
                        group("kept", 100, Decay.NONE),
                        group("up", ScoreGroup.NO_MAX, Decay.halfLife(HALF_LIFE)),
                        group("down", ScoreGroup.NO_MAX, Decay.halfLife(HALF_LIFE))),
                rule(EventKind.PAGE_VIEWED, 30, "kept"),
                rule(EventKind.MEETING_COMPLETED, 50, "up"),
                rule(EventKind.MEETING_NO_SHOW, -50, "down"));
        ScoreCard card = card(
                rules,
                fact(1, EventKind.PAGE_VIEWED, MONDAY),
                fact(2, EventKind.MEETING_COMPLETED, MONDAY),
                fact(3, EventKind.MEETING_NO_SHOW, MONDAY));
        assertThat(card.band(MONDAY)).isEqualTo(Band.WARM);
        assertThat(card.nextBandChangeAfter(MONDAY)).isEqualTo(ScoreCard.NEVER);
    }

    @Test
    void laterFactsOfTheCardAndNewRulesAreBandChangesToo() {
        ScoreRules second = DEFAULTS.asVersion(2, MONDAY + 2 * DAY).withThresholds(new Thresholds(45, 50, 70));
        ScoreCard card = ScoreBook.evaluate(
                List.of(fact(1, EventKind.DEMO_REQUESTED, MONDAY)), RuleTimeline.of(List.of(DEFAULTS, second)), BERLIN);
        assertThat(card.nextBandChangeAfter(MONDAY - DAY)).isEqualTo(MONDAY);
        assertThat(card.nextBandChangeAfter(MONDAY))
                .isGreaterThan(MONDAY + 2 * DAY)
                .isEqualTo(card.nextBandChangeAfter(MONDAY + 2 * DAY));
        ScoreRules stricter = DEFAULTS.asVersion(2, MONDAY + 2 * DAY).withThresholds(new Thresholds(49, 60, 70));
        ScoreCard colder = ScoreBook.evaluate(
                List.of(fact(1, EventKind.DEMO_REQUESTED, MONDAY)),
                RuleTimeline.of(List.of(DEFAULTS, stricter)),
                BERLIN);
        assertThat(colder.nextBandChangeAfter(MONDAY)).isEqualTo(MONDAY + 2 * DAY);
    }

    @Test
    void aScoreReachesAThresholdWithinTheTolerance() {
        Thresholds thresholds = Thresholds.DEFAULT;
        assertThat(thresholds.band(30 - 0.9e-9)).isEqualTo(Band.WARM);
        assertThat(thresholds.band(30 - 1.1e-9)).isEqualTo(Band.COLD);
        assertThat(thresholds.band(70 - 0.9e-9)).isEqualTo(Band.HOT);
        assertThat(thresholds.qualifies(70 - 0.9e-9)).isTrue();
        assertThat(thresholds.qualifies(70 - 1.1e-9)).isFalse();
    }
}
