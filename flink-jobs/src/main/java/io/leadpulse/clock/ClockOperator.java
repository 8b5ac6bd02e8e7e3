package io.leadpulse.clock;

import io.leadpulse.conservation.SourceSeen;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.tick.Tick;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * The engine's clock. While events come, event time is theirs; while none comes, it is that of the ticks, a grace behind,
 * so that what is due becomes due although nobody does anything. It never goes back. When the broker is dead there are no
 * ticks either, and time stands still.
 *
 * <p>The operator of a subtask whose events are idle stays idle, and is active just for the moment in which it says a
 * tick's time. So it never holds back another subtask whose events go on, and when all are idle the ticks alone count.
 * Whether events are idle is for their source to say: while a backlog is read they are not, and a tick of now does not
 * jump over it.
 *
 * <p>It has no state: after a restart events say where they are, and the ticks go on.
 */
public final class ClockOperator extends AbstractStreamOperator<Decoded>
        implements TwoInputStreamOperator<Decoded, Tick, Decoded> {
    private static final long serialVersionUID = 1;

    private static final int EVENTS = 0;

    private final EngineSettings settings;
    private final OutputTag<SourceSeen> sources;

    private transient long graceMillis;
    private transient boolean eventsAreIdle;
    private transient long eventsMillis;
    private transient long saidMillis;
    private transient Map<String, SourceSeen> seen;

    /**
     * A clock.
     *
     * @param sources where it tells how each topic of events goes
     */
    public ClockOperator(EngineSettings settings, OutputTag<SourceSeen> sources) {
        this.settings = settings;
        this.sources = sources;
    }

    @Override
    public void open() throws Exception {
        super.open();
        graceMillis = EngineContext.of(settings).graceMillis();
        eventsMillis = Long.MIN_VALUE;
        saidMillis = Long.MIN_VALUE;
        seen = new TreeMap<>();
    }

    @Override
    public void processElement1(StreamRecord<Decoded> element) {
        see(element.getValue());
        output.collect(element);
    }

    @Override
    public void processElement2(StreamRecord<Tick> element) {
        long tickMillis = element.getValue().timeMillis();
        // So that the results tell how late it is here, also when nothing happens.
        seen.merge(Topics.TICKS, new SourceSeen(Topics.TICKS, tickMillis, tickMillis, 0), SourceSeen::plus);
        long millis = tickMillis - graceMillis;
        if (eventsAreIdle && millis > saidMillis) {
            output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
            say(millis);
            output.emitWatermarkStatus(WatermarkStatus.IDLE);
        }
        tellSources();
    }

    /** The watermark of events; the one behind all time, which a drained source sends, is not one of theirs. */
    @Override
    public void processWatermark1(Watermark mark) {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            return;
        }
        eventsMillis = mark.getTimestamp();
        if (eventsMillis > saidMillis) {
            say(eventsMillis);
        }
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // Ticks are records; their input has no time of its own.
    }

    /** Whether events are idle; whether ticks are says nothing. */
    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int input) {
        if (input == EVENTS) {
            eventsAreIdle = status.isIdle();
            output.emitWatermarkStatus(status);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        // Before the barrier, so that nothing seen is lost and nothing told twice.
        tellSources();
    }

    private void say(long millis) {
        saidMillis = millis;
        output.emitWatermark(new Watermark(millis));
    }

    private void see(Decoded decoded) {
        boolean isEvent = decoded.event() != null;
        RawRecord record =
                isEvent ? decoded.event().record() : decoded.deadLetter().record();
        long eventMillis = isEvent ? decoded.event().timeMillis() : Fact.NO_TIME;
        boolean isLate = isEvent && eventMillis < eventsMillis;
        seen.merge(
                record.topic(),
                new SourceSeen(record.topic(), eventMillis, record.timestampMillis(), isLate ? 1 : 0),
                SourceSeen::plus);
    }

    private void tellSources() {
        for (SourceSeen each : seen.values()) {
            output.collect(sources, new StreamRecord<>(each));
        }
        seen.clear();
    }
}
