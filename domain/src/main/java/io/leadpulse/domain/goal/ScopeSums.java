package io.leadpulse.domain.goal;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.measure.DurationHistogram;
import io.leadpulse.domain.measure.Measure;
import java.util.NavigableMap;
import java.util.function.Supplier;

/** The sums of one scope as they stand, wherever they are kept: what its progress is computed from. */
public interface ScopeSums {
    /** The dimension of a measure that is not divided. */
    String NO_DIMENSION = "";

    /** The sum of a day measure over a period, or over all days for the total; 0 when there is nothing. */
    long sumOver(Measure measure, String dimension, Period period);

    /** The sum of a day measure on one day; 0 when there is nothing. */
    long sumOfDay(Measure measure, String dimension, long epochDay);

    /** The durations of a period of a histogram measure, or of all days for the total. */
    DurationHistogram histogramOver(Measure measure, String dimension, Period period);

    /** What was won in the five-minute slots (0 to 287) of a local day, minor units; slots without sales are absent. */
    NavigableMap<Integer, Long> wonBySlot(long epochDay);

    /** The sum of a day measure without a dimension over a period. */
    default long sumOver(Measure measure, Period period) {
        return sumOver(measure, NO_DIMENSION, period);
    }

    /**
     * What of a period is usually won by when. It depends on earlier periods only, so whoever keeps sums for longer than
     * one question may remember it until one of their days is restated; here it is always computed.
     */
    default ExpectedShare expectedShare(GoalLine line, Period period, Supplier<ExpectedShare> computed) {
        return computed.get();
    }
}
