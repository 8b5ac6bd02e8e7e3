package io.leadpulse.domain.deal;

/**
 * Money given back; a negative amount on its own day.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param amountMinor what was given back, positive, in minor units
 * @param currency ISO 4217 code of the currency of the amount; null for the company's
 */
public record Refund(long timeMillis, long amountMinor, String currency) {

    /** A refund in the company's currency. */
    public Refund(long timeMillis, long amountMinor) {
        this(timeMillis, amountMinor, null);
    }
}
