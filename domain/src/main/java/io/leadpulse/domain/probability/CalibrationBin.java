package io.leadpulse.domain.probability;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RealFigure;
import io.leadpulse.domain.rate.Rate;

/**
 * Closed leads of which about the same was said.
 *
 * @param observed how many of them were won
 * @param saidMillionths sum of the probabilities that were said, in millionths
 */
public record CalibrationBin(Rate observed, long saidMillionths) {

    /** None. */
    static final CalibrationBin EMPTY = new CalibrationBin(Rate.NONE, 0);

    /** The mean of the probabilities that were said, 0..1; of a good table near to the rate observed. */
    public RealFigure meanSaid() {
        Lack lack = Lack.unless(LackKind.TOO_FEW_CASES, observed.denominator(), 1);
        return lack == null
                ? RealFigure.of((double) saidMillionths / Calibration.ONE / observed.denominator())
                : RealFigure.lacking(lack);
    }

    CalibrationBin plus(Rate more, long millionths) {
        return new CalibrationBin(observed.plus(more), saidMillionths + millionths);
    }

    CalibrationBin minus(Rate less, long millionths) {
        return new CalibrationBin(observed.minus(less), saidMillionths - millionths);
    }
}
