package io.leadpulse.local.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One line of a replay file, ready to be written: {@code {"topic":..,"key":..,"headers":{},"value":{..}}}.
 *
 * @param timeMillis event time, epoch milliseconds; configuration has {@link #CONFIGURATION} and stands first
 * @param kind kind of the event, or the topic of configuration; what reports count by
 * @param json the line in UTF-8, without line end
 */
record ReplayLine(long timeMillis, String kind, byte[] json) {
    /** Configuration is read before every event. */
    static final long CONFIGURATION = Long.MIN_VALUE;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ReplayLine event(String topic, String key, long timeMillis, ObjectNode value) {
        return new ReplayLine(timeMillis, value.path("kind").asText(), json(topic, key, value));
    }

    static ReplayLine configuration(String topic, String key, ObjectNode value) {
        return new ReplayLine(CONFIGURATION, topic, json(topic, key, value));
    }

    /** An empty value to fill, its fields written in the order in which they are put. */
    static ObjectNode newValue() {
        return MAPPER.createObjectNode();
    }

    private static byte[] json(String topic, String key, ObjectNode value) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("topic", topic);
        line.put("key", key);
        line.putObject("headers");
        line.set("value", value);
        try {
            return MAPPER.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
