package io.leadpulse.serving.learn;

import io.leadpulse.domain.probability.ClosedLead;
import io.leadpulse.schemas.result.LeadProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A closed lead as its profile tells it.
 *
 * @param lead its id
 * @param traits values by attribute
 * @param outcome how it ended
 */
record EndedLead(String lead, Map<String, String> traits, LeadProfile.Outcome outcome) {

    /**
     * The case that it is for the win probability.
     *
     * @param ladder all stages, earliest first: a lead that reached one reached those before it, and a won one all
     */
    ClosedLead asCase(List<String> ladder) {
        Set<String> reached = new TreeSet<>();
        int deepest = outcome.won() ? ladder.size() - 1 : -1;
        for (LeadProfile.Passed passed : outcome.passed()) {
            reached.add(passed.stage());
            deepest = Math.max(deepest, ladder.indexOf(passed.stage()));
        }
        reached.addAll(ladder.subList(0, deepest + 1));
        return new ClosedLead(outcome.closedMillis(), lead, traits, outcome.stageBefore(), reached, outcome.won());
    }
}
