package io.leadpulse.domain.rate;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RatioFigure;
import java.util.Optional;

/**
 * Of so many cases so many: a rate with what it was made of.
 *
 * <p>Counts can be added and taken away in any order, so a rate is a function of its cases alone.
 *
 * @param numerator cases of which it is true, 0..denominator
 * @param denominator all cases, 0 or more
 */
public record Rate(long numerator, long denominator) {

    /** No case yet: no value. */
    public static final Rate NONE = new Rate(0, 0);

    /** A rate of fewer cases is shown in grey and stands in no ranking. */
    public static final int GREY_BELOW = 10;

    /** Refuses what cannot be a rate with an {@link IllegalArgumentException}. */
    public Rate {
        if (numerator < 0 || denominator < numerator) {
            throw new IllegalArgumentException(numerator + " of " + denominator + " is no rate");
        }
    }

    /** The value, 0..1, or that it needs a case. */
    public RatioFigure figure() {
        return from(1);
    }

    /** The value, or how many cases it needs to stand in a ranking. */
    public RatioFigure ranked() {
        return from(GREY_BELOW);
    }

    /** Whether there are too few cases for a ranking, none included. */
    public boolean isGrey() {
        return denominator < GREY_BELOW;
    }

    /**
     * The Wilson 95 % interval, within 0..1; empty without a case.
     *
     * <p>E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
     */
    public Optional<Interval> interval() {
        return denominator == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(numerator, denominator));
    }

    /** The rate of the cases of both; none may be in both. */
    public Rate plus(Rate other) {
        return new Rate(Math.addExact(numerator, other.numerator), Math.addExact(denominator, other.denominator));
    }

    /** The rate without the cases of another, which must be among those of this one. */
    public Rate minus(Rate other) {
        return new Rate(
                Math.subtractExact(numerator, other.numerator), Math.subtractExact(denominator, other.denominator));
    }

    /** The proportion itself; only where there is a case. */
    double proportion() {
        return (double) numerator / denominator;
    }

    private RatioFigure from(int cases) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES, denominator, cases);
        return lack == null ? RatioFigure.of(numerator, denominator) : RatioFigure.lacking(lack);
    }
}
