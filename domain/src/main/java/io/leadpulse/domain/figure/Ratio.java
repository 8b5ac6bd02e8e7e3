package io.leadpulse.domain.figure;

/**
 * A ratio that keeps what it was made of.
 *
 * @param numerator minor units or a count
 * @param denominator minor units or a count; 0 where there was no case
 */
public record Ratio(long numerator, long denominator) {

    /** No case yet. */
    public static final Ratio NONE = new Ratio(0, 0);
}
