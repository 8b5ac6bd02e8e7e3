package io.leadpulse.domain.probability;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RealFigure;
import io.leadpulse.domain.rate.Rate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Whether what was said of leads came true: by tenths of the probability, and as one number.
 *
 * <p><b>Brier score</b> = mean of (probability said - outcome)^2, the outcome being 1 for won and 0 for lost; 0 is
 * perfect, 0.25 is what "50 %" always gets (G. W. Brier, Verification of Forecasts Expressed in Terms of Probability,
 * Monthly Weather Review 78 (1950), 1-3; for two classes half of Brier's own sum). <b>Skill</b> = 1 - score / score of
 * the base rate said of everybody; above 0 the table knows something (A. H. Murphy, Journal of Applied Meteorology 12
 * (1973), 595-600).
 *
 * <p>Probabilities are rounded to millionths and summed as whole numbers, so that cases can be added and taken away in
 * any order.
 *
 * @param bins ten: said under 10 %, 10 % to under 20 %, ..., 90 % and more
 * @param squaredError sum of squared errors, in millionths squared
 */
public record Calibration(List<CalibrationBin> bins, long squaredError) {

    /** Tenths of the probability. */
    public static final int BINS = 10;

    /** Certainty in millionths. */
    static final long ONE = 1_000_000;

    /** No case. */
    public static final Calibration EMPTY = new Calibration(Collections.nCopies(BINS, CalibrationBin.EMPTY), 0);

    private static final Comparator<ClosedLead> BY_CLOSE =
            Comparator.comparingLong(ClosedLead::closedMillis).thenComparing(ClosedLead::id);

    /** Copies the bins. */
    public Calibration {
        bins = List.copyOf(bins);
        if (bins.size() != BINS) {
            throw new IllegalArgumentException(bins.size() + " bins: there are " + BINS);
        }
    }

    /**
     * Judges a table on leads that it had not seen: in order of their close each is judged by the table of those closed
     * before it, and only then counted in it ("prequential": A. P. Dawid, Statistical Theory: the Prequential Approach,
     * Journal of the Royal Statistical Society A 147 (1984), 278-292). Leads closed before the table could say anything
     * are left out.
     *
     * @param leads in any order; a corrected, reopened or deleted lead changes all that was said after it, so it is
     *     computed anew
     */
    public static Calibration prequential(Collection<ClosedLead> leads) {
        List<ClosedLead> byClose = new ArrayList<>(leads);
        byClose.sort(BY_CLOSE);
        WinTable table = WinTable.EMPTY;
        Calibration calibration = EMPTY;
        for (ClosedLead lead : byClose) {
            WinProbability said = table.probability(lead.attributes(), lead.stageBefore());
            if (said.value() != null) {
                calibration = calibration.plus(said.value(), lead.won());
            }
            table = table.plus(WinTable.of(lead));
        }
        return calibration;
    }

    /**
     * With one case more.
     *
     * @param said 0..1; else {@link IllegalArgumentException}
     */
    public Calibration plus(double said, boolean won) {
        long millionths = millionths(said);
        return with(millionths, bins.get(bin(millionths)).plus(one(won), millionths), squaredError(millionths, won));
    }

    /** With one case less, of which just this had been said. */
    public Calibration minus(double said, boolean won) {
        long millionths = millionths(said);
        return with(millionths, bins.get(bin(millionths)).minus(one(won), millionths), -squaredError(millionths, won));
    }

    /** All cases together. */
    public CalibrationBin all() {
        CalibrationBin all = CalibrationBin.EMPTY;
        for (CalibrationBin bin : bins) {
            all = all.plus(bin.observed(), bin.saidMillionths());
        }
        return all;
    }

    /** The Brier score, 0..1; needs {@link Rate#GREY_BELOW} cases. */
    public RealFigure brierScore() {
        Rate observed = all().observed();
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES, observed.denominator(), Rate.GREY_BELOW);
        return lack == null
                ? RealFigure.of((double) squaredError / ONE / ONE / observed.denominator())
                : RealFigure.lacking(lack);
    }

    /** The Brier skill score against the base rate, at most 1; needs won and lost among the cases. */
    public RealFigure skill() {
        RealFigure score = brierScore();
        if (score.lack() != null) {
            return score;
        }
        Rate observed = all().observed();
        double baseRate = (double) observed.numerator() / observed.denominator();
        double baseScore = baseRate * (1 - baseRate);
        return baseScore == 0
                ? RealFigure.lacking(LackKind.NO_VARIATION)
                : RealFigure.of(1 - score.value() / baseScore);
    }

    private Calibration with(long millionths, CalibrationBin changed, long more) {
        List<CalibrationBin> copy = new ArrayList<>(bins);
        copy.set(bin(millionths), changed);
        return new Calibration(copy, Math.addExact(squaredError, more));
    }

    private static Rate one(boolean won) {
        return new Rate(won ? 1 : 0, 1);
    }

    private static long millionths(double said) {
        if (!(said >= 0 && said <= 1)) {
            throw new IllegalArgumentException("a probability of " + said + " is not in 0..1");
        }
        return Math.round(said * ONE);
    }

    private static int bin(long millionths) {
        return (int) Math.min(BINS - 1, millionths * BINS / ONE);
    }

    private static long squaredError(long millionths, boolean won) {
        long error = (won ? ONE : 0) - millionths;
        return error * error;
    }
}
