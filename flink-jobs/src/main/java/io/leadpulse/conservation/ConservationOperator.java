package io.leadpulse.conservation;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.result.ConservationRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what became of every record. An operator of its own rather than a function, because it must speak when its
 * input ends and a function cannot.
 *
 * <p>Runs with parallelism 1; its sums are operator state, so they are exact at every checkpoint and after every
 * restart. Publishes before a barrier, when something has changed, and at the end of input: only there everything that
 * came in has met its fate.
 */
public final class ConservationOperator extends AbstractStreamOperator<ResultRecord>
        implements TwoInputStreamOperator<OutcomeCount, SourceSeen, ResultRecord>, BoundedMultiInput {
    private static final long serialVersionUID = 1;

    private static final int INPUTS = 2;

    private final EngineSettings settings;

    private transient Results results;
    private transient ListState<OutcomeCount> kept;
    private transient Map<Outcome, Map<String, Long>> sums;
    private transient ListState<SourceSeen> keptSources;
    private transient Map<String, SourceSeen> sources;
    private transient long watermarkMillis;
    private transient boolean changedSinceBarrier;
    private transient int endedInputs;

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
        for (OutcomeCount count : kept.get()) {
            add(count);
        }
        keptSources = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(EngineUids.CONSERVATION_SOURCES, SourceSeen.class));
        sources = new TreeMap<>();
        for (SourceSeen seen : keptSources.get()) {
            sources.merge(seen.topic(), seen, SourceSeen::plus);
        }
    }

    @Override
    public void processElement1(StreamRecord<OutcomeCount> element) {
        add(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<SourceSeen> element) {
        SourceSeen seen = element.getValue();
        sources.merge(seen.topic(), seen, SourceSeen::plus);
        changedSinceBarrier = true;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
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
    public void endInput(int input) {
        endedInputs++;
        if (endedInputs == INPUTS) {
            publish(Math.min(settings.asOfMillis(), settings.valuesAtEnd() ? Long.MAX_VALUE : watermarkMillis));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        keptSources.update(List.copyOf(sources.values()));
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
                sourcesOnTheWire(),
                EventsByKind.of(sums.getOrDefault(Outcome.IN, Map.of())),
                sum(Outcome.SUPERSEDED),
                atMillis))));
    }

    private Map<String, ConservationRecord.Source> sourcesOnTheWire() {
        Map<String, ConservationRecord.Source> wire = new TreeMap<>();
        sources.forEach((topic, seen) -> wire.put(
                topic,
                new ConservationRecord.Source(
                        timeOrNull(seen.lastEventMillis()), timeOrNull(seen.lastAppendMillis()), seen.late())));
        return wire;
    }

    private static Long timeOrNull(long millis) {
        return millis == Fact.NO_TIME ? null : (Long) millis;
    }

    private long sum(Outcome outcome) {
        return sums.getOrDefault(outcome, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
