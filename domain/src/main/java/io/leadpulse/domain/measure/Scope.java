package io.leadpulse.domain.measure;

/** The keys of rollups: whose numbers they are. */
public final class Scope {
    /** The whole company. */
    public static final String COMPANY = "company";

    private static final String TEAM = "team:";
    private static final String REP = "rep:";
    private static final String SPENT = "spent:";

    /** The key of a team. */
    public static String team(String team) {
        return TEAM + team;
    }

    /** The key of a rep. */
    public static String rep(String rep) {
        return REP + rep;
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

    private Scope() {}
}
