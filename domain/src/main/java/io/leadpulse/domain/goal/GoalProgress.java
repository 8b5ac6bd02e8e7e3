package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.RatioFigure;
import io.leadpulse.domain.figure.WholeFigure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * How far a scope is with its goal in a period and what is still needed; a pure function of a {@link GoalSituation}.
 *
 * <p>A number that cannot be said has no value and says what it needs; a zero is always a real zero. Formulas are those
 * of the definitions, section Sales.
 *
 * @param won won so far; minor units or a count, as all that follows unless it says otherwise
 * @param goal the goal
 * @param attainment won / goal
 * @param gap goal - won; negative when the goal is exceeded
 * @param share what the expectation rests on; null if nothing can be expected
 * @param expected goal x share usually won by now, rounded half up
 * @param ahead pace as money: won - expected; negative is behind
 * @param paceIndex pace as index: won / expected, the latter not rounded; its denominator here is rounded
 * @param projection won / share usually won by now, rounded half up
 * @param businessDaysLeft business days left in the period
 * @param requiredPerBusinessDay what is missing / business days left, rounded half up, at least 1
 *     while anything is missing; 0 once the goal is reached
 * @param dealsNeeded deals still to be won for the goal, a number of deals
 * @param opportunitiesNeeded opportunities from which so many deals are usually won
 * @param openOpportunitiesDue open opportunities expected to close in the period
 * @param opportunitiesMissing needed and not yet open; 0 when there are enough
 * @param leadsNeeded new leads from which so many deals are usually won
 */
public record GoalProgress(
        long won,
        WholeFigure goal,
        RatioFigure attainment,
        WholeFigure gap,
        ShareAt share,
        WholeFigure expected,
        WholeFigure ahead,
        RatioFigure paceIndex,
        WholeFigure projection,
        double businessDaysLeft,
        WholeFigure requiredPerBusinessDay,
        WholeFigure dealsNeeded,
        WholeFigure opportunitiesNeeded,
        long openOpportunitiesDue,
        WholeFigure opportunitiesMissing,
        WholeFigure leadsNeeded) {

    /** Pace and projection are not shown before this share of the period is usually won: they would be noise. */
    public static final double MIN_SHARE = 0.10;

    /** A mean won amount of fewer deals says too little. */
    public static final int MIN_WON_DEALS = 5;

    /** The progress in a situation. */
    public static GoalProgress of(GoalSituation situation) {
        Long goal = situation.goal();
        Lack noGoal = goal == null ? Lack.of(LackKind.NO_GOAL) : null;
        Lack noShare = noShare(situation);
        Lack noPace = noGoal != null ? noGoal : noShare != null ? noShare : tooEarly(situation.share());
        Lack noProjection = noShare != null ? noShare : tooEarly(situation.share());

        WholeFigure dealsNeeded = dealsNeeded(situation);
        WholeFigure opportunitiesNeeded = opportunitiesNeeded(situation, dealsNeeded);
        return new GoalProgress(
                situation.won(),
                goal == null ? WholeFigure.lacking(noGoal) : WholeFigure.of(goal),
                goal == null
                        ? RatioFigure.lacking(noGoal)
                        : new RatioFigure((double) situation.won() / goal, situation.won(), goal, null),
                goal == null ? WholeFigure.lacking(noGoal) : WholeFigure.of(goal - situation.won()),
                situation.share(),
                expected(situation, noGoal, noShare),
                noPace != null
                        ? WholeFigure.lacking(noPace)
                        : WholeFigure.of(situation.won() - situation.share().of(goal)),
                noPace != null ? RatioFigure.lacking(noPace) : paceIndex(situation),
                noProjection != null ? WholeFigure.lacking(noProjection) : WholeFigure.of(projection(situation)),
                situation.businessDaysLeft(),
                required(situation),
                dealsNeeded,
                opportunitiesNeeded,
                situation.openOpportunitiesDue(),
                opportunitiesNeeded.value() == null
                        ? opportunitiesNeeded
                        : WholeFigure.of(Math.max(0, opportunitiesNeeded.value() - situation.openOpportunitiesDue())),
                leadsNeeded(situation, dealsNeeded));
    }

    private static Lack noShare(GoalSituation situation) {
        if (situation.share() != null) {
            return null;
        }
        return Lack.of(situation.periodKind() == PeriodKind.TOTAL ? LackKind.NO_END : LackKind.NO_BUSINESS_TIME);
    }

    private static Lack tooEarly(ShareAt share) {
        return share.share() < MIN_SHARE
                ? new Lack(LackKind.TOO_LITTLE_EXPECTED, Math.round(100 * MIN_SHARE), (long)
                        Math.floor(100 * share.share()))
                : null;
    }

    private static WholeFigure expected(GoalSituation situation, Lack noGoal, Lack noShare) {
        if (noGoal != null) {
            return WholeFigure.lacking(noGoal);
        }
        return noShare != null
                ? WholeFigure.lacking(noShare)
                : WholeFigure.of(situation.share().of(situation.goal()));
    }

    private static RatioFigure paceIndex(GoalSituation situation) {
        double expected = situation.goal() * situation.share().share();
        return new RatioFigure(
                situation.won() / expected, situation.won(), situation.share().of(situation.goal()), null);
    }

    private static long projection(GoalSituation situation) {
        return ShareAt.whole(BigDecimal.valueOf(situation.won())
                .divide(BigDecimal.valueOf(situation.share().share()), MathContext.DECIMAL128));
    }

    private static WholeFigure required(GoalSituation situation) {
        if (situation.goal() == null) {
            return WholeFigure.lacking(LackKind.NO_GOAL);
        }
        long missing = missing(situation);
        if (missing == 0) {
            return WholeFigure.of(0);
        }
        if (situation.periodKind() == PeriodKind.TOTAL) {
            return WholeFigure.lacking(LackKind.NO_END);
        }
        if (situation.businessDaysLeft() <= 0) {
            return WholeFigure.lacking(
                    situation.share() == null ? LackKind.NO_BUSINESS_TIME : LackKind.NO_BUSINESS_TIME_LEFT);
        }
        long perDay = ShareAt.whole(BigDecimal.valueOf(missing)
                .divide(BigDecimal.valueOf(situation.businessDaysLeft()), MathContext.DECIMAL128));
        return WholeFigure.of(Math.max(1, perDay));
    }

    private static WholeFigure dealsNeeded(GoalSituation situation) {
        if (situation.goal() == null) {
            return WholeFigure.lacking(LackKind.NO_GOAL);
        }
        long missing = missing(situation);
        Ratio perDeal = situation.wonAmountPerDeal();
        return switch (situation.measure()) {
            case QUALIFIED_LEADS, ACTIVITIES -> WholeFigure.lacking(LackKind.NOT_MEASURED_IN_SALES);
            case DEALS_WON -> WholeFigure.of(missing);
            case WON_AMOUNT -> {
                if (missing == 0) {
                    yield WholeFigure.of(0);
                }
                if (perDeal.denominator() < MIN_WON_DEALS) {
                    yield WholeFigure.lacking(
                            new Lack(LackKind.TOO_FEW_WON_DEALS, (long) MIN_WON_DEALS, perDeal.denominator()));
                }
                yield perDeal.numerator() <= 0
                        ? WholeFigure.lacking(LackKind.NO_MEAN_WON_AMOUNT)
                        : WholeFigure.of(dividedUp(missing, perDeal));
            }
        };
    }

    private static WholeFigure opportunitiesNeeded(GoalSituation situation, WholeFigure dealsNeeded) {
        if (dealsNeeded.value() == null || dealsNeeded.value() == 0) {
            return dealsNeeded;
        }
        return situation.winRate().numerator() <= 0
                ? WholeFigure.lacking(
                        new Lack(LackKind.NO_WIN_RATE, 1L, situation.winRate().numerator()))
                : WholeFigure.of(dividedUp(dealsNeeded.value(), situation.winRate()));
    }

    private static WholeFigure leadsNeeded(GoalSituation situation, WholeFigure dealsNeeded) {
        if (dealsNeeded.value() == null || dealsNeeded.value() == 0) {
            return dealsNeeded;
        }
        Long median = situation.medianLeadToSaleMillis();
        if (median == null) {
            return WholeFigure.lacking(LackKind.NO_LEAD_TO_SALE_TIME);
        }
        if (situation.restMillis() <= median) {
            return WholeFigure.lacking(new Lack(LackKind.REST_TOO_SHORT, median, situation.restMillis()));
        }
        return situation.leadToSale().numerator() <= 0
                ? WholeFigure.lacking(new Lack(
                        LackKind.NO_LEAD_TO_SALE_RATE,
                        1L,
                        situation.leadToSale().numerator()))
                : WholeFigure.of(dividedUp(dealsNeeded.value(), situation.leadToSale()));
    }

    private static long missing(GoalSituation situation) {
        return Math.max(0, situation.goal() - situation.won());
    }

    /** ceil(amount / ratio), exact. */
    private static long dividedUp(long amount, Ratio ratio) {
        BigInteger[] parts = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(ratio.denominator()))
                .divideAndRemainder(BigInteger.valueOf(ratio.numerator()));
        return parts[0].add(BigInteger.valueOf(parts[1].signum()))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
