package io.leadpulse.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LogBucketsPropertyTest {
    private static final long LONGEST_MILLIS = 230L * 366 * 86_400_000;

    @Property(tries = 300, seed = "20261122")
    void aBucketStandsForItsDurationsToHalfAPercent(@ForAll @LongRange(min = 1, max = LONGEST_MILLIS) long millis) {
        int bucket = LogBuckets.indexOf(millis);
        assertThat(LogBuckets.middleMillis(bucket)).isCloseTo((double) millis, within(0.005 * millis));
    }

    @Property(tries = 300, seed = "20261122")
    void aLongerDurationIsNeverInALowerBucket(
            @ForAll @LongRange(min = -5, max = LONGEST_MILLIS) long millis,
            @ForAll @LongRange(min = 0, max = 1_000_000) long more) {
        assertThat(LogBuckets.indexOf(millis + more)).isGreaterThanOrEqualTo(LogBuckets.indexOf(millis));
    }

    @Property(tries = 300, seed = "20261122")
    void aPaneOfAHistogramHoldsItsDayAndItsBucket(
            @ForAll @IntRange(min = -400, max = 84_000) int day,
            @ForAll @LongRange(min = -1_000_000, max = LONGEST_MILLIS) long millis) {
        int pane = Measure.histogramPane(day, millis);
        assertThat(Math.floorDiv(pane, Measure.BUCKETS_PER_DAY)).isEqualTo(day);
        assertThat(Measure.bucketOf(pane)).isEqualTo(LogBuckets.indexOf(millis));
    }

    @Example
    void nothingAndLessHasABucketOfItsOwn() {
        assertThat(LogBuckets.indexOf(0)).isEqualTo(LogBuckets.ZERO);
        assertThat(LogBuckets.indexOf(Long.MIN_VALUE)).isEqualTo(LogBuckets.ZERO);
        assertThat(LogBuckets.indexOf(1)).isZero();
        assertThat(LogBuckets.middleMillis(LogBuckets.ZERO)).isZero();
    }
}
