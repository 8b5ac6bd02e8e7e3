package io.leadpulse.domain.goal;

/**
 * A ratio with what it was made of, or what it needs.
 *
 * @param value null if it cannot be said
 * @param numerator null if it cannot be said
 * @param denominator null if it cannot be said
 * @param lack null if it can be said
 */
public record RatioFigure(Double value, Long numerator, Long denominator, Lack lack) {

    static RatioFigure lacking(Lack lack) {
        return new RatioFigure(null, null, null, lack);
    }
}
