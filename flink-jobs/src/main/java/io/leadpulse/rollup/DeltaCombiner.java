package io.leadpulse.rollup;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.HistoryPace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Adds up what several events change in a scope, on the side of those who change it: what is said of the company by every
 * event goes over once for many. Deltas are combined whole, so a scope still never shows half of a correction.
 *
 * <p>Has no state: everything is passed on before a barrier, before a watermark, before the input becomes idle, at its end,
 * when it has become much, and soon in any case.
 */
public final class DeltaCombiner extends AbstractStreamOperator<RollupDelta>
        implements OneInputStreamOperator<RollupDelta, RollupDelta>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1;

    /** What happens now waits so long at most, by the machine's clock; history {@link HistoryPace#COMBINE_MILLIS}. */
    static final long WAIT_MILLIS = 5;

    /** So many panes are passed on at once. */
    static final int MOST_PANES = 32_768;

    private final EngineSettings settings;

    private transient Map<String, Combined> scopes;
    private transient HistoryPace history;
    private transient int panes;
    private transient long dueMillis;
    private transient ScheduledFuture<?> timer;

    public DeltaCombiner(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        scopes = new LinkedHashMap<>();
        history = new HistoryPace();
        dueMillis = Long.MAX_VALUE;
    }

    @Override
    public void processElement(StreamRecord<RollupDelta> element) {
        RollupDelta delta = element.getValue();
        Combined combined = scopes.computeIfAbsent(delta.scope(), scope -> new Combined());
        int before = combined.size();
        combined.add(delta);
        panes += combined.size() - before;
        if (panes >= MOST_PANES) {
            passOn();
        } else {
            passOnLater(delta.timeMillis());
        }
    }

    private void passOnLater(long timeMillis) {
        long wallMillis = getProcessingTimeService().getCurrentProcessingTime();
        boolean isHistory = settings.valuesAtEnd() || history.isHistory(timeMillis, wallMillis);
        long atMillis = wallMillis + (isHistory ? HistoryPace.COMBINE_MILLIS : WAIT_MILLIS);
        if (atMillis < dueMillis) {
            cancelTimer();
            dueMillis = atMillis;
            timer = getProcessingTimeService().registerTimer(atMillis, this);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void onProcessingTime(long timeMillis) {
        passOn();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        passOn();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        passOn();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        passOn();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        passOn();
        super.finish();
    }

    private void passOn() {
        for (Map.Entry<String, Combined> each : scopes.entrySet()) {
            RollupDelta delta = each.getValue().delta(each.getKey());
            if (!delta.panes().isEmpty()) {
                output.collect(new StreamRecord<>(delta));
            }
        }
        scopes.clear();
        cancelTimer();
        panes = 0;
        dueMillis = Long.MAX_VALUE;
    }

    /** What is changed in one scope. */
    private static final class Combined {
        private final PaneSums sums = new PaneSums();
        private long latestMillis = Long.MIN_VALUE;

        int size() {
            return sums.size();
        }

        void add(RollupDelta delta) {
            latestMillis = Math.max(latestMillis, delta.timeMillis());
            for (PaneDelta pane : delta.panes()) {
                sums.add(pane);
            }
        }

        RollupDelta delta(String scope) {
            return new RollupDelta(scope, latestMillis, sums.changes());
        }
    }
}
