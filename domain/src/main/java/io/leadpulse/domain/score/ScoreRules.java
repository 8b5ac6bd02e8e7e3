package io.leadpulse.domain.score;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import java.io.Serializable;
import java.util.List;

/**
 * One version of the rules of the score. It may hold anything; {@link #problems()} says what is wrong with it, and
 * {@link RuleTimeline} takes only versions without problems.
 *
 * @param version number of the version, from 1; a ledger entry names it
 * @param effectiveFromMillis from when on, by event time, facts are scored with it; the first version of a timeline
 *     also covers all time before
 * @param groups the groups of points
 * @param rules points for acts, first match first
 * @param fitRules points for attributes
 * @param thresholds bands and marketing-qualified
 * @param totalMin the least score
 * @param totalMax the greatest score
 * @param excludeRepActions whether acts that name a rep as actor give no points and do not qualify, so that nobody
 *     heats his own leads; attributes count whoever states them
 */
public record ScoreRules(
        int version,
        long effectiveFromMillis,
        List<ScoreGroup> groups,
        List<ScoreRule> rules,
        List<FitRule> fitRules,
        Thresholds thresholds,
        double totalMin,
        double totalMax,
        boolean excludeRepActions)
        implements Serializable {

    /** In force from the beginning of time. */
    public static final long FROM_THE_BEGINNING = Long.MIN_VALUE;

    /** Half-life of engagement unless configured: 14 days. */
    public static final long DEFAULT_HALF_LIFE_MILLIS = 14 * 86_400_000L;

    /** Cap of fit unless configured: below warm, since fit alone never warms. */
    public static final double DEFAULT_FIT_MAX = 25;

    /** Cap of page views unless configured. */
    public static final double DEFAULT_PAGE_VIEWS_MAX = 20;

    /** Name of the default group of attributes. */
    public static final String FIT = "fit";

    /** Name of the default group of acts. */
    public static final String ENGAGEMENT = "engagement";

    /** Name of the default group of page views, which has a cap of its own. */
    public static final String PAGE_VIEWS = "page_views";

    /** Name of the default group of what is never forgotten. */
    public static final String OPT_OUT = "opt_out";

    /** Asset of a submitted form that is a request for a demo, unless configured. */
    public static final String DEMO_FORM = "demo";

    public ScoreRules {
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
        fitRules = List.copyOf(fitRules);
    }

    /**
     * Version 1 unless configured: the points, repeat rules, groups and thresholds of "how this is counted".
     *
     * <p>Requests for a quote and for a call-back have no points of their own but qualify, as hand-raised acts do. A
     * submitted form whose asset is {@link #DEMO_FORM} is taken by {@code demo_requested}, which stands before
     * {@code form_submitted}; a demo request told as both events of one product counts once, by that rule's repeat
     * rule. There are no fit rules until somebody says which attributes fit.
     */
    public static ScoreRules defaults() {
        Decay decay = Decay.halfLife(DEFAULT_HALF_LIFE_MILLIS);
        List<ScoreGroup> groups = List.of(
                new ScoreGroup(FIT, ScoreGroup.Type.FIT, ScoreGroup.NO_MIN, DEFAULT_FIT_MAX, Decay.NONE),
                engagement(ENGAGEMENT, ScoreGroup.NO_MAX, decay),
                engagement(PAGE_VIEWS, DEFAULT_PAGE_VIEWS_MAX, decay),
                engagement(OPT_OUT, ScoreGroup.NO_MAX, Decay.NONE));
        List<ScoreRule> rules = List.of(
                rule("page_view", 1, PAGE_VIEWS, Repeat.maxPerDay(5), EventKind.PAGE_VIEWED),
                rule("careers_page", -10, ENGAGEMENT, Repeat.ONCE, EventKind.CAREERS_PAGE_VIEWED),
                rule("mail_opened", 1, ENGAGEMENT, Repeat.ONCE_PER_ASSET, EventKind.EMAIL_OPENED),
                rule("link_clicked", 3, ENGAGEMENT, Repeat.ONCE_PER_ASSET, EventKind.EMAIL_CLICKED),
                rule("download", 5, ENGAGEMENT, Repeat.ONCE_PER_ASSET, EventKind.ASSET_DOWNLOADED),
                rule("social_action", 3, ENGAGEMENT, Repeat.maxPerDay(3), EventKind.SOCIAL_ACTION),
                rule("event_visited", 10, ENGAGEMENT, Repeat.ONCE_PER_ASSET, EventKind.EVENT_VISITED),
                rule("newsletter_sign_up", 10, ENGAGEMENT, Repeat.ONCE, EventKind.NEWSLETTER_SIGNED_UP),
                rule("site_sign_up", 10, ENGAGEMENT, Repeat.ONCE, EventKind.SITE_SIGNED_UP),
                rule("price_list_viewed", 10, ENGAGEMENT, Repeat.maxPerDay(1), EventKind.PRICE_LIST_VIEWED),
                handRaised(
                        "demo_requested",
                        50,
                        FactMatch.of(EventKind.DEMO_REQUESTED),
                        FactMatch.of(EventKind.FORM_SUBMITTED).withAssets(DEMO_FORM)),
                handRaised("quote_requested", 0, FactMatch.of(EventKind.QUOTE_REQUESTED)),
                handRaised("callback_requested", 0, FactMatch.of(EventKind.CALLBACK_REQUESTED)),
                rule("form_submitted", 20, ENGAGEMENT, Repeat.ONCE_PER_ASSET, EventKind.FORM_SUBMITTED),
                rule("replied", 15, ENGAGEMENT, Repeat.maxPerDay(1), EventKind.EMAIL_REPLIED, EventKind.SMS_REPLIED),
                new ScoreRule(
                        "inbound_call",
                        List.of(FactMatch.of(EventKind.CALL).withDirection(Direction.INBOUND)),
                        15,
                        ENGAGEMENT,
                        Repeat.maxPerDay(1),
                        false),
                new ScoreRule(
                        "outbound_call_connected",
                        List.of(FactMatch.of(EventKind.CALL)
                                .withDirection(Direction.OUTBOUND)
                                .whenConnected()),
                        5,
                        ENGAGEMENT,
                        Repeat.maxPerDay(1),
                        false),
                rule("meeting_held", 25, ENGAGEMENT, Repeat.EVERY, EventKind.MEETING_COMPLETED),
                rule("demo_held", 25, ENGAGEMENT, Repeat.EVERY, EventKind.DEMO_HELD),
                rule("no_show", -15, ENGAGEMENT, Repeat.EVERY, EventKind.MEETING_NO_SHOW),
                rule("unsubscribed", -30, OPT_OUT, Repeat.ONCE, EventKind.EMAIL_UNSUBSCRIBED));
        return new ScoreRules(1, FROM_THE_BEGINNING, groups, rules, List.of(), Thresholds.DEFAULT, 0, 100, false);
    }

    private static ScoreGroup engagement(String name, double max, Decay decay) {
        return new ScoreGroup(name, ScoreGroup.Type.ENGAGEMENT, ScoreGroup.NO_MIN, max, decay);
    }

    private static ScoreRule rule(String id, double points, String group, Repeat repeat, EventKind... kinds) {
        List<FactMatch> matches = List.of(kinds).stream().map(FactMatch::of).toList();
        return new ScoreRule(id, matches, points, group, repeat, false);
    }

    private static ScoreRule handRaised(String id, double points, FactMatch... matches) {
        return new ScoreRule(id, List.of(matches), points, ENGAGEMENT, Repeat.ONCE_PER_PRODUCT, true);
    }

    /** The same rules as another version. */
    public ScoreRules asVersion(int newVersion, long newEffectiveFromMillis) {
        return new ScoreRules(
                newVersion,
                newEffectiveFromMillis,
                groups,
                rules,
                fitRules,
                thresholds,
                totalMin,
                totalMax,
                excludeRepActions);
    }

    /** The same with other groups. */
    public ScoreRules withGroups(List<ScoreGroup> value) {
        return new ScoreRules(
                version,
                effectiveFromMillis,
                value,
                rules,
                fitRules,
                thresholds,
                totalMin,
                totalMax,
                excludeRepActions);
    }

    /** The same with other points for acts. */
    public ScoreRules withRules(List<ScoreRule> value) {
        return new ScoreRules(
                version,
                effectiveFromMillis,
                groups,
                value,
                fitRules,
                thresholds,
                totalMin,
                totalMax,
                excludeRepActions);
    }

    /** The same with other points for attributes. */
    public ScoreRules withFitRules(List<FitRule> value) {
        return new ScoreRules(
                version, effectiveFromMillis, groups, rules, value, thresholds, totalMin, totalMax, excludeRepActions);
    }

    /** The same with other thresholds. */
    public ScoreRules withThresholds(Thresholds value) {
        return new ScoreRules(
                version, effectiveFromMillis, groups, rules, fitRules, value, totalMin, totalMax, excludeRepActions);
    }

    /** The same, with acts of reps counting or not. */
    public ScoreRules withExcludeRepActions(boolean value) {
        return new ScoreRules(
                version, effectiveFromMillis, groups, rules, fitRules, thresholds, totalMin, totalMax, value);
    }

    /** All that is wrong with this version, in the order of its settings; empty when it can be used. */
    public List<RuleProblem> problems() {
        return new RuleCheck(this).problems();
    }
}
