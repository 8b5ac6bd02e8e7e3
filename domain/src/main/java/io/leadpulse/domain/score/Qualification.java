package io.leadpulse.domain.score;

/**
 * When and by what a lead became marketing-qualified. It stays until a correction removes its cause; then the facts that
 * are left decide anew.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param factId the fact that did it
 * @param event idempotency key of that fact's event
 * @param ruleId the rule by which that fact counted
 * @param ruleVersion the version of the rules in force
 * @param score the score right after that fact
 * @param cause whether the score or the act itself qualified
 */
public record Qualification(
        long timeMillis, long factId, String event, String ruleId, int ruleVersion, double score, Cause cause) {

    /** What qualified. */
    public enum Cause {
        /** The score reached the threshold. */
        SCORE,
        /** The act qualifies on its own, whatever the score. */
        AUTO_QUALIFIED
    }
}
