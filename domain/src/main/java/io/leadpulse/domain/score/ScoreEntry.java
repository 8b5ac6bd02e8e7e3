package io.leadpulse.domain.score;

/**
 * One line of a lead's ledger: what one fact gave by one rule. A fact that a repeat rule left out has none. A fact gives
 * at most one entry per rule: one for the act, and one for each attribute whose points it changed.
 *
 * @param factId id of the fact
 * @param event idempotency key of the event, {@code source/id}
 * @param timeMillis event time, epoch milliseconds; from then on the points count
 * @param ruleId the rule that gave the points
 * @param ruleVersion the version of the rules in force at the event time, also for how the points decay
 * @param group the group that they count in
 * @param points undecayed; 0 for an act that only qualifies; for an attribute the difference to its former value
 * @param product the product meant; null when none was named, and for attributes
 */
public record ScoreEntry(
        long factId,
        String event,
        long timeMillis,
        String ruleId,
        int ruleVersion,
        String group,
        double points,
        String product) {}
