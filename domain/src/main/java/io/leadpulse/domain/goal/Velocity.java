package io.leadpulse.domain.goal;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;

/**
 * Pipeline velocity: open deals x mean won amount x win rate / mean cycle in days, from the trailing window. A
 * speedometer, not a forecast.
 *
 * @param minorPerDay minor units per calendar day; null if it cannot be said
 * @param lack null if it can be said
 */
public record Velocity(Double minorPerDay, Lack lack) {
    private static final long MIN_WON_DEALS = GoalProgress.MIN_WON_DEALS;

    private static final double DAY_MILLIS = 86_400_000.0;

    /**
     * The velocity of a scope.
     *
     * @param openDeals open deals now, without those overdue by 90 days
     * @param trailing what was sold in the trailing window
     */
    public static Velocity of(long openDeals, PeriodSales trailing) {
        if (trailing.wonCount() < MIN_WON_DEALS) {
            return new Velocity(null, new Lack(LackKind.TOO_FEW_WON_DEALS, MIN_WON_DEALS, trailing.wonCount()));
        }
        if (trailing.wonDealAmountMinor() <= 0 || trailing.cycleSumMillis() <= 0) {
            return new Velocity(null, Lack.of(LackKind.NO_MEAN_WON_AMOUNT));
        }
        double wonCount = trailing.wonCount();
        double meanMinor = trailing.wonDealAmountMinor() / wonCount;
        double winRate = wonCount / (trailing.wonCount() + trailing.lostCount());
        double cycleDays = trailing.cycleSumMillis() / wonCount / DAY_MILLIS;
        return new Velocity(openDeals * meanMinor * winRate / cycleDays, null);
    }
}
