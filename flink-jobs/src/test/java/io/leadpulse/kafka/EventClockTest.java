package io.leadpulse.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two partitions of one reader, put together as Flink's sources do; events are waited for 5 seconds, partitions 30. */
class EventClockTest {
    private static final long NINE = TestSettings.millis("2025-03-03T09:00:00Z");
    private static final long SECOND = 1_000;

    private final ManualClock machine = new ManualClock();
    private final Heard heard = new Heard();
    private final WatermarkOutputMultiplexer together = new WatermarkOutputMultiplexer(heard);
    private Partition lively;
    private Partition other;

    @BeforeEach
    void assign() throws Exception {
        // As it gets to the readers.
        WatermarkStrategy<Decoded> clock =
                InstantiationUtil.clone(EventClock.of(Duration.ofSeconds(5), Duration.ofSeconds(30)));
        lively = new Partition("lively", clock);
        other = new Partition("other", clock);
    }

    @Test
    void aPartitionThatOnlyGetsBrokenRecordsIsNotWaitedFor() {
        other.event(NINE);
        for (int second = 0; second <= 30; second++) {
            lively.event(NINE + second * SECOND);
            other.broken();
            pass();
        }
        assertThat(heard.millis).as("waited for").isEqualTo(NINE - 5 * SECOND - 1);

        lively.event(NINE + 31 * SECOND);
        other.broken();
        pass();

        assertThat(heard.millis).isEqualTo(NINE + 26 * SECOND - 1);
        assertThat(heard.isIdle).isFalse();
    }

    @Test
    void aPartitionThatNeverHadAnEventIsNotWaitedForEither() {
        for (int second = 0; second <= 31; second++) {
            lively.event(NINE + second * SECOND);
            other.broken();
            pass();
        }

        assertThat(heard.millis).isEqualTo(NINE + 26 * SECOND - 1);
    }

    @Test
    void aSteadyFeedOfEventsNoLaterThanThoseBeforeIsNotWaitedFor() {
        for (int second = 0; second <= 31; second++) {
            lively.event(NINE + second * SECOND);
            other.event(NINE - 86_400 * SECOND - (second % 7) * SECOND);
            pass();
        }

        assertThat(heard.millis).isEqualTo(NINE + 26 * SECOND - 1);
    }

    @Test
    void whenNoPartitionGoesOnTheSourceIsIdleSoThatTicksDriveTheClock() {
        lively.event(NINE);
        for (int second = 0; second <= 31; second++) {
            lively.broken();
            other.broken();
            pass();
        }

        assertThat(heard.isIdle).isTrue();
        assertThat(heard.millis).isEqualTo(NINE - 5 * SECOND - 1);
    }

    @Test
    void aPartitionThatWorksOffABacklogIsWaitedFor() {
        for (int second = 0; second <= 90; second++) {
            lively.event(NINE + second * SECOND);
            if (second % 30 == 0) {
                other.event(NINE - 3_600 * SECOND + second);
            }
            pass();
        }

        assertThat(heard.millis).isEqualTo(NINE - 3_605 * SECOND + 90 - 1);
    }

    @Test
    void aPartitionThatGoesOnAgainIsWaitedForAgainAndTimeDoesNotGoBack() {
        other.event(NINE);
        for (int second = 0; second <= 31; second++) {
            lively.event(NINE + second * SECOND);
            other.broken();
            pass();
        }
        other.event(NINE + SECOND);
        lively.event(NINE + 40 * SECOND);
        pass();
        assertThat(heard.millis).isEqualTo(NINE + 26 * SECOND - 1);

        other.event(NINE + 35 * SECOND);
        pass();
        assertThat(heard.millis).isEqualTo(NINE + 30 * SECOND - 1);
    }

    /** A second, at whose end all say where they are. */
    private void pass() {
        lively.generator.onPeriodicEmit(lively.output);
        other.generator.onPeriodicEmit(other.output);
        together.onPeriodicEmit();
        machine.advanceTime(Duration.ofSeconds(1));
    }

    private static RawRecord raw() {
        return new RawRecord(Topics.ACTIVITIES, 0, 1, Fact.NO_TIME, null, new byte[0], List.of());
    }

    private final class Partition implements WatermarkOutputMultiplexer.WatermarkUpdateListener {
        private final TimestampAssigner<Decoded> times;
        private final WatermarkGenerator<Decoded> generator;
        private final WatermarkOutput output;

        Partition(String name, WatermarkStrategy<Decoded> clock) {
            Context context = new Context();
            times = clock.createTimestampAssigner(context);
            generator = clock.createWatermarkGenerator(context);
            together.registerNewOutput(name, this);
            output = together.getDeferredOutput(name);
        }

        @Override
        public void onIdleUpdate(boolean isIdle) {
            // Told together with the others'.
        }

        @Override
        public void onWatermarkUpdate(long millis) {
            // Told together with the others'.
        }

        void event(long millis) {
            take(Decoded.of(SalesEvent.builder(1, "crm/1", EventKind.CALL, millis, raw())
                    .build()));
        }

        void broken() {
            take(Decoded.of(new DeadLetter(raw(), Reason.FUTURE, "later")));
        }

        private void take(Decoded decoded) {
            generator.onEvent(decoded, times.extractTimestamp(decoded, Fact.NO_TIME), output);
        }
    }

    private final class Context implements WatermarkGeneratorSupplier.Context, TimestampAssignerSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return machine;
        }
    }

    /** What the operator behind the source hears. */
    private static final class Heard implements WatermarkOutput {
        private long millis = Long.MIN_VALUE;
        private boolean isIdle;

        @Override
        public void emitWatermark(Watermark mark) {
            millis = mark.getTimestamp();
            isIdle = false;
        }

        @Override
        public void markIdle() {
            isIdle = true;
        }

        @Override
        public void markActive() {
            isIdle = false;
        }
    }
}
