package io.leadpulse.domain.measure;

/** The keys of rollups: whose numbers they are. */
public final class Scope {
    /** The whole company. */
    public static final String COMPANY = "company";

    private static final String TEAM = "team:";
    private static final String REP = "rep:";

    /** The key of a team. */
    public static String team(String team) {
        return TEAM + team;
    }

    /** The key of a rep. */
    public static String rep(String rep) {
        return REP + rep;
    }

    /** The rep of a key; null when it is not a rep's. */
    public static String repOf(String scope) {
        return scope.startsWith(REP) ? scope.substring(REP.length()) : null;
    }

    private Scope() {}
}
