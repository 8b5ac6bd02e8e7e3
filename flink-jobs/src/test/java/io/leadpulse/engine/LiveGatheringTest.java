package io.leadpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveGatheringTest {
    private static final long START = 1_750_000_000_000L;
    private static final int SIZE = 100;
    private static final long NANOS_PER_MICRO = 1_000;

    private final TestProcessingTimeService clock = new TestProcessingTimeService();
    private final List<String> taken = new ArrayList<>();
    private long microsEach;
    private long nanos;
    private Watermark markMeanwhile;
    private LiveGathering<String> gathering;

    @BeforeEach
    void begin() throws Exception {
        clock.setCurrentTime(START);
        gathering = new LiveGathering<>(clock, new Taker(), () -> nanos);
    }

    @Test
    void whatComesOfAKeyWithinAMomentIsTakenTogetherInItsOrder() throws Exception {
        gathering.add("a", "a1", SIZE);
        gathering.add("b", "b1", SIZE);
        gathering.add("a", "a2", SIZE);
        clock.setCurrentTime(START + LiveGathering.QUIET_MILLIS - 1);
        assertThat(taken).isEmpty();

        clock.setCurrentTime(START + LiveGathering.QUIET_MILLIS);

        assertThat(taken).containsExactly("a1 a2", "b1");
    }

    @Test
    void aKeyThatCostsLittleIsTakenInTwentyTimesASecondAtMost() throws Exception {
        microsEach = 40;
        assertThat(takenWithin(1_000)).hasSize(20);
    }

    @Test
    void aKeyThatCostsMuchTakesAThousandthOfTheTime() throws Exception {
        microsEach = 250;
        assertThat(takenWithin(1_000)).hasSize(4);
    }

    @Test
    void noKeyWaitsForMoreThanASecond() throws Exception {
        microsEach = 100_000;
        assertThat(takenWithin(5_000)).hasSize(5);
    }

    @Test
    void manyInputsWaitForNothing() throws Exception {
        for (int input = 0; input < Gathering.MOST_INPUTS; input++) {
            gathering.add("key " + input % 10, "x", SIZE);
        }

        assertThat(taken).hasSize(10);
    }

    @Test
    void largeInputsWaitForNothing() throws Exception {
        int size = 1_000_000;
        for (long input = 0; input * size < Gathering.MOST_BYTES; input++) {
            assertThat(taken).isEmpty();
            gathering.add("a", "x", size);
        }

        assertThat(taken).hasSize(1);
    }

    @Test
    void oneKeyOrAllGoOnWhenTheyAreToldTo() throws Exception {
        gathering.add("a", "a1", SIZE);
        gathering.add("b", "b1", SIZE);
        gathering.goOn("b");
        gathering.goOn("c");
        assertThat(taken).containsExactly("b1");
        gathering.goOn();
        gathering.goOn();
        assertThat(taken).containsExactly("b1", "a1");
    }

    @Test
    void theLatestWatermarkFollowsWhatCameBeforeIt() throws Exception {
        gathering.add(new Watermark(1));
        gathering.add("a", "a1", SIZE);
        gathering.add(new Watermark(2));
        gathering.add(new Watermark(3));
        assertThat(taken).containsExactly("watermark 1");

        clock.setCurrentTime(START + LiveGathering.QUIET_MILLIS);

        assertThat(taken).containsExactly("watermark 1", "a1", "watermark 3");
    }

    @Test
    void aWatermarkWaitsASecondForBusyKeysAndThenTakesThemAlong() throws Exception {
        microsEach = 10_000;
        gathering.add("busy", "1", SIZE);
        clock.setCurrentTime(START + LiveGathering.QUIET_MILLIS);
        gathering.add("busy", "2", SIZE);
        gathering.add(new Watermark(1));
        clock.setCurrentTime(START + LiveGathering.QUIET_MILLIS + LiveGathering.MOST_MILLIS - 1);
        assertThat(taken).containsExactly("1");

        clock.setCurrentTime(
                START + LiveGathering.QUIET_MILLIS + LiveGathering.MOST_MILLIS + LiveGathering.QUIET_MILLIS);

        assertThat(taken).containsExactly("1", "2", "watermark 1");
    }

    @Test
    void aWatermarkThatIsToldWhileInputsAreTakenInFollowsThemAll() throws Exception {
        gathering.add("a", "a1", SIZE);
        gathering.add("b", "b1", SIZE);
        markMeanwhile = new Watermark(1);

        gathering.goOn();

        assertThat(taken).containsExactly("a1", "b1", "watermark 1");
    }

    @Test
    void theLastWatermarkLetsAllGoOn() throws Exception {
        gathering.add("a", "a1", SIZE);
        gathering.add(Watermark.MAX_WATERMARK);

        assertThat(taken).containsExactly("a1", "watermark " + Long.MAX_VALUE);
    }

    /** What is taken in of a key to which something happens every millisecond, and of which all is taken in. */
    private List<String> takenWithin(long millis) throws Exception {
        for (long at = 0; at < millis; at++) {
            gathering.add("busy", "x", SIZE);
            clock.setCurrentTime(START + at);
        }
        return taken;
    }

    private final class Taker implements LiveGathering.Taker<String> {
        @Override
        public void takeInLive(List<String> ofOneKey) throws Exception {
            nanos += microsEach * NANOS_PER_MICRO;
            taken.add(String.join(" ", ofOneKey));
            if (markMeanwhile != null) {
                gathering.add(markMeanwhile);
                markMeanwhile = null;
            }
        }

        @Override
        public void takeWatermarkLive(Watermark mark) {
            taken.add("watermark " + mark.getTimestamp());
        }
    }
}
