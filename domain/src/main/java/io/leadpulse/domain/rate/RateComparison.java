package io.leadpulse.domain.rate;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;

/**
 * Whether something works worse than before: the two-proportion z test with pooled variance.
 *
 * <p>z = (p now - p before) / sqrt(p (1 - p) (1/n now + 1/n before)), p being the proportion of both together (for
 * example G. W. Snedecor and W. G. Cochran, Statistical Methods, 8th edition 1989, section 7.10). Its square is Pearson's
 * chi-squared of the table of four.
 *
 * <p>The bound of 2.6 instead of the usual 1.96 is there because many rates are looked at, every day: some 1 % of those
 * without any change reach it, half of them downwards.
 *
 * <p>{@link RecentDays} says which cases are to be compared. The verdict holds for a moment; that it is told once is up to
 * whoever tells it.
 *
 * @param before the cases of the time compared with
 * @param now the cases of now; none of them is in {@code before}
 * @param z negative where now is lower; 0 where both are none or all; null without a case on either side
 * @param verdict what to make of it
 * @param lack what the verdict needs; null unless it is {@link Verdict#TOO_FEW}
 */
public record RateComparison(Rate before, Rate now, Double z, Verdict verdict, Lack lack) {

    /** A change is told from this |z| on. */
    public static final double TOLD_FROM_Z = 2.6;

    /** Both sides need so many cases. */
    public static final int MIN_CASES = 50;

    /** What the comparison says; a higher rate is taken for better. */
    public enum Verdict {
        WORSE,
        BETTER,
        /** No more than chance brings. */
        UNCHANGED,
        TOO_FEW
    }

    /**
     * Compares a rate with what it was. Rates of which more is worse (no-shows) must be turned round first.
     *
     * @param before never null
     * @param now never null
     */
    public static RateComparison of(Rate before, Rate now) {
        Double z = before.denominator() == 0 || now.denominator() == 0 ? null : (Double) z(before, now);
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES_NOW, now.denominator(), MIN_CASES);
        if (lack == null) {
            lack = Lack.unless(LackKind.TOO_FEW_CASES_BEFORE, before.denominator(), MIN_CASES);
        }
        return new RateComparison(before, now, z, lack == null ? verdict(z) : Verdict.TOO_FEW, lack);
    }

    private static double z(Rate before, Rate now) {
        Rate both = before.plus(now);
        if (both.numerator() == 0 || both.numerator() == both.denominator()) {
            return 0;
        }
        double pooled = both.proportion();
        double variance = pooled * (1 - pooled) * (1.0 / before.denominator() + 1.0 / now.denominator());
        return (now.proportion() - before.proportion()) / Math.sqrt(variance);
    }

    private static Verdict verdict(double z) {
        if (z <= -TOLD_FROM_Z) {
            return Verdict.WORSE;
        }
        return z >= TOLD_FROM_Z ? Verdict.BETTER : Verdict.UNCHANGED;
    }
}
