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

    static WinProbability lacking(Lack lack) {
        return new WinProbability(null, List.of(), lack);
    }
}
