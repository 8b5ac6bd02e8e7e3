package io.leadpulse.domain.rate;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;

/**
 * The difference of two rates with a 95 % interval.
 *
 * <p>The interval is the hybrid score interval made of the Wilson intervals of both rates: method 10 of R. G. Newcombe,
 * Interval Estimation for the Difference between Independent Proportions: Comparison of Eleven Methods, Statistics in
 * Medicine 17 (1998), 873-890. Decision 071 says why.
 *
 * @param value after - before, -1..1; null if it cannot be said
 * @param interval within -1..1, around the value; null if it cannot be said
 * @param lack null if it can be said
 */
public record ProportionDifference(Double value, Interval interval, Lack lack) {

    /** The rate after less the rate before; both need a case. */
    public static ProportionDifference of(Rate before, Rate after) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES_BEFORE, before.denominator(), 1);
        if (lack == null) {
            lack = Lack.unless(LackKind.TOO_FEW_CASES_NOW, after.denominator(), 1);
        }
        if (lack != null) {
            return lacking(lack);
        }
        double difference = after.proportion() - before.proportion();
        Interval first = WilsonInterval.of(after.numerator(), after.denominator());
        Interval second = WilsonInterval.of(before.numerator(), before.denominator());
        double down = Math.hypot(after.proportion() - first.lower(), second.upper() - before.proportion());
        double up = Math.hypot(first.upper() - after.proportion(), before.proportion() - second.lower());
        return new ProportionDifference(
                difference, new Interval(Math.max(-1, difference - down), Math.min(1, difference + up)), null);
    }

    /** A difference that cannot be said. */
    public static ProportionDifference lacking(Lack lack) {
        return new ProportionDifference(null, null, lack);
    }

    /** Whether the interval leaves no difference out: then it is more than chance. */
    public boolean isBeyondChance() {
        return interval != null && !interval.contains(0);
    }
}
