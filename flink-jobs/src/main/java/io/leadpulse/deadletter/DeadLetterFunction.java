package io.leadpulse.deadletter;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.result.DeadLetterRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Writes every dead letter of the engine, and counts it, at one place. */
public final class DeadLetterFunction extends ProcessFunction<DeadLetter, ResultRecord> {
    private static final long serialVersionUID = 1;

    private final OutputTag<OutcomeCount> outcomes;

    private final EngineSettings settings;

    private transient Results results;

    public DeadLetterFunction(EngineSettings settings, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        results = EngineContext.of(settings).results();
    }

    @Override
    public void processElement(DeadLetter deadLetter, Context context, Collector<ResultRecord> out) {
        context.output(
                outcomes,
                OutcomeCount.one(Outcome.DEAD_LETTERED, deadLetter.reason().wireName()));
        out.collect(results.deadLetter(DeadLetterRecord.of(deadLetter, asOf(deadLetter, context))));
    }

    /** Live the watermark; a dead letter that comes before the first one is as of its arrival. */
    private long asOf(DeadLetter deadLetter, Context context) {
        if (settings.valuesAtEnd()) {
            return settings.asOfMillis();
        }
        long watermarkMillis = context.timerService().currentWatermark();
        return watermarkMillis == Long.MIN_VALUE
                ? Math.max(0, deadLetter.record().timestampMillis())
                : watermarkMillis;
    }
}
