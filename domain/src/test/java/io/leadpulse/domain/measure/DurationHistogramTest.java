package io.leadpulse.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DurationHistogramTest {
    private static final long DAY_MILLIS = 86_400_000;

    @Test
    void hasNoPercentileWithoutACase() {
        assertThat(new DurationHistogram().percentileDays(0.5)).isNull();
    }

    @Test
    void hasNoPercentileOnceEverythingWasTakenBack() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.add(LogBuckets.indexOf(DAY_MILLIS), 2);
        histogram.add(LogBuckets.indexOf(DAY_MILLIS), -2);
        assertThat(histogram.percentileDays(0.5)).isNull();
    }

    @Test
    void takesTheNearestRank() {
        DurationHistogram histogram = of(DAY_MILLIS, 2 * DAY_MILLIS, 4 * DAY_MILLIS, 8 * DAY_MILLIS);
        assertThat(histogram.percentileDays(0.5)).isCloseTo(2, within(0.02));
        assertThat(histogram.percentileDays(0.51)).isCloseTo(4, within(0.04));
        assertThat(histogram.percentileDays(0)).isCloseTo(1, within(0.01));
        assertThat(histogram.percentileDays(1)).isCloseTo(8, within(0.08));
    }

    @Test
    void nothingAtAllIsZero() {
        assertThat(of(0, 0, 0).percentileDays(0.9)).isZero();
    }

    static DurationHistogram of(long... millis) {
        DurationHistogram histogram = new DurationHistogram();
        for (long each : millis) {
            histogram.add(LogBuckets.indexOf(each), 1);
        }
        return histogram;
    }
}
