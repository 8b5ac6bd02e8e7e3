package io.leadpulse.domain.goal;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.domain.figure.WholeFigure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Where a period lands if of the open opportunities due in it as many are won as usual. */
final class Landing {
    private static final long MIN_WON_DEALS = GoalProgress.MIN_WON_DEALS;

    private Landing() {}

    /** Won + open due x win rate, for money x mean won amount; rounded half up, in the goal's unit. */
    static WholeFigure of(GoalSituation situation) {
        Ratio winRate = situation.winRate();
        Ratio perDeal = situation.wonAmountPerDeal();
        return switch (situation.measure()) {
            case QUALIFIED_LEADS, ACTIVITIES -> WholeFigure.lacking(LackKind.NOT_MEASURED_IN_SALES);
            case DEALS_WON, WON_AMOUNT -> {
                if (situation.openOpportunitiesDue() == 0) {
                    yield WholeFigure.of(situation.won());
                }
                if (winRate.numerator() < MIN_WON_DEALS) {
                    yield WholeFigure.lacking(new Lack(LackKind.TOO_FEW_WON_DEALS, MIN_WON_DEALS, winRate.numerator()));
                }
                BigDecimal wonOfDue = BigDecimal.valueOf(situation.openOpportunitiesDue())
                        .multiply(BigDecimal.valueOf(winRate.numerator()));
                BigDecimal divisor = BigDecimal.valueOf(winRate.denominator());
                if (situation.measure() == GoalMeasure.WON_AMOUNT) {
                    wonOfDue = wonOfDue.multiply(BigDecimal.valueOf(perDeal.numerator()));
                    divisor = divisor.multiply(BigDecimal.valueOf(perDeal.denominator()));
                }
                yield WholeFigure.of(Math.addExact(
                        situation.won(),
                        wonOfDue.divide(divisor, 0, RoundingMode.HALF_UP).longValueExact()));
            }
        };
    }
}
