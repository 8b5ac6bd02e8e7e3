package io.leadpulse.bench.oracle;

import java.util.HashMap;
import java.util.Map;

/**
 * What the final results must be.
 *
 * @param scores by lead: every lead of which anything that counts is known
 * @param sums won amounts in cents, and numbers of won deals, by {@code measure|scope|day}; no zeros
 * @param alerts stuck deals by {@code deal|stage|when it was entered, epoch milliseconds}
 * @param deadLetters how many records were refused, by reason; no zeros
 */
public record Expected(
        Map<String, LeadScore> scores,
        Map<String, Long> sums,
        Map<String, StuckAlert> alerts,
        Map<String, Long> deadLetters) {

    /** Nothing yet. */
    public static Expected nothing() {
        return new Expected(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    /** How many results there are. */
    public int size() {
        return scores.size() + sums.size() + alerts.size() + deadLetters.size();
    }
}
