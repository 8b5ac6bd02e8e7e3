package io.leadpulse.deadletter;

import io.leadpulse.app.ResultRecord;
import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.schemas.event.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Writes every dead letter of the engine, and counts it, at one place. */
public final class DeadLetterFunction extends ProcessFunction<DeadLetter, ResultRecord> {
    private static final long serialVersionUID = 1;

    private final OutputTag<OutcomeCount> outcomes;

    public DeadLetterFunction(OutputTag<OutcomeCount> outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public void processElement(DeadLetter deadLetter, Context context, Collector<ResultRecord> out) {
        context.output(
                outcomes,
                OutcomeCount.one(Outcome.DEAD_LETTERED, deadLetter.reason().wireName()));
        out.collect(DeadLetterResults.of(deadLetter));
    }
}
