package io.leadpulse.domain.goal;

/**
 * A number of minor units or things, or what it needs.
 *
 * @param value null if it cannot be said
 * @param lack null if it can be said
 */
public record WholeFigure(Long value, Lack lack) {

    static WholeFigure of(long value) {
        return new WholeFigure(value, null);
    }

    static WholeFigure lacking(Lack lack) {
        return new WholeFigure(null, lack);
    }

    static WholeFigure lacking(LackKind kind) {
        return lacking(Lack.of(kind));
    }
}
