package io.leadpulse.domain.figure;

/**
 * A real number, or what it needs.
 *
 * @param value null if it cannot be said; never infinite or not a number
 * @param lack null if it can be said
 */
public record RealFigure(Double value, Lack lack) {

    /**
     * A number that can be said.
     *
     * @param value finite; else {@link IllegalArgumentException}, since that is a bug of whoever computed it
     */
    public static RealFigure of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is not a number that can be shown");
        }
        return new RealFigure(value, null);
    }

    /** A number that cannot be said. */
    public static RealFigure lacking(Lack lack) {
        return new RealFigure(null, lack);
    }

    /** A number that cannot be said, where nothing is counted towards it. */
    public static RealFigure lacking(LackKind kind) {
        return lacking(Lack.of(kind));
    }
}
