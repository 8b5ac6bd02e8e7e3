package io.leadpulse.kafka;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The engine's clock as far as events drive it: per partition, a while behind the latest event. Dead letters and
 * configuration have no time and never move it. A watermark only wakes timers; no event is dropped for being late.
 */
public final class EventClock {
    private EventClock() {}

    /**
     * How the clock moves.
     *
     * @param outOfOrderness how long it waits for events that overtook each other
     * @param idleness after this long without a later event, by the machine's clock, others do not wait for a partition
     */
    public static WatermarkStrategy<Decoded> of(Duration outOfOrderness, Duration idleness) {
        return WatermarkStrategy.<Decoded>forGenerator(
                        context -> new PartitionClock<>(outOfOrderness, idleness, context.getInputActivityClock()))
                .withTimestampAssigner((decoded, appendedMillis) -> timeOf(decoded));
    }

    static long timeOf(Decoded decoded) {
        return decoded.event() == null ? Fact.NO_TIME : decoded.event().timeMillis();
    }
}
