package io.leadpulse.domain.figure;

/**
 * A ratio with what it was made of, or what it needs.
 *
 * @param value null if it cannot be said
 * @param numerator null if it cannot be said
 * @param denominator null if it cannot be said
 * @param lack null if it can be said
 */
public record RatioFigure(Double value, Long numerator, Long denominator, Lack lack) {

    /**
     * A ratio that can be said.
     *
     * @param denominator not 0; else {@link IllegalArgumentException}: 0/0 is no value, and n/0 is a bug
     */
    public static RatioFigure of(long numerator, long denominator) {
        if (denominator == 0) {
            throw new IllegalArgumentException(numerator + " / 0 is no ratio: say what is lacking");
        }
        return new RatioFigure((double) numerator / denominator, numerator, denominator, null);
    }

    /** A ratio that cannot be said. */
    public static RatioFigure lacking(Lack lack) {
        return new RatioFigure(null, null, null, lack);
    }
}
