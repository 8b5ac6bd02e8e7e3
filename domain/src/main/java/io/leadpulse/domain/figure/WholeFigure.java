package io.leadpulse.domain.figure;

/**
 * A number of minor units or things, or what it needs.
 *
 * @param value null if it cannot be said
 * @param lack null if it can be said
 */
public record WholeFigure(Long value, Lack lack) {

    /** A number that can be said. */
    public static WholeFigure of(long value) {
        return new WholeFigure(value, null);
    }

    /** A number that cannot be said. */
    public static WholeFigure lacking(Lack lack) {
        return new WholeFigure(null, lack);
    }

    /** A number that cannot be said, where nothing is counted towards it. */
    public static WholeFigure lacking(LackKind kind) {
        return lacking(Lack.of(kind));
    }
}
