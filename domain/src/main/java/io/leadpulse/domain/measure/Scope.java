package io.leadpulse.domain.measure;

import java.util.List;

/** The keys of rollups: whose numbers they are. */
public final class Scope {
    /** The whole company. */
    public static final String COMPANY = "company";

    private static final String TEAM = "team:";
    private static final String REP = "rep:";
    private static final String CAMPAIGN = "campaign:";
    private static final String CHANNEL = "channel:";
    private static final String LAST_CAMPAIGN = "last_campaign:";
    private static final String LAST_CHANNEL = "last_channel:";
    private static final String LANDING = "landing:";
    private static final String FORM = "form:";
    private static final String ASSET = "asset:";
    private static final List<String> SOURCES =
            List.of(CAMPAIGN, CHANNEL, LAST_CAMPAIGN, LAST_CHANNEL, LANDING, FORM, ASSET);
    private static final String SPENT = "spent:";
    private static final ScopeNames TEAM_NAMES = new ScopeNames(TEAM);
    private static final ScopeNames REP_NAMES = new ScopeNames(REP);
    private static final ScopeNames CAMPAIGN_NAMES = new ScopeNames(CAMPAIGN);
    private static final ScopeNames CHANNEL_NAMES = new ScopeNames(CHANNEL);
    private static final ScopeNames LAST_CAMPAIGN_NAMES = new ScopeNames(LAST_CAMPAIGN);
    private static final ScopeNames LAST_CHANNEL_NAMES = new ScopeNames(LAST_CHANNEL);

    /** The key of a team. */
    public static String team(String team) {
        return TEAM_NAMES.of(team);
    }

    /** The key of a rep. */
    public static String rep(String rep) {
        return REP_NAMES.of(rep);
    }

    /** The key of the spans of time that a rep spent; nobody's numbers, only what his are made of. */
    public static String spent(String rep) {
        return SPENT + rep;
    }

    /** The rep whose spans a key is of; null when it is not one of those. */
    public static String spenderOf(String scope) {
        return scope.startsWith(SPENT) ? scope.substring(SPENT.length()) : null;
    }

    /** The rep of a key; null when it is not a rep's. */
    public static String repOf(String scope) {
        return scope.startsWith(REP) ? scope.substring(REP.length()) : null;
    }

    /** The key of the leads that a campaign touched first. */
    public static String campaign(String campaign) {
        return CAMPAIGN_NAMES.of(campaign);
    }

    /** The key of the leads that a channel touched first. */
    public static String channel(String channel) {
        return CHANNEL_NAMES.of(channel);
    }

    /** The channel of a key; null when it is not that of a channel's first touches. */
    public static String channelOf(String scope) {
        return scope.startsWith(CHANNEL) ? scope.substring(CHANNEL.length()) : null;
    }

    /** The key of the leads that a campaign touched last. */
    public static String lastCampaign(String campaign) {
        return LAST_CAMPAIGN_NAMES.of(campaign);
    }

    /** The key of the leads that a channel touched last. */
    public static String lastChannel(String channel) {
        return LAST_CHANNEL_NAMES.of(channel);
    }

    /** The key of the leads that saw this page first; by {@link io.leadpulse.domain.campaign.LandingPage}. */
    public static String landing(String page) {
        return LANDING + page;
    }

    /** The key of the leads that sent this form first. */
    public static String form(String form) {
        return FORM + form;
    }

    /** The key of the leads that took this asset first. */
    public static String asset(String asset) {
        return ASSET + asset;
    }

    /** Whether a key is of where leads come from: it has sums, but no goals, no sales of its own and no stages. */
    public static boolean isSource(String scope) {
        for (String source : SOURCES) {
            if (scope.startsWith(source)) {
                return true;
            }
        }
        return false;
    }

    private Scope() {}
}
