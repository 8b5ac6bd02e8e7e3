package io.leadpulse.domain.deal;

/**
 * Money given back; a negative amount on its own day.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param amountMinor what was given back, positive, in minor units
 */
public record Refund(long timeMillis, long amountMinor) {}
