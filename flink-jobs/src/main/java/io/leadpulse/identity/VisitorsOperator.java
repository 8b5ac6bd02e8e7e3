package io.leadpulse.identity;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.Gathering;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.LiveGathering;
import io.leadpulse.engine.TimerWave;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.List;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link VisitorsFunction}, and gathers before it: all events of a visitor that are kept are one value of state, which is
 * read and written once for several that come within a moment: of history and in a replay some seconds, of what happens now some
 * milliseconds, after what was gathered of its visitor. Timers are fired in turns with events. Has no state of its own, see
 * {@link Gathering}, {@link LiveGathering} and {@link TimerWave}.
 */
public final class VisitorsOperator extends KeyedProcessOperator<String, SalesEvent, LeadInput>
        implements Gathering.Taker<SalesEvent>, LiveGathering.Taker<SalesEvent>, TimerWave.Follower {
    private static final long serialVersionUID = 1;

    /** Of an event, beside its record. */
    private static final int EVENT_BYTES = 400;

    private final EngineSettings settings;
    private final VisitorsFunction visitors;
    private final long turnNanos;

    private transient Gathering<SalesEvent> gathered;
    private transient LiveGathering<SalesEvent> live;
    private transient HistoryPace history;
    private transient TimerWave wave;
    /** What the input was said to be while timers were fired; null if nothing was. */
    private transient WatermarkStatus status;

    public VisitorsOperator(EngineSettings settings, VisitorsFunction visitors) {
        this(settings, visitors, TimerWave.TURN_NANOS);
    }

    /** With other turns of timers than usual. */
    VisitorsOperator(EngineSettings settings, VisitorsFunction visitors, long turnNanos) {
        super(visitors);
        this.settings = settings;
        this.visitors = visitors;
        this.turnNanos = turnNanos;
    }

    @Override
    public void open() throws Exception {
        super.open();
        gathered = new Gathering<>(getProcessingTimeService(), this);
        live = new LiveGathering<>(getProcessingTimeService(), this);
        history = new HistoryPace();
        wave = new TimerWave(getProcessingTimeService(), timeServiceManager, this, turnNanos);
    }

    @Override
    public void processElement(StreamRecord<SalesEvent> element) throws Exception {
        SalesEvent event = element.getValue();
        boolean canWait = settings.valuesAtEnd()
                || history.isHistory(
                        event.timeMillis(), getProcessingTimeService().getCurrentProcessingTime());
        int bytes = EVENT_BYTES + event.record().bytes();
        if (canWait) {
            live.goOn(event.anonymousId());
            gathered.add(event.anonymousId(), event, bytes);
        } else {
            live.add(event.anonymousId(), event, bytes);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        gathered.add(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus said) throws Exception {
        goOn();
        if (wave.isRunning()) {
            // A watermark is not heard of by who was told that none will come.
            status = said;
        } else {
            super.processWatermarkStatus(said);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        goOn();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        goOn();
        wave.finish();
        super.finish();
    }

    /** All that waits goes on, the past first. */
    private void goOn() throws Exception {
        gathered.goOn();
        live.goOn();
    }

    /** Events of one visitor with one reading and one writing. */
    @Override
    public void takeIn(List<SalesEvent> ofVisitor) throws Exception {
        visitors.takeTogether(ofVisitor);
        StreamRecord<SalesEvent> record = new StreamRecord<>(ofVisitor.get(ofVisitor.size() - 1));
        setKeyContextElement1(record);
        super.processElement(record);
    }

    /** The same with what happens now, after his past. */
    @Override
    public void takeInLive(List<SalesEvent> ofVisitor) throws Exception {
        gathered.goOn(ofVisitor.get(0).anonymousId());
        takeIn(ofVisitor);
    }

    @Override
    public void takeWatermark(Watermark mark) throws Exception {
        live.add(mark);
    }

    @Override
    public void takeWatermarkLive(Watermark mark) throws Exception {
        wave.advance(mark);
    }

    @Override
    public void follow(Watermark mark) throws Exception {
        output.emitWatermark(mark);
        WatermarkStatus said = status;
        if (said != null && !wave.isRunning()) {
            status = null;
            super.processWatermarkStatus(said);
        }
    }
}
