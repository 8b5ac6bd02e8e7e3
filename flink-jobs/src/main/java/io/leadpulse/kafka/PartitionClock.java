package io.leadpulse.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The clock of one partition: a while behind its latest event, and idle after a time in which it has not moved. Records
 * alone do not keep it from being idle, as they do with Flink's {@code withIdleness}: a partition into which only broken
 * records come, or events older than those before, says nothing of the time, and all others would wait for it.
 */
final class PartitionClock<T> implements WatermarkGenerator<T> {
    private final WatermarkGenerator<T> bounded;
    private final long idlenessNanos;
    private final RelativeClock machine;

    private long latestMillis = Long.MIN_VALUE;
    private boolean hasMoved = true;
    private long lastMovedNanos;
    private boolean isIdle;

    /**
     * A clock that has not moved yet.
     *
     * @param outOfOrderness how long it waits for events that overtook each other
     * @param idleness after this long without a later event others do not wait for it
     * @param machine by which that is measured; it stands while the partition may not be read
     */
    PartitionClock(Duration outOfOrderness, Duration idleness, RelativeClock machine) {
        this.bounded = new BoundedOutOfOrdernessWatermarks<>(outOfOrderness);
        this.idlenessNanos = idleness.toNanos();
        this.machine = machine;
    }

    @Override
    public void onEvent(T event, long eventMillis, WatermarkOutput output) {
        if (eventMillis > latestMillis) {
            latestMillis = eventMillis;
            hasMoved = true;
        }
        bounded.onEvent(event, eventMillis, output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long nowNanos = machine.relativeTimeNanos();
        if (hasMoved) {
            hasMoved = false;
            lastMovedNanos = nowNanos;
            isIdle = false;
        }
        if (nowNanos - lastMovedNanos <= idlenessNanos) {
            bounded.onPeriodicEmit(output);
        } else if (!isIdle) {
            isIdle = true;
            output.markIdle();
        }
    }
}
