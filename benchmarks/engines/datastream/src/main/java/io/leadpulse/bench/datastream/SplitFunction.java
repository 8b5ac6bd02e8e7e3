package io.leadpulse.bench.datastream;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets through what can be counted; the rest are dead letters. */
final class SplitFunction extends ProcessFunction<Event, Event> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(Event event, Context context, Collector<Event> out) {
        if (event.isBroken()) {
            context.output(SalesTopology.DEAD_LETTERS, Result.deadLetter(event.record(), event.reason()));
        } else {
            out.collect(event);
        }
    }
}
