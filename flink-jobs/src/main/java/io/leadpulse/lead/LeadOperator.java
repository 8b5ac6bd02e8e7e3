package io.leadpulse.lead;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.rollup.RollupDelta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link LeadFunction}, and gathers before it what is history or comes in a replay: a lead that gets several inputs of
 * its past within a moment is read and written once for all of them. What happens now goes on at once, and takes along
 * what was gathered of its lead.
 *
 * <p>No input is overtaken by another of its lead, nor by the clock: while something is gathered a watermark waits, so what
 * follows from an input stands before what follows from later time, as without it. Results are the same; how often they
 * are said on the way is not. Has no state: everything goes on before a barrier, before the input becomes idle, at its end,
 * when it has become much, and soon in any case.
 */
public final class LeadOperator extends CoBroadcastWithKeyedOperator<String, LeadInput, Control, RollupDelta>
        implements ProcessingTimeCallback {
    private static final long serialVersionUID = 1;

    /** So many inputs are gathered at most, most of them of about one KB. */
    static final int MOST_INPUTS = 10_000;

    /** And no more than this; the records that they keep may be large. */
    private static final long MOST_BYTES = 16 << 20;

    private final EngineSettings settings;
    private final LeadFunction leads;

    private transient Map<String, List<LeadInput>> gathered;
    private transient int inputs;
    private transient long bytes;
    private transient HistoryPace history;
    private transient Watermark waiting;
    private transient ScheduledFuture<?> timer;

    public LeadOperator(EngineSettings settings, LeadFunction leads) {
        super(leads, List.of(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE, LeadSweep.SWEPT));
        this.settings = settings;
        this.leads = leads;
    }

    @Override
    public void open() throws Exception {
        super.open();
        gathered = new LinkedHashMap<>();
        history = new HistoryPace();
    }

    @Override
    public void processElement1(StreamRecord<LeadInput> element) throws Exception {
        LeadInput input = element.getValue();
        if (isHistory(input)) {
            gathered.computeIfAbsent(input.lead(), lead -> new ArrayList<>(2)).add(input);
            inputs++;
            bytes += input.bytes();
            if (inputs >= MOST_INPUTS || bytes >= MOST_BYTES) {
                goOn();
            } else if (timer == null) {
                timer = getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime() + HistoryPace.GATHER_MILLIS,
                                this);
            }
            return;
        }
        List<LeadInput> earlier = gathered.remove(input.lead());
        if (earlier != null) {
            inputs -= earlier.size();
            earlier.forEach(each -> bytes -= each.bytes());
            takeIn(earlier);
            if (gathered.isEmpty()) {
                // A watermark that has waited goes before the present input, and before later ones.
                goOn();
                setKeyContextElement1(element);
            }
        }
        super.processElement1(element);
    }

    /** Whether it can wait: not what is now, or turns out now, nor what decides who speaks for the lead. */
    private boolean isHistory(LeadInput input) {
        return input.root() == null
                && (settings.valuesAtEnd()
                        || history.isHistory(
                                LeadFunction.newestOf(input),
                                getProcessingTimeService().getCurrentProcessingTime()));
    }

    @Override
    public void onProcessingTime(long timeMillis) throws Exception {
        timer = null;
        goOn();
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
        if (gathered.isEmpty()) {
            super.processWatermark(mark);
        } else {
            waiting = mark;
            if (mark.equals(Watermark.MAX_WATERMARK)) {
                goOn();
            }
        }
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
        goOn();
        super.processWatermarkStatus(status, index);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        goOn();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        goOn();
        super.finish();
    }

    private void goOn() throws Exception {
        Map<String, List<LeadInput>> all = gathered;
        gathered = new LinkedHashMap<>();
        inputs = 0;
        bytes = 0;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (List<LeadInput> each : all.values()) {
            takeIn(each);
        }
        if (waiting != null) {
            Watermark mark = waiting;
            waiting = null;
            super.processWatermark(mark);
        }
    }

    /** Inputs of one lead as one. */
    private void takeIn(List<LeadInput> ofLead) throws Exception {
        leads.takeTogether(ofLead);
        StreamRecord<LeadInput> record = new StreamRecord<>(ofLead.get(ofLead.size() - 1));
        setKeyContextElement1(record);
        super.processElement1(record);
    }
}
