package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.event.ReplayLineWriter;

/**
 * One line of a replay file, ready to be written: {@code {"topic":..,"key":..,"headers":{},"value":{..}}}.
 *
 * @param timeMillis event time, epoch milliseconds; configuration has {@link #CONFIGURATION} and stands first
 * @param kind kind of the event, or the topic of configuration; what reports count by
 * @param json the line in UTF-8, without line end
 */
record ImportedRecord(long timeMillis, String kind, byte[] json) {
    /** Configuration is read before every event. */
    static final long CONFIGURATION = Long.MIN_VALUE;

    static ImportedRecord event(String topic, String key, long timeMillis, ObjectNode value) {
        return new ImportedRecord(timeMillis, value.path("kind").asText(), ReplayLineWriter.line(topic, key, value));
    }

    static ImportedRecord configuration(String topic, String key, ObjectNode value) {
        return new ImportedRecord(CONFIGURATION, topic, ReplayLineWriter.line(topic, key, value));
    }

    /** An empty value to fill, its fields written in the order in which they are put. */
    static ObjectNode newValue() {
        return JsonNodeFactory.instance.objectNode();
    }
}
