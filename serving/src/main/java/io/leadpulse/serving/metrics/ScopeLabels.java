package io.leadpulse.serving.metrics;

import io.leadpulse.domain.measure.Scope;
import io.leadpulse.schemas.config.Directory;

/** How a scope stands in labels. */
record ScopeLabels(String level, String team, String rep) {
    private static final String TEAM = "team:";

    static final ScopeLabels COMPANY = new ScopeLabels("company", "", "");

    /** The labels of a scope; a rep's team is the one that he is in at a time, epoch milliseconds. */
    static ScopeLabels of(String scope, Directory directory, long nowMillis) {
        String rep = Scope.repOf(scope);
        if (rep != null) {
            String team = directory.teamOf(rep, nowMillis);
            return new ScopeLabels("rep", team == null ? "" : team, rep);
        }
        return scope.startsWith(TEAM) ? new ScopeLabels("team", scope.substring(TEAM.length()), "") : COMPANY;
    }
}
