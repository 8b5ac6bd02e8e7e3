package io.leadpulse.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DurationHistogramPropertyTest {
    private static final long DAY_MILLIS = 86_400_000;

    @Property(tries = 200, seed = "20261122")
    void isOnePercentAwayFromTheTruthAtMost(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 400 * DAY_MILLIS) Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
        DurationHistogram histogram = DurationHistogramTest.of(sorted);
        Arrays.sort(sorted);
        for (double share : new double[] {0.1, 0.5, 0.9, 1}) {
            long exact = sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1];
            assertThat(histogram.percentileMillis(share)).isCloseTo((double) exact, within(0.01 * exact));
        }
    }
}
