package io.leadpulse.domain.goal;

/**
 * What was won in one slice of a period: five minutes of a day, a day of anything longer.
 *
 * @param startMillis epoch milliseconds
 * @param endMillis epoch milliseconds, exclusive
 * @param amount minor units or a count; negative after refunds
 */
public record WonPane(long startMillis, long endMillis, long amount) {}
