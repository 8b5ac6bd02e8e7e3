package io.leadpulse.domain.influence;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RealFigure;
import io.leadpulse.domain.rate.Rate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How an act goes with winning and with losing, among leads that stood in the same stage. It goes with it; whether it is
 * the cause, this cannot say.
 *
 * <p>Of one stage:
 * <ul>
 * <li><b>lift</b> = share won of leads with the act / share won of all leads there; 1 says nothing, 2 twice as often (S.
 *     Brin, R. Motwani, J. D. Ullman and S. Tsur, Dynamic Itemset Counting and Implication Rules for Market Basket Data,
 *     SIGMOD 1997, where it is called interest); <b>loss lift</b> is the same of lost;
 * <li><b>log-odds</b> = ln of the odds ratio (won with x lost without) / (lost with x won without), with 0.5 added to
 *     each of the four, so that an empty one does not make it infinite (J. B. S. Haldane, Annals of Human Genetics 20
 *     (1956), 309-311).
 * </ul>
 * Across stages, each lead is compared only with those that stood where it stood:
 * <ul>
 * <li><b>lift</b> = leads with the act that were won / those that would have been, had they been won as often as all in
 *     their stages: observed / expected, as in indirect standardisation;
 * <li><b>log-odds</b> = ln of the common odds ratio of N. Mantel and W. Haenszel, Statistical Aspects of the Analysis of
 *     Data from Retrospective Studies of Disease, Journal of the National Cancer Institute 22 (1959), 719-748.
 * </ul>
 * A lead that passed several stages counts in each of them.
 *
 * @param with leads with the act: the n that lift and log-odds rest on
 * @param without leads without it
 * @param lift above 1 with winning
 * @param lossLift above 1 with losing
 * @param logOdds above 0 with winning
 */
public record Influence(long with, long without, RealFigure lift, RealFigure lossLift, RealFigure logOdds) {

    /** From this loss lift on an act warns that a lead may fall off. */
    public static final double WARNING_LOSS_LIFT = 2;

    /** No warning rests on fewer leads with the act. */
    public static final int WARNING_MIN_WITH = 30;

    /** No act warns before so many leads were lost in all. */
    public static final int WARNING_MIN_LOST = 100;

    private static final double EMPTY_CELL = 0.5;

    /** The influence in one stage. */
    public static Influence of(ActCounts counts) {
        Lack lack = noComparison(counts.with(), counts.without());
        RealFigure logOdds = lack != null ? RealFigure.lacking(lack) : RealFigure.of(logOdds(counts));
        return of(List.of(counts), logOdds);
    }

    /** The influence across stages: one entry a stage. Its log-odds need contrast in at least one of them. */
    public static Influence across(Collection<ActCounts> byStage) {
        double evenForWinning = 0;
        double evenForLosing = 0;
        for (ActCounts counts : byStage) {
            if (counts.all() > 0) {
                evenForWinning += (double) counts.wonWith() * counts.lostWithout() / counts.all();
                evenForLosing += (double) counts.lostWith() * counts.wonWithout() / counts.all();
            }
        }
        RealFigure logOdds = evenForWinning == 0 || evenForLosing == 0
                ? RealFigure.lacking(LackKind.NO_CONTRAST)
                : RealFigure.of(StrictMath.log(evenForWinning / evenForLosing));
        return of(new ArrayList<>(byStage), logOdds);
    }

    /**
     * What it needs before this act may warn that a lead falls off.
     *
     * @param lostLeads leads lost in all, whatever their stages
     * @return null if there is enough of everything; whether it does warn, says {@link #warnsOfLoss(long)}
     */
    public Lack warningLack(long lostLeads) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_LOST_LEADS, lostLeads, WARNING_MIN_LOST);
        if (lack == null) {
            lack = Lack.unless(LackKind.TOO_FEW_LEADS_WITH_ACT, with, WARNING_MIN_WITH);
        }
        return lack == null ? lossLift.lack() : lack;
    }

    /** Whether a lead with whom this happened is about to fall off; false while anything is lacking. */
    public boolean warnsOfLoss(long lostLeads) {
        return warningLack(lostLeads) == null && lossLift.value() >= WARNING_LOSS_LIFT;
    }

    /** Whether it rests on too few leads for a ranking. */
    public boolean isGrey() {
        return with < Rate.GREY_BELOW;
    }

    private static Influence of(List<ActCounts> byStage, RealFigure logOdds) {
        long with = 0;
        long without = 0;
        for (ActCounts counts : byStage) {
            with = Math.addExact(with, counts.with());
            without = Math.addExact(without, counts.without());
        }
        Lack lack = noComparison(with, without);
        return new Influence(
                with,
                without,
                lift(byStage, ActCounts::wonWith, ActCounts::won, LackKind.TOO_FEW_WON_DEALS, lack),
                lift(byStage, ActCounts::lostWith, ActCounts::lost, LackKind.TOO_FEW_LOST_DEALS, lack),
                logOdds);
    }

    private static Lack noComparison(long with, long without) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_LEADS_WITH_ACT, with, 1);
        return lack == null ? Lack.unless(LackKind.TOO_FEW_LEADS_WITHOUT_ACT, without, 1) : lack;
    }

    /** Observed / expected of an ending; in one stage that is the share with the act / the share of all. */
    private static RealFigure lift(
            List<ActCounts> byStage,
            ToLongFunction<ActCounts> endedWith,
            ToLongFunction<ActCounts> ended,
            LackKind noneEnded,
            Lack noComparison) {
        if (noComparison != null) {
            return RealFigure.lacking(noComparison);
        }
        long observed = 0;
        double expected = 0;
        for (ActCounts counts : byStage) {
            if (counts.all() > 0) {
                observed = Math.addExact(observed, endedWith.applyAsLong(counts));
                expected += (double) counts.with() * ended.applyAsLong(counts) / counts.all();
            }
        }
        return expected == 0 ? RealFigure.lacking(new Lack(noneEnded, 1L, 0L)) : RealFigure.of(observed / expected);
    }

    private static double logOdds(ActCounts counts) {
        return StrictMath.log(counts.wonWith() + EMPTY_CELL)
                - StrictMath.log(counts.lostWith() + EMPTY_CELL)
                - StrictMath.log(counts.wonWithout() + EMPTY_CELL)
                + StrictMath.log(counts.lostWithout() + EMPTY_CELL);
    }
}
