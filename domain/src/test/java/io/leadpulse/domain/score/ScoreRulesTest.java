package io.leadpulse.domain.score;

import static io.leadpulse.domain.event.EventKind.CALL;
import static io.leadpulse.domain.event.EventKind.DEAL_WON;
import static io.leadpulse.domain.event.EventKind.EMAIL_OPENED;
import static io.leadpulse.domain.event.EventKind.FORM_SUBMITTED;
import static io.leadpulse.domain.event.EventKind.PAGE_VIEWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.event.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreRulesTest {

    private static final ScoreRules DEFAULTS = ScoreRules.defaults();
    private static final ScoreGroup ENGAGEMENT =
            new ScoreGroup("engagement", ScoreGroup.Type.ENGAGEMENT, ScoreGroup.NO_MIN, ScoreGroup.NO_MAX, Decay.NONE);
    private static final FitRule FIT = new FitRule("industry_fit", "industry", Map.of("software", 10.0), "fit");

    @Test
    void theDefaultsHaveNoProblems() {
        assertThat(DEFAULTS.problems()).isEmpty();
        assertThat(DEFAULTS.withFitRules(List.of(FIT)).problems()).isEmpty();
    }

    @Test
    void theDefaultPointsAndRepeatRulesAreThePublishedOnes() {
        assertThat(DEFAULTS.rules().stream()
                        .map(rule -> rule.id() + " " + rule.points() + " " + rule.group() + " "
                                + rule.repeat().kind() + " " + rule.repeat().maxPerDay()
                                + (rule.autoQualifies() ? " qualifies" : "")))
                .containsExactlyInAnyOrder(
                        "page_view 1.0 page_views MAX_PER_DAY 5",
                        "careers_page -10.0 engagement ONCE 0",
                        "mail_opened 1.0 engagement ONCE_PER_ASSET 0",
                        "link_clicked 3.0 engagement ONCE_PER_ASSET 0",
                        "download 5.0 engagement ONCE_PER_ASSET 0",
                        "social_action 3.0 engagement MAX_PER_DAY 3",
                        "event_visited 10.0 engagement ONCE_PER_ASSET 0",
                        "newsletter_sign_up 10.0 engagement ONCE 0",
                        "site_sign_up 10.0 engagement ONCE 0",
                        "price_list_viewed 10.0 engagement MAX_PER_DAY 1",
                        "form_submitted 20.0 engagement ONCE_PER_ASSET 0",
                        "replied 15.0 engagement MAX_PER_DAY 1",
                        "inbound_call 15.0 engagement MAX_PER_DAY 1",
                        "outbound_call_connected 5.0 engagement MAX_PER_DAY 1",
                        "meeting_held 25.0 engagement EVERY 0",
                        "demo_held 25.0 engagement EVERY 0",
                        "demo_requested 50.0 engagement ONCE_PER_PRODUCT 0 qualifies",
                        "quote_requested 0.0 engagement ONCE_PER_PRODUCT 0 qualifies",
                        "callback_requested 0.0 engagement ONCE_PER_PRODUCT 0 qualifies",
                        "no_show -15.0 engagement EVERY 0",
                        "unsubscribed -30.0 opt_out ONCE 0");
    }

    @Test
    void theDefaultGroupsAndThresholdsAreThePublishedOnes() {
        Decay fourteenDays = Decay.halfLife(1_209_600_000L);
        assertThat(DEFAULTS.groups())
                .containsExactly(
                        new ScoreGroup("fit", ScoreGroup.Type.FIT, ScoreGroup.NO_MIN, 25, Decay.NONE),
                        engagement("engagement", ScoreGroup.NO_MIN, ScoreGroup.NO_MAX, fourteenDays),
                        engagement("page_views", ScoreGroup.NO_MIN, 20, fourteenDays),
                        engagement("opt_out", ScoreGroup.NO_MIN, ScoreGroup.NO_MAX, Decay.NONE));
        assertThat(DEFAULTS.thresholds()).isEqualTo(new Thresholds(30, 70, 70));
        assertThat(DEFAULTS.totalMin()).isZero();
        assertThat(DEFAULTS.totalMax()).isEqualTo(100);
        assertThat(DEFAULTS.excludeRepActions()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void aBadSettingIsNamedWithItsValue(ScoreRules rules, String key, String value) {
        assertThat(rules.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.allowed()).isNotBlank())
                .extracting(RuleProblem::key, RuleProblem::value)
                .containsExactly(key, value);
    }

    static List<Arguments> badRules() {
        return List.of(
                bad(DEFAULTS.asVersion(0, 0), "version", "0"),
                bad(groups(engagement("", 0, 0, Decay.NONE)), "groups[4].name", ""),
                bad(groups(engagement(null, 0, 0, Decay.NONE)), "groups[4].name", "null"),
                bad(groups(engagement("Big", 0, 0, Decay.NONE)), "groups.Big.name", "Big"),
                bad(groups(engagement("page_views", 0, 0, Decay.NONE)), "groups.page_views.name", "page_views"),
                bad(groups(engagement("more", 1, 5, Decay.NONE)), "groups.more.min", "1.0"),
                bad(groups(engagement("more", Double.NaN, 5, Decay.NONE)), "groups.more.min", "NaN"),
                bad(groups(engagement("more", 0, -5, Decay.NONE)), "groups.more.max", "-5.0"),
                bad(groups(engagement("more", 0, 5, null)), "groups.more.decay", "null"),
                bad(groups(engagement("more", 0, 5, Decay.halfLife(0))), "groups.more.decay", "0 ms"),
                bad(groups(engagement("more", 0, 5, Decay.halfLife(-1))), "groups.more.decay", "-1 ms"),
                bad(groups(engagement("more", 0, 5, Decay.window(0))), "groups.more.decay", "0 days"),
                bad(groups(new ScoreGroup("more", null, 0, 5, Decay.NONE)), "groups.more.type", "null"),
                bad(
                        groups(new ScoreGroup("more", ScoreGroup.Type.FIT, 0, 1, Decay.window(3))),
                        "groups.more.decay",
                        "Window[days=3]"),
                bad(
                        groups(new ScoreGroup("more", ScoreGroup.Type.FIT, 0, 5, Decay.NONE)),
                        "groups.fit.max + groups.more.max",
                        "30.0"),
                bad(rule("", 1, "engagement", Repeat.ONCE, FactMatch.of(CALL)), "rules[0].id", ""),
                bad(rule("x", Double.NaN, "engagement", Repeat.ONCE, FactMatch.of(CALL)), "rules.x.points", "NaN"),
                bad(rule("x", 1_001, "engagement", Repeat.ONCE, FactMatch.of(CALL)), "rules.x.points", "1001.0"),
                bad(rule("x", 1, "nowhere", Repeat.ONCE, FactMatch.of(CALL)), "rules.x.group", "nowhere"),
                bad(rule("x", 1, "fit", Repeat.ONCE, FactMatch.of(CALL)), "rules.x.group", "fit"),
                bad(rule("x", 1, null, Repeat.ONCE, FactMatch.of(CALL)), "rules.x.group", "null"),
                bad(rule("x", 1, "engagement", null, FactMatch.of(CALL)), "rules.x.repeat", "null"),
                bad(
                        rule("x", 1, "engagement", Repeat.maxPerDay(0), FactMatch.of(CALL)),
                        "rules.x.repeat.max-per-day",
                        "0"),
                bad(rule("x", 1, "engagement", Repeat.ONCE), "rules.x.matches", "none"),
                bad(
                        rule("x", 1, "engagement", Repeat.ONCE, FactMatch.of(DEAL_WON)),
                        "rules.x.matches[0].kind",
                        "deal_won"),
                bad(rule("x", 1, "engagement", Repeat.ONCE, FactMatch.of(null)), "rules.x.matches[0].kind", "null"),
                bad(
                        rule(
                                "x",
                                1,
                                "engagement",
                                Repeat.ONCE,
                                FactMatch.of(EMAIL_OPENED).orAutomatic()),
                        "rules.x.matches[0].automatic",
                        "true"),
                bad(DEFAULTS.withFitRules(List.of(FIT, FIT)), "fit.industry_fit.id", "industry_fit"),
                bad(fit(new FitRule("page_view", "a", Map.of("v", 1.0), "fit")), "fit.page_view.id", "page_view"),
                bad(fit(new FitRule("f", " ", Map.of("v", 1.0), "fit")), "fit.f.attribute", " "),
                bad(fit(new FitRule("f", "a", Map.of(), "fit")), "fit.f.points", "none"),
                bad(
                        fit(new FitRule("f", "a", Map.of("v", Double.POSITIVE_INFINITY), "fit")),
                        "fit.f.points.v",
                        "Infinity"),
                bad(fit(new FitRule("f", "a", Map.of("v", 1.0), "engagement")), "fit.f.group", "engagement"),
                bad(DEFAULTS.withThresholds(null), "thresholds", "null"),
                bad(DEFAULTS.withThresholds(new Thresholds(70, 70, 70)), "thresholds.hot", "70.0"),
                bad(DEFAULTS.withThresholds(new Thresholds(30, 101, 70)), "thresholds.hot", "101.0"),
                bad(DEFAULTS.withThresholds(new Thresholds(30, 70, Double.NaN)), "thresholds.mql", "NaN"),
                bad(DEFAULTS.withThresholds(new Thresholds(20, 70, 70)), "thresholds.warm", "20.0"));
    }

    @Test
    void aRuleBehindOneThatTakesAllItsFactsIsRefused() {
        ScoreRule all = new ScoreRule(
                "all_forms", List.of(FactMatch.of(FORM_SUBMITTED)), 20, "engagement", Repeat.EVERY, false);
        ScoreRule dead = new ScoreRule(
                "demo_form",
                List.of(FactMatch.of(PAGE_VIEWED), FactMatch.of(FORM_SUBMITTED).withAssets("demo")),
                50,
                "engagement",
                Repeat.EVERY,
                false);
        assertThat(DEFAULTS.withRules(List.of(dead, all)).problems()).isEmpty();
        assertThat(DEFAULTS.withRules(List.of(all, dead)).problems())
                .singleElement()
                .extracting(RuleProblem::key, RuleProblem::value, RuleProblem::allowed)
                .containsExactly(
                        "rules.demo_form.matches[1]",
                        "form_submitted",
                        "what no earlier rule takes first; rule all_forms does");
    }

    @Test
    void aNarrowerRuleBeforeAWiderOneHidesNothing() {
        List<FactMatch> narrowing = List.of(
                FactMatch.of(CALL).withDirection(Direction.INBOUND),
                FactMatch.of(CALL).whenConnected(),
                FactMatch.of(CALL).withAssets("a"),
                FactMatch.of(CALL).withCampaigns("c"),
                FactMatch.of(CALL).withAttributes(Map.of("k", "v")),
                FactMatch.of(CALL),
                FactMatch.of(CALL).orAutomatic());
        for (int i = 0; i < narrowing.size(); i++) {
            for (FactMatch later : narrowing.subList(i + 1, narrowing.size())) {
                assertThat(narrowing.get(i).covers(later)).isFalse();
            }
        }
        assertThat(FactMatch.of(CALL).orAutomatic().covers(FactMatch.of(CALL))).isTrue();
        assertThat(FactMatch.of(CALL)
                        .withAssets("a", "b")
                        .covers(FactMatch.of(CALL).withAssets("a")))
                .isTrue();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        ScoreRules rules = new ScoreRules(
                0,
                0,
                List.of(engagement("a", 1, -1, null)),
                List.of(new ScoreRule("r", List.of(), Double.NaN, "b", null, false)),
                List.of(new FitRule(null, null, Map.of(), null)),
                new Thresholds(-1, -2, -3),
                1,
                0,
                false);
        assertThat(rules.problems())
                .extracting(RuleProblem::key)
                .containsExactly(
                        "version",
                        "groups.a.min",
                        "groups.a.max",
                        "groups.a.decay",
                        "rules.r.points",
                        "rules.r.group",
                        "rules.r.repeat",
                        "rules.r.matches",
                        "fit[0].id",
                        "fit[0].attribute",
                        "fit[0].points",
                        "fit[0].group",
                        "total.min",
                        "total.max",
                        "thresholds.warm",
                        "thresholds.hot",
                        "thresholds.mql");
    }

    @Test
    void aTimelineRefusesVersionsThatDoNotFitTogether() {
        ScoreRules first = DEFAULTS.withFitRules(List.of(FIT));
        ScoreRules second = DEFAULTS.asVersion(1, ScoreRules.FROM_THE_BEGINNING)
                .withGroups(List.of(
                        new ScoreGroup("fit", ScoreGroup.Type.ENGAGEMENT, -5, 5, Decay.NONE),
                        new ScoreGroup("engagement", ScoreGroup.Type.ENGAGEMENT, -5, 5, Decay.NONE),
                        new ScoreGroup("page_views", ScoreGroup.Type.ENGAGEMENT, -5, 5, Decay.NONE),
                        new ScoreGroup("opt_out", ScoreGroup.Type.ENGAGEMENT, -5, 5, Decay.NONE),
                        new ScoreGroup("other_fit", ScoreGroup.Type.FIT, -5, 5, Decay.NONE)))
                .withFitRules(List.of(new FitRule("industry_fit", "size", Map.of("large", 1.0), "other_fit")));
        assertThat(RuleTimeline.problems(List.of(first, second)))
                .extracting(RuleProblem::key)
                .containsExactly(
                        "versions.1.version",
                        "versions.1.effective_from",
                        "versions.1.groups.fit.type",
                        "versions.1.fit.industry_fit.group",
                        "versions.1.fit.industry_fit.attribute");
        assertThatThrownBy(() -> RuleTimeline.of(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("versions.1.version = 1")
                .hasMessageContaining("versions.1.effective_from");
        assertThat(RuleTimeline.problems(List.of())).hasSize(1);
    }

    @Test
    void theFirstVersionCoversAllTimeBeforeIt() {
        ScoreRules first = DEFAULTS.asVersion(7, 1_000);
        ScoreRules second = DEFAULTS.asVersion(3, 2_000);
        RuleTimeline timeline = RuleTimeline.of(List.of(second, first));
        assertThat(timeline.versions()).containsExactly(first, second);
        assertThat(timeline.at(Long.MIN_VALUE).version()).isEqualTo(7);
        assertThat(timeline.at(1_999).version()).isEqualTo(7);
        assertThat(timeline.at(2_000).version()).isEqualTo(3);
    }

    private static Arguments bad(ScoreRules rules, String key, String value) {
        return Arguments.of(rules, key, value);
    }

    private static ScoreGroup engagement(String name, double min, double max, Decay decay) {
        return new ScoreGroup(name, ENGAGEMENT.type(), min, max, decay);
    }

    private static ScoreRules groups(ScoreGroup more) {
        List<ScoreGroup> groups = new ArrayList<>(DEFAULTS.groups());
        groups.add(more);
        return DEFAULTS.withGroups(groups);
    }

    private static ScoreRules rule(String id, double points, String group, Repeat repeat, FactMatch... matches) {
        return DEFAULTS.withRules(List.of(new ScoreRule(id, Arrays.asList(matches), points, group, repeat, false)));
    }

    private static ScoreRules fit(FitRule rule) {
        return DEFAULTS.withFitRules(List.of(rule));
    }
}
