package io.leadpulse.domain.pipeline;

import io.leadpulse.domain.probability.ExpectedValue;

/**
 * What a period will bring: what is won, and of each open deal due in it its probability's part.
 *
 * <p>Each deal's part is rounded half up to whole minor units before it is summed, so deals can be added and taken away
 * in any order and the sum is exactly that of the list shown.
 *
 * @param wonMinor won in the period so far, less refunds; minor units
 * @param weightedOpenMinor open deals x probability; minor units
 * @param weightedDeals how many open deals that are
 * @param unweightedDeals open deals left out, as they have no amount or no probability yet; shown beside it
 */
public record Forecast(long wonMinor, long weightedOpenMinor, long weightedDeals, long unweightedDeals) {

    /** What is won, without any open deal. */
    public static Forecast ofWon(long wonMinor) {
        return new Forecast(wonMinor, 0, 0, 0);
    }

    /**
     * With one open deal more.
     *
     * @param amountMinor minor units; null if it has none
     * @param probability 0..1; null if none can be said
     */
    public Forecast plus(Long amountMinor, Double probability) {
        return with(amountMinor, probability, 1);
    }

    /** With one open deal less, which had been added just so. */
    public Forecast minus(Long amountMinor, Double probability) {
        return with(amountMinor, probability, -1);
    }

    /** Won and weighted open; minor units. */
    public long totalMinor() {
        return Math.addExact(wonMinor, weightedOpenMinor);
    }

    private Forecast with(Long amountMinor, Double probability, int sign) {
        if (amountMinor == null || probability == null) {
            return new Forecast(wonMinor, weightedOpenMinor, weightedDeals, unweightedDeals + sign);
        }
        long part = ExpectedValue.of(amountMinor.longValue(), probability.doubleValue());
        return new Forecast(
                wonMinor, Math.addExact(weightedOpenMinor, sign * part), weightedDeals + sign, unweightedDeals);
    }
}
