package io.leadpulse.rollup;

/**
 * What was told of a scope's period: a milestone, or that it is behind.
 *
 * @param periodEndMillis when the period ends; what is kept of it goes with the retention
 * @param record the alert as it was told, as JSON; null for a milestone, of which nothing more is ever told
 * @param raisedMillis when it was reached or found behind
 * @param resolvedMillis when it had caught up; {@code Long.MAX_VALUE} while it lasts
 */
public record ToldScopeAlert(long periodEndMillis, String record, long raisedMillis, long resolvedMillis) {

    /** Whether something may still be told of it. */
    boolean lasts() {
        return record != null && resolvedMillis == Long.MAX_VALUE;
    }
}
