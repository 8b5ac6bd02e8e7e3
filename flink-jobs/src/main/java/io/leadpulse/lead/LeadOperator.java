package io.leadpulse.lead;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.Gathering;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.LiveGathering;
import io.leadpulse.engine.TimerWave;
import io.leadpulse.rollup.RollupDelta;
import java.util.List;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link LeadFunction}, and gathers before it: a lead that gets several inputs of its past within a moment, or in a
 * replay, is read and written once for all of them. What happens now waits some milliseconds for more of its lead, so that one
 * to which much happens is read so often at most, and takes along what was gathered of its past. Results are the same; how often
 * they are said on the way is not. Timers are fired in turns with inputs, which makes no difference in the end: what follows from a
 * lead is read as of the clock, and timers only wake. Has no state of its own, see {@link Gathering}, {@link LiveGathering} and {@link TimerWave}.
 */
public final class LeadOperator extends CoBroadcastWithKeyedOperator<String, LeadInput, Control, RollupDelta>
        implements Gathering.Taker<LeadInput>, LiveGathering.Taker<LeadInput>, TimerWave.Follower {
    private static final long serialVersionUID = 1;

    private static final int INPUTS = 2;

    private final EngineSettings settings;
    private final LeadFunction leads;
    private final long turnNanos;

    private transient Gathering<LeadInput> gathered;
    private transient LiveGathering<LeadInput> live;
    private transient HistoryPace history;
    private transient TimerWave wave;
    /** What each input was said to be while timers were fired; null where nothing was. */
    private transient WatermarkStatus[] statuses;

    public LeadOperator(EngineSettings settings, LeadFunction leads) {
        this(settings, leads, TimerWave.TURN_NANOS);
    }

    /** With other turns of timers than usual. */
    LeadOperator(EngineSettings settings, LeadFunction leads, long turnNanos) {
        super(leads, List.of(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE, LeadSweep.SWEPT));
        this.settings = settings;
        this.leads = leads;
        this.turnNanos = turnNanos;
    }

    @Override
    public void open() throws Exception {
        super.open();
        gathered = new Gathering<>(getProcessingTimeService(), this);
        live = new LiveGathering<>(getProcessingTimeService(), this);
        history = new HistoryPace();
        wave = new TimerWave(getProcessingTimeService(), timeServiceManager, this, turnNanos);
        statuses = new WatermarkStatus[INPUTS];
    }

    @Override
    public void processElement1(StreamRecord<LeadInput> element) throws Exception {
        LeadInput input = element.getValue();
        if (isHistory(input)) {
            live.goOn(input.lead());
            gathered.add(input.lead(), input, input.bytes());
        } else if (input.root() == null) {
            live.add(input.lead(), input, input.bytes());
        } else {
            gathered.goOn(input.lead());
            live.goOn(input.lead());
            setKeyContextElement1(element);
            super.processElement1(element);
        }
    }

    /** Whether it can wait for long: not what is now, or turns out now, nor what decides who speaks for the lead. */
    private boolean isHistory(LeadInput input) {
        return input.root() == null
                && (settings.valuesAtEnd()
                        || history.isHistory(
                                LeadFunction.newestOf(input),
                                getProcessingTimeService().getCurrentProcessingTime()));
    }

    /** A lead that waited is not looked at before its own inputs have been, nor before others that go on with the burst. */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> due) throws Exception {
        goOn();
        setCurrentKey(due.getKey());
        super.onProcessingTime(due);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        gathered.add(mark);
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
        goOn();
        if (wave.isRunning()) {
            // A watermark is not heard of by who was told that none will come.
            statuses[index] = status;
        } else {
            super.processWatermarkStatus(status, index);
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

    /** Inputs of one lead's past as one. */
    @Override
    public void takeIn(List<LeadInput> ofLead) throws Exception {
        leads.takeTogether(ofLead, true);
        take(ofLead);
    }

    /** What happens now to one lead as one, after its past. */
    @Override
    public void takeInLive(List<LeadInput> ofLead) throws Exception {
        gathered.goOn(ofLead.get(0).lead());
        leads.takeTogether(ofLead, false);
        take(ofLead);
    }

    private void take(List<LeadInput> ofLead) throws Exception {
        StreamRecord<LeadInput> record = new StreamRecord<>(ofLead.get(ofLead.size() - 1));
        setKeyContextElement1(record);
        super.processElement1(record);
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
        for (int index = 0; index < INPUTS && !wave.isRunning(); index++) {
            WatermarkStatus status = statuses[index];
            statuses[index] = null;
            if (status != null) {
                super.processWatermarkStatus(status, index);
            }
        }
    }
}
