package io.leadpulse.domain.pipeline;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.figure.RealFigure;
import java.math.BigInteger;
import java.util.Collection;

/**
 * How near past forecasts came.
 *
 * <p><b>Accuracy</b> = 1 - sum of |forecast - actual| / sum of actual, not below 0. Ratio of sums, so that a small month
 * that was missed by much does not outweigh the year (S. Kolassa and W. Schuetz, Advantages of the MAD/Mean Ratio over
 * the MAPE, Foresight 6 (2007), 40-43). <b>Bias</b> = sum of (forecast - actual) / sum of actual; above 0 too much was
 * promised.
 *
 * @param periods how many periods it rests on
 * @param accuracy 0..1
 * @param bias -1 or more
 */
public record ForecastAccuracy(int periods, RealFigure accuracy, RealFigure bias) {

    /**
     * What was said of a period that is over, and what came.
     *
     * @param forecastMinor what was forecast at a fixed position in it, the same for all periods; minor units
     * @param actualMinor what was won in it, restated by later corrections; minor units
     */
    public record Past(long forecastMinor, long actualMinor) {}

    /** The accuracy over these periods; needs one, and that something was won. */
    public static ForecastAccuracy of(Collection<Past> periods) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_FORECASTS, periods.size(), 1);
        BigInteger missed = BigInteger.ZERO;
        BigInteger over = BigInteger.ZERO;
        BigInteger actual = BigInteger.ZERO;
        for (Past past : periods) {
            BigInteger difference =
                    BigInteger.valueOf(past.forecastMinor()).subtract(BigInteger.valueOf(past.actualMinor()));
            missed = missed.add(difference.abs());
            over = over.add(difference);
            actual = actual.add(BigInteger.valueOf(past.actualMinor()));
        }
        if (lack == null && actual.signum() <= 0) {
            lack = Lack.of(LackKind.NO_MEAN_WON_AMOUNT);
        }
        if (lack != null) {
            return new ForecastAccuracy(periods.size(), RealFigure.lacking(lack), RealFigure.lacking(lack));
        }
        return new ForecastAccuracy(
                periods.size(),
                RealFigure.of(Math.max(0, 1 - missed.doubleValue() / actual.doubleValue())),
                RealFigure.of(over.doubleValue() / actual.doubleValue()));
    }
}
