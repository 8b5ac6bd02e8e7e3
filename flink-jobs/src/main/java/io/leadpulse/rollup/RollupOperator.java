package io.leadpulse.rollup;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.ResultRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs {@link RollupFunction} and sees to it that what changes is said: at once if its scope was quiet, then at intervals, while
 * history comes in somewhat later, and always before a barrier. Committed is a result with its checkpoint, so nothing said there
 * is said late, and nothing waits for the next. Only then sums are written to the state. In a replay the function says all at
 * its end.
 */
public final class RollupOperator extends CoBroadcastWithKeyedOperator<String, RollupDelta, Control, ResultRecord>
        implements ProcessingTimeCallback {
    private static final long serialVersionUID = 1;

    /** A change waits so long, by the machine's clock, for what else its event changes in the scope, on other ways. */
    static final long SOON_MILLIS = 10;

    /** A scope is not said again before this time has passed, by the machine's clock: what changes meanwhile is published together. */
    static final long COLLECT_MILLIS = 50;

    /** So many sums and blocks wait at most, of some hundred bytes each. */
    static final int MOST_WAITING = 65_536;

    private final EngineSettings settings;
    private final RollupFunction rollups;

    private transient HistoryPace history;
    /** When what has changed in a scope is said, by the machine's clock; live only. */
    private transient Map<String, Long> dueMillis;

    /** When each scope was said last, as far as that keeps it from being said again, by the machine's clock. */
    private transient Map<String, Long> saidMillis;

    private transient TimestampedCollector<ResultRecord> out;
    private transient long watermarkMillis;
    private transient ScheduledFuture<?> timer;
    private transient long timerMillis;

    public RollupOperator(EngineSettings settings, RollupFunction rollups) {
        super(rollups, List.of(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE));
        this.settings = settings;
        this.rollups = rollups;
    }

    @Override
    public void open() throws Exception {
        super.open();
        history = new HistoryPace();
        dueMillis = new LinkedHashMap<>();
        saidMillis = new LinkedHashMap<>();
        out = new TimestampedCollector<>(output);
        watermarkMillis = Long.MIN_VALUE;
        timerMillis = Long.MAX_VALUE;
    }

    @Override
    public void processElement1(StreamRecord<RollupDelta> element) throws Exception {
        super.processElement1(element);
        if (!settings.valuesAtEnd()) {
            sayLater(element.getValue());
        }
        if (rollups.waiting() >= MOST_WAITING) {
            goOn();
        }
    }

    private void sayLater(RollupDelta delta) {
        long wallMillis = getProcessingTimeService().getCurrentProcessingTime();
        boolean isHistory = history.isHistory(delta.timeMillis(), wallMillis);
        Long saidLastMillis = saidMillis.get(delta.scope());
        long atMillis = wallMillis + (isHistory ? HistoryPace.SUMS_MILLIS : SOON_MILLIS);
        if (saidLastMillis != null) {
            atMillis = Math.max(atMillis, saidLastMillis + COLLECT_MILLIS);
        }
        if (dueMillis.merge(delta.scope(), atMillis, Math::min) == atMillis) {
            wakeBy(atMillis);
        }
    }

    private void wakeBy(long atMillis) {
        if (atMillis < timerMillis) {
            if (timer != null) {
                timer.cancel(false);
            }
            timerMillis = atMillis;
            timer = getProcessingTimeService().registerTimer(atMillis, this);
        }
    }

    @Override
    public void onProcessingTime(long timeMillis) throws Exception {
        timer = null;
        timerMillis = Long.MAX_VALUE;
        saidMillis.values().removeIf(said -> said + COLLECT_MILLIS <= timeMillis);
        List<String> due = new ArrayList<>();
        long nextMillis = Long.MAX_VALUE;
        for (Map.Entry<String, Long> each : dueMillis.entrySet()) {
            if (each.getValue() <= timeMillis) {
                due.add(each.getKey());
            } else {
                nextMillis = Math.min(nextMillis, each.getValue());
            }
        }
        for (String scope : due) {
            say(scope);
        }
        wakeBy(nextMillis);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMillis = mark.getTimestamp();
        super.processWatermark(mark);
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

    /** Says and writes all that waits. */
    private void goOn() throws Exception {
        for (String scope : List.copyOf(dueMillis.keySet())) {
            say(scope);
        }
        for (String scope : rollups.scopesWaiting()) {
            setCurrentKey(scope);
            rollups.write(scope);
        }
    }

    private void say(String scope) throws Exception {
        setCurrentKey(scope);
        dueMillis.remove(scope);
        saidMillis.put(scope, getProcessingTimeService().getCurrentProcessingTime());
        rollups.say(scope, watermarkMillis, out);
    }
}
