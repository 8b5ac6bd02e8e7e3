package io.leadpulse.serving.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WorkedOffTest {
    private static final TopicPartition FIRST = new TopicPartition("crm", 0);
    private static final TopicPartition SECOND = new TopicPartition("crm", 1);

    private final WorkedOff worked = new WorkedOff();
    private long nanos;

    @Test
    void theFirstLookIsBelievedSinceNothingWouldHoldNothingBack() {
        assertThat(upTo(0, 0)).isEmpty();
        worked.heard(50, ends(3, 5), nanos);

        assertThat(upTo(0, 0)).hasValue(50);
    }

    @Test
    void nothingMoreIsBelievedBeforeACheckpointHasAllThatWasThere() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);

        assertThat(upTo(0, 0)).hasValue(50);
        assertThat(upTo(3, 4)).as("one on its way").hasValue(50);
        assertThat(upTo(9, 4)).as("much of the other partition").hasValue(50);
        assertThat(upTo(3, 5)).hasValue(100);
    }

    @Test
    void whatComesMeanwhileIsNotWaitedFor() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);
        worked.heard(101, ends(9, 5), nanos);
        worked.heard(102, ends(9, 9), nanos);

        assertThat(upTo(4, 5)).hasValue(100);
        assertThat(upTo(9, 8)).hasValue(101);
        assertThat(upTo(9, 9)).hasValue(102);
    }

    @Test
    void heardNoFurtherNeedsNoMore() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);
        worked.heard(100, ends(9, 9), nanos);

        assertThat(upTo(3, 5)).hasValue(100);
    }

    @Test
    void aSourceThatIsHeardLessFarTakesBackWhatIsNotWorkedOffYet() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);
        worked.heard(40, ends(3, 6), nanos);
        assertThat(upTo(3, 5)).hasValue(40);

        worked.heard(110, ends(3, 6), nanos);
        assertThat(upTo(3, 6)).hasValue(110);
    }

    @Test
    void whatNobodyCanReadAtTheEndOfAPartitionIsNotWaitedForLong() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);
        nanos += WorkedOff.PATIENCE.toNanos() - 1;
        worked.heard(200, ends(3, 5), nanos);
        assertThat(upTo(3, 3)).hasValue(50);

        nanos++;
        assertThat(upTo(3, 3)).hasValue(100);
    }

    /** Four records that were aborted, and their marker, at the end of the second partition. */
    @Test
    void whatIsNeverReadIsNotWaitedForLongWhileTheEngineGoesOn() {
        worked.before(50);
        worked.heard(100, ends(3, 9), nanos);
        for (int look = 0; look < 10; look++) {
            assertThat(upTo(3 + look, 4)).hasValue(50);
            nanos += WorkedOff.PATIENCE.toNanos() / 10;
        }
        assertThat(upTo(20, 4)).hasValue(100);
    }

    @Test
    void aBacklogThatIsWorkedOffIsWaitedFor() {
        worked.before(50);
        worked.heard(100, ends(3, 900), nanos);
        for (int look = 0; look < 100; look++) {
            assertThat(upTo(3 + look, 4 + look)).hasValue(50);
            nanos += WorkedOff.PATIENCE.toNanos() / 10;
        }
        assertThat(upTo(200, 900)).hasValue(100);
    }

    @Test
    void anEngineThatIsDownIsWaitedForADay() {
        worked.before(50);
        worked.heard(100, ends(3, 5), nanos);
        nanos += WorkedOff.OUTAGE.toNanos() - 1;
        assertThat(upTo(3, 2)).hasValue(50);

        nanos++;
        assertThat(upTo(3, 2)).hasValue(100);
    }

    @Test
    void anEngineThatIsFarBehindIsFollowedInStepsWithoutEnd() {
        int looks = 10_000;
        worked.before(0);
        for (int look = 1; look <= looks; look++) {
            worked.heard(look, ends(look, 0), nanos);
        }
        long step = 0;
        long last = 0;
        for (int done = 1; done <= looks; done++) {
            long upTo = upTo(done, 0).orElseThrow();
            assertThat(upTo).isBetween(last, (long) done);
            step = Math.max(step, done - upTo);
            last = upTo;
        }
        assertThat(last).isEqualTo(looks);
        assertThat(step).isLessThan(looks / 4);
    }

    private OptionalLong upTo(long first, long second) {
        return worked.upTo(ends(first, second), nanos);
    }

    private static Map<TopicPartition, Long> ends(long first, long second) {
        return Map.of(FIRST, first, SECOND, second);
    }
}
