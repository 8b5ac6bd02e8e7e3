package io.leadpulse.local.replay;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.Decoded;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The clock of a replay: just behind the latest event so far. Dead letters and configuration records have no time and
 * do not move it. It only wakes timers; what is published follows from the facts, so a file that is not in order of time
 * gives the same final values.
 */
final class ReplayWatermarks implements WatermarkGenerator<Decoded> {
    private long latestMillis = Long.MIN_VALUE + 1;

    private ReplayWatermarks() {}

    /** A watermark after every record that moves the clock. */
    static WatermarkStrategy<Decoded> perRecord() {
        return WatermarkStrategy.<Decoded>forGenerator(context -> new ReplayWatermarks())
                .withTimestampAssigner((decoded, timeMillis) -> timeMillis);
    }

    /** No watermark before the end of the input. */
    static WatermarkStrategy<Decoded> atEnd() {
        return WatermarkStrategy.<Decoded>noWatermarks().withTimestampAssigner((decoded, timeMillis) -> timeMillis);
    }

    @Override
    public void onEvent(Decoded decoded, long timeMillis, WatermarkOutput output) {
        if (timeMillis != Fact.NO_TIME && timeMillis > latestMillis) {
            latestMillis = timeMillis;
            output.emitWatermark(new Watermark(timeMillis - 1));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // Every record already moved the clock.
    }
}
