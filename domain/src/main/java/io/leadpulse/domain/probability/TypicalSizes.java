package io.leadpulse.domain.probability;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a deal like it usually brings, for a lead of which no amount is known yet: the mean of the deals that were won with
 * its product; where these are too few, of those of its first campaign; else of all. The mean and not the median, because
 * it stands for an expectation. Good for putting leads in order, not for a forecast.
 */
public final class TypicalSizes {

    /** Fewer won deals say nothing of a size, as of "deals needed". */
    public static final long MIN_WON_DEALS = 5;

    private final Map<Key, Sum> sums = new HashMap<>();

    /** By what deals are alike, the closest first. */
    public enum Likeness {
        PRODUCT,
        CAMPAIGN,
        /** All of them. */
        COMPANY
    }

    /**
     * What they usually bring.
     *
     * @param meanMinor minor units, rounded half up
     * @param of by what they are alike
     * @param name the product or campaign; null of all
     * @param wonDeals how many they are, at least {@link #MIN_WON_DEALS}
     */
    public record Typical(long meanMinor, Likeness of, String name, long wonDeals) {}

    private record Key(Likeness of, String name) {}

    private record Sum(long deals, long minor) {}

    /**
     * Takes note of won deals with an amount.
     *
     * @param of by what they are alike
     * @param name product or campaign; null of all
     * @param wonDeals how many
     * @param sumMinor their amounts together, minor units
     */
    public void add(Likeness of, String name, long wonDeals, long sumMinor) {
        sums.merge(
                new Key(of, name),
                new Sum(wonDeals, sumMinor),
                (one, other) -> new Sum(one.deals() + other.deals(), Math.addExact(one.minor(), other.minor())));
    }

    /**
     * What a deal of such a lead usually brings.
     *
     * @param product what it is interested in; null when unknown
     * @param campaign its first campaign; null without one
     * @return empty while too few deals were won at all, or what they brought is not above 0
     */
    public Optional<Typical> of(String product, String campaign) {
        for (Likeness of : Likeness.values()) {
            String name =
                    switch (of) {
                        case PRODUCT -> product;
                        case CAMPAIGN -> campaign;
                        case COMPANY -> null;
                    };
            Sum sum = name == null && of != Likeness.COMPANY ? null : sums.get(new Key(of, name));
            if (sum != null && sum.deals() >= MIN_WON_DEALS && sum.minor() > 0) {
                long mean = BigDecimal.valueOf(sum.minor())
                        .divide(BigDecimal.valueOf(sum.deals()), 0, RoundingMode.HALF_UP)
                        .longValueExact();
                return Optional.of(new Typical(mean, of, name, sum.deals()));
            }
        }
        return Optional.empty();
    }
}
