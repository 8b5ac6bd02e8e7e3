package io.leadpulse.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.SourceSeen;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import io.leadpulse.schemas.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The default grace is 15 minutes. */
class ClockOperatorTest {
    private static final OutputTag<SourceSeen> SOURCES = new OutputTag<>("sources") {};
    private static final long MINUTE = 60_000;
    private static final long NINE = TestSettings.millis("2025-03-03T09:00:00Z");

    private TwoInputStreamOperatorTestHarness<Decoded, Tick, Decoded> clock;

    @BeforeEach
    void open() throws Exception {
        clock = new TwoInputStreamOperatorTestHarness<>(new ClockOperator(TestSettings.live(), SOURCES));
        clock.open();
    }

    @AfterEach
    void close() throws Exception {
        clock.close();
    }

    @Test
    void whileEventsComeTimeIsTheirs() throws Exception {
        events(NINE);
        tick(NINE + 60 * MINUTE);
        events(NINE + MINUTE);

        assertThat(said()).containsExactly("09:00", "09:01");
    }

    @Test
    void whenEventsAreIdleTicksDriveItAGraceBehind() throws Exception {
        events(NINE);
        idle();
        tick(NINE + 10 * MINUTE);
        assertThat(said()).as("still within the grace").containsExactly("09:00", "IDLE");
        tick(NINE + 20 * MINUTE);
        tick(NINE + 21 * MINUTE);

        assertThat(said()).containsExactly("09:00", "IDLE", "ACTIVE", "09:05", "IDLE", "ACTIVE", "09:06", "IDLE");
    }

    @Test
    void whenEventsComeAgainTimeIsTheirsAndDoesNotGoBack() throws Exception {
        idle();
        tick(NINE + 20 * MINUTE);
        clock.processWatermarkStatus1(WatermarkStatus.ACTIVE);
        events(NINE + 2 * MINUTE);
        tick(NINE + 21 * MINUTE);
        events(NINE + 22 * MINUTE);

        assertThat(said()).containsExactly("IDLE", "ACTIVE", "09:05", "IDLE", "ACTIVE", "09:22");
    }

    @Test
    void ticksThatRunAheadDoNotJumpOverABacklog() throws Exception {
        for (int minute = 0; minute < 5; minute++) {
            tick(NINE + 24 * 60 * MINUTE + minute);
            events(NINE + minute * MINUTE);
        }

        assertThat(said()).containsExactly("09:00", "09:01", "09:02", "09:03", "09:04");
    }

    @Test
    void beforeTheFirstEventNothingIsSaidUntilTheSourceSaysThatNoneComes() throws Exception {
        tick(NINE);
        assertThat(said()).isEmpty();
        idle();
        tick(NINE + 1_000);

        assertThat(said()).containsExactly("IDLE", "ACTIVE", "08:45", "IDLE");
    }

    @Test
    void anOldTickAndAnIdleTickSourceMoveNothing() throws Exception {
        idle();
        tick(NINE + 20 * MINUTE);
        tick(NINE);
        clock.processWatermarkStatus2(WatermarkStatus.IDLE);
        clock.processWatermark2(new Watermark(NINE + 60 * MINUTE));

        assertThat(said()).containsExactly("IDLE", "ACTIVE", "09:05", "IDLE");
    }

    @Test
    void aDrainedSourceDoesNotEndTime() throws Exception {
        events(NINE);
        clock.processWatermark1(Watermark.MAX_WATERMARK);

        assertThat(said()).containsExactly("09:00");
    }

    @Test
    void afterARestartEventsSayWhereTheyAre() throws Exception {
        idle();
        tick(NINE + 20 * MINUTE);
        var snapshot = clock.snapshot(1, 1);
        clock.close();
        clock = new TwoInputStreamOperatorTestHarness<>(new ClockOperator(TestSettings.live(), SOURCES));
        clock.initializeState(snapshot);
        clock.open();
        tick(NINE + 21 * MINUTE);
        events(NINE + MINUTE);

        assertThat(said()).containsExactly("09:01");
    }

    @Test
    void eventsPassAndWhatWasSeenOfTheirSourceIsToldOnce() throws Exception {
        events(NINE);
        event(NINE + MINUTE, 5);
        event(NINE - MINUTE, 6);
        clock.processElement1(new StreamRecord<>(Decoded.of(new DeadLetter(raw(7), Reason.FUTURE, "later"))));
        clock.prepareSnapshotPreBarrier(1);
        clock.prepareSnapshotPreBarrier(2);

        assertThat(clock.extractOutputValues()).hasSize(3);
        assertThat(clock.getSideOutput(SOURCES))
                .extracting(StreamRecord::getValue)
                .containsExactly(new SourceSeen(Topics.ACTIVITIES, NINE + MINUTE, 7, 1));
    }

    private void events(long millis) throws Exception {
        clock.processWatermark1(new Watermark(millis));
    }

    private void event(long millis, long appendedMillis) throws Exception {
        SalesEvent event = SalesEvent.builder(1, "crm/1", EventKind.CALL, millis, raw(appendedMillis))
                .build();
        clock.processElement1(new StreamRecord<>(Decoded.of(event)));
    }

    private static RawRecord raw(long appendedMillis) {
        return new RawRecord(Topics.ACTIVITIES, 0, 1, appendedMillis, null, new byte[0], List.of());
    }

    private void idle() throws Exception {
        clock.processWatermarkStatus1(WatermarkStatus.IDLE);
    }

    private void tick(long millis) throws Exception {
        clock.processElement2(new StreamRecord<>(new Tick(millis, Set.of())));
    }

    /** Watermarks as hour and minute, and statuses, in order. */
    private List<String> said() {
        List<String> said = new ArrayList<>();
        for (Object each : clock.getOutput()) {
            if (each instanceof Watermark mark) {
                said.add(java.time.Instant.ofEpochMilli(mark.getTimestamp())
                        .toString()
                        .substring(11, 16));
            } else if (each instanceof WatermarkStatus status) {
                said.add(status.isIdle() ? "IDLE" : "ACTIVE");
            }
        }
        return said;
    }
}
