package io.leadpulse.domain.probability;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A lead or deal that was won or lost, with what was known of it.
 *
 * @param closedMillis when it was closed, epoch milliseconds
 * @param id tells apart what was closed at the same instant
 * @param attributes its values by attribute; null and blank ones are left out: not known is not a value
 * @param stageBefore where it stood when it was judged last, for the calibration: one business day before the close, so
 *     that the steps of the closing itself do not give it away; null if it stood in none
 * @param reachedStages every stage that it reached; all stages of the ladder for a won one
 * @param won whether it was won
 */
public record ClosedLead(
        long closedMillis,
        String id,
        Map<String, String> attributes,
        String stageBefore,
        Set<String> reachedStages,
        boolean won) {

    /** Copies the collections. */
    public ClosedLead {
        Map<String, String> known = new TreeMap<>(attributes);
        known.values().removeIf(value -> value == null || value.isBlank());
        attributes = Map.copyOf(known);
        reachedStages = Set.copyOf(new TreeSet<>(reachedStages));
    }
}
