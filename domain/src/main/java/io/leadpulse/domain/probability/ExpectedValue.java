package io.leadpulse.domain.probability;

import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.WholeFigure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a deal is worth now: win probability x size. The ranking of the most valuable. */
public final class ExpectedValue {

    private ExpectedValue() {}

    /**
     * The expected value, exact but for one rounding: half up (away from zero) to whole minor units.
     *
     * @param sizeMinor minor units of the company's currency; null if the deal has no amount
     * @param probability what is said of it
     * @return minor units, or what it needs: an amount first, else what the probability needs
     */
    public static WholeFigure of(Long sizeMinor, WinProbability probability) {
        if (sizeMinor == null) {
            return WholeFigure.lacking(LackKind.NO_AMOUNT);
        }
        return probability.value() == null
                ? WholeFigure.lacking(probability.lack())
                : WholeFigure.of(of(sizeMinor.longValue(), probability.value()));
    }

    /**
     * As {@link #of(Long, WinProbability)} where both are known.
     *
     * @param probability 0..1; else {@link IllegalArgumentException}
     */
    public static long of(long sizeMinor, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability of " + probability + " is not in 0..1");
        }
        return BigDecimal.valueOf(sizeMinor)
                .multiply(BigDecimal.valueOf(probability))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
