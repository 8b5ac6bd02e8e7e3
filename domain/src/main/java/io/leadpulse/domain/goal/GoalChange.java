package io.leadpulse.domain.goal;

/**
 * An earlier goal of a period, which a newer one replaced.
 *
 * @param effectiveFromMillis from when on it ruled, epoch milliseconds
 * @param amount the whole period's goal; null if there was none from then on
 */
public record GoalChange(long effectiveFromMillis, Long amount) {}
