package io.leadpulse.bench.streams;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** How far a task has come in its partition of a topic of events; it survives a restart, and all tasks are told. */
final class SourcePartition {
    private final String name;
    private final ProcessorContext<String, Object> context;
    private final EventClock clock;
    private long latestMillis;
    private long toldMillis;

    SourcePartition(String topic, ProcessorContext<String, Object> context, EventClock clock) {
        this.name = topic + '/' + context.taskId().partition();
        this.context = context;
        this.clock = clock;
        latestMillis = clock.latestRead(name);
    }

    /** Latest event time read, epoch milliseconds; 0 if none. */
    long latestMillis() {
        return latestMillis;
    }

    void read(long timeMillis) {
        if (timeMillis > latestMillis) {
            latestMillis = timeMillis;
            clock.read(name, latestMillis);
        }
    }

    /** Tells all tasks how far it is, behind all that it told them until now. */
    void tellProgress() {
        if (latestMillis > toldMillis) {
            toldMillis = latestMillis;
            context.forward(
                    new Record<>(name, new LeadMessage.Progress(latestMillis), latestMillis), SalesTopology.TO_LEADS);
        }
    }
}
