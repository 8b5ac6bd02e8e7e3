package io.leadpulse.conservation;

import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.result.ConservationRecord;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what became of every record. An operator of its own rather than a function, because it must speak when its
 * input ends and a function cannot.
 *
 * <p>Runs with parallelism 1; its sums are operator state, so they are exact at every checkpoint and after every
 * restart. Publishes after a watermark that moved event time by a second or more, before every barrier, and at the end of input.
 */
public final class ConservationOperator extends AbstractStreamOperator<ResultRecord>
        implements OneInputStreamOperator<OutcomeCount, ResultRecord>, BoundedOneInput {
    private static final long serialVersionUID = 1;
    private static final long PUBLISH_EVERY_MILLIS = 1_000;
    /** Low enough for the first watermark, high enough to subtract from. */
    private static final long BEFORE_ALL = Long.MIN_VALUE / 2;

    private final EngineSettings settings;

    private transient Results results;
    private transient ListState<OutcomeCount> kept;
    private transient Map<Outcome, Map<String, Long>> sums;
    private transient long publishedMillis;
    private transient long watermarkMillis;
    private transient boolean changed;
    private transient boolean changedSinceBarrier;

    public ConservationOperator(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        results = EngineContext.of(settings).results();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        kept = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(EngineUids.CONSERVATION_COUNTS, OutcomeCount.class));
        sums = new TreeMap<>();
        publishedMillis = BEFORE_ALL;
        for (OutcomeCount count : kept.get()) {
            add(count);
        }
    }

    @Override
    public void processElement(StreamRecord<OutcomeCount> element) {
        add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (changed && !settings.valuesAtEnd() && mark.getTimestamp() - PUBLISH_EVERY_MILLIS >= publishedMillis) {
            publish(mark.getTimestamp());
        }
        watermarkMillis = mark.getTimestamp();
        super.processWatermark(mark);
    }

    /**
     * At an aligned barrier everything before it has met its fate, so what is said here is exact; between barriers a
     * record may be in already and its fate still on its way.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        if (changedSinceBarrier && !settings.valuesAtEnd()) {
            publish(Math.max(0, watermarkMillis));
            changedSinceBarrier = false;
        }
    }

    @Override
    public void endInput() {
        publish(settings.asOfMillis());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        kept.clear();
        for (Map.Entry<Outcome, Map<String, Long>> outcome : sums.entrySet()) {
            for (Map.Entry<String, Long> reason : outcome.getValue().entrySet()) {
                kept.add(new OutcomeCount(outcome.getKey(), reason.getKey(), reason.getValue()));
            }
        }
    }

    private void add(OutcomeCount count) {
        sums.computeIfAbsent(count.outcome(), outcome -> new TreeMap<>())
                .merge(count.reason(), count.count(), Math::addExact);
        changed = true;
        changedSinceBarrier = true;
    }

    private void publish(long atMillis) {
        output.collect(new StreamRecord<>(results.conservation(new ConservationRecord(
                sum(Outcome.IN),
                sum(Outcome.COUNTED),
                sum(Outcome.DUPLICATE),
                sum(Outcome.SUPERSEDED),
                sum(Outcome.HELD),
                sum(Outcome.CONFIGURATION),
                sums.getOrDefault(Outcome.DEAD_LETTERED, Map.of()),
                Map.of(),
                0,
                atMillis))));
        publishedMillis = atMillis;
        changed = false;
    }

    private long sum(Outcome outcome) {
        return sums.getOrDefault(outcome, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
