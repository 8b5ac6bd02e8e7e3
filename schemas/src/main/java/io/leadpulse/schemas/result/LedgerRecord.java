package io.leadpulse.schemas.result;

/**
 * What one fact gave to a lead's score by one rule ({@code lead.ledger.v1}, key: lead, fact, rule). A correction that
 * takes the points away writes the same key again with 0 points and the reason.
 *
 * @param lead lead id
 * @param factId id of the fact
 * @param event idempotency key of the event, {@code source/id}
 * @param timeMillis event time, epoch milliseconds; from then on the points count
 * @param rule the rule that gave the points
 * @param ruleVersion the version of the rules in force at that time
 * @param group the group that they count in
 * @param points undecayed points; 0 when withdrawn
 * @param product the product meant; null when none was named
 * @param withdrawn why the points were taken back; null while they count
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record LedgerRecord(
        String lead,
        long factId,
        String event,
        long timeMillis,
        String rule,
        int ruleVersion,
        String group,
        double points,
        String product,
        String withdrawn,
        long asOfMillis) {

    /** This entry taken back. */
    public LedgerRecord withdraw(String reason, long newAsOfMillis) {
        return new LedgerRecord(
                lead, factId, event, timeMillis, rule, ruleVersion, group, 0, product, reason, newAsOfMillis);
    }
}
