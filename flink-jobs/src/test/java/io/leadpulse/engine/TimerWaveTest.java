package io.leadpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimerWaveTest {
    private static final long MILLI = 1_000_000;
    private static final long TURN = 10 * MILLI;

    private final TestProcessingTimeService clock = new TestProcessingTimeService();
    private final Timers timers = new Timers();
    private final List<String> done = new ArrayList<>();
    private TimerWave wave;
    private long nanos;
    private long nanosEach = 4 * MILLI;

    @BeforeEach
    void begin() throws Exception {
        clock.setCurrentTime(0);
        wave = new TimerWave(clock, timers, mark -> done.add("watermark " + mark.getTimestamp()), TURN, () -> nanos);
    }

    @Test
    void whatTakesNoLongerThanATurnIsFiredAtOnce() throws Exception {
        timers.due(1, 2, 5);

        wave.advance(new Watermark(4));

        assertThat(done).containsExactly("1", "2", "watermark 4");
        assertThat(wave.isRunning()).isFalse();
    }

    @Test
    void moreIsFiredInTurnsAndWatermarksFollowOneByOne() throws Exception {
        timers.due(1, 2, 3, 4, 5);
        wave.advance(new Watermark(4));
        assertThat(done).containsExactly("1", "2", "3");
        assertThat(wave.isRunning()).isTrue();

        wave.advance(new Watermark(5));
        wave.advance(new Watermark(6));
        assertThat(done).hasSize(3);
        clock.setCurrentTime(TimerWave.PAUSE_MILLIS);

        assertThat(done).containsExactly("1", "2", "3", "4", "watermark 4", "5", "watermark 6");
        assertThat(wave.isRunning()).isFalse();
    }

    @Test
    void aTimerThatTakesLongerThanATurnIsOneTurn() throws Exception {
        nanosEach = 100 * MILLI;
        timers.due(1, 2);
        wave.advance(new Watermark(4));
        assertThat(done).containsExactly("1");
    }

    @Test
    void theEndFiresAllAndNothingIsFiredAfterIt() throws Exception {
        timers.due(1, 2, 3, 4, 5);
        wave.advance(new Watermark(4));
        wave.finish();
        assertThat(done).containsExactly("1", "2", "3", "4", "watermark 4");

        clock.setCurrentTime(TimerWave.PAUSE_MILLIS);
        wave.onProcessingTime(TimerWave.PAUSE_MILLIS);
        wave.finish();
        assertThat(done).hasSize(5);
        wave.advance(Watermark.MAX_WATERMARK);
        assertThat(done).endsWith("5", "watermark " + Long.MAX_VALUE);
    }

    /** Flink's contract: it asks after each timer that it has fired whether to stop. */
    private final class Timers implements InternalTimeServiceManager<String> {
        private final TreeSet<Long> due = new TreeSet<>();

        void due(long... millis) {
            for (long each : millis) {
                due.add(each);
            }
        }

        @Override
        public boolean tryAdvanceWatermark(Watermark watermark, ShouldStopAdvancingFn shouldStop) {
            boolean isStopped = false;
            while (!isStopped && !due.isEmpty() && due.first() <= watermark.getTimestamp()) {
                done.add(String.valueOf(due.pollFirst()));
                nanos += nanosEach;
                isStopped = shouldStop.test();
            }
            return !isStopped;
        }

        @Override
        public <N> InternalTimerService<N> getInternalTimerService(
                String name, TypeSerializer<String> keys, TypeSerializer<N> namespaces, Triggerable<String, N> target) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void advanceWatermark(Watermark watermark) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void snapshotToRawKeyedState(KeyedStateCheckpointOutputStream out, String operator) {
            throw new AssertionError("not asked for");
        }
    }
}
