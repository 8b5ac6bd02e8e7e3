package io.leadpulse.domain.probability;

import io.leadpulse.domain.figure.Lack;
import java.util.List;

/**
 * How likely a win is, with what it was made of.
 *
 * @param value {@link WinTable#LEAST}..{@link WinTable#MOST}; null if it cannot be said
 * @param factors the prior first, then attributes by name, then the stage; their sum is the logarithm of the odds before
 *     the probability was clamped; empty if it cannot be said
 * @param lack null if it can be said
 */
public record WinProbability(Double value, List<WinFactor> factors, Lack lack) {
    private static final int HUNDRED_PERCENT = 100;

    /**
     * A probability in words, such as {@code 34 %}: whole percent, as more would say more than counts of leads know. What
     * rounds to all or nothing is {@code > 99 %} or {@code < 1 %}: it is held in its bounds, and never certain.
     *
     * @param value 0..1; else {@link IllegalArgumentException}
     */
    public static String inWords(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a probability of " + value + " is not in 0..1");
        }
        long percent = Math.round(HUNDRED_PERCENT * value);
        return percent == 0 ? "< 1 %" : percent == HUNDRED_PERCENT ? "> 99 %" : percent + " %";
    }

    static WinProbability lacking(Lack lack) {
        return new WinProbability(null, List.of(), lack);
    }
}
