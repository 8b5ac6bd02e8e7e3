package io.leadpulse.domain.rate;

/**
 * Bounds between which a number lies with 95 % confidence.
 *
 * @param lower at most {@code upper}
 * @param upper at least {@code lower}
 */
public record Interval(double lower, double upper) {

    /** Refuses bounds in the wrong order and such that are no numbers. */
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("an interval from " + lower + " to " + upper + " is none");
        }
    }

    /** Whether a value lies between the bounds or on one of them. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
