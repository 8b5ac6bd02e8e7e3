package io.leadpulse.conservation;

/**
 * What came from a topic of events.
 *
 * @param topic the topic
 * @param lastEventMillis when its latest event was, epoch milliseconds; {@code Fact.NO_TIME} if none was valid
 * @param lastAppendMillis when the broker took its latest record, epoch milliseconds; {@code Fact.NO_TIME} if unknown
 * @param late events that were behind the watermark of their input
 */
public record SourceSeen(String topic, long lastEventMillis, long lastAppendMillis, long late) {

    /** Both together. */
    public SourceSeen plus(SourceSeen other) {
        return new SourceSeen(
                topic,
                Math.max(lastEventMillis, other.lastEventMillis),
                Math.max(lastAppendMillis, other.lastAppendMillis),
                Math.addExact(late, other.late));
    }
}
