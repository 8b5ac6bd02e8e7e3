package io.leadpulse.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.Set;

/**
 * One line of a history, with what is needed to put it elsewhere.
 *
 * @param json the line
 * @param isConfiguration whether it is configuration, which stays first and in order
 * @param timeMillis event time; 0 for configuration
 */
record HistoryLine(String json, boolean isConfiguration, long timeMillis) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> EVENTS = Set.of("crm.activities.v1", "web.behaviour.v1", "company.events.v1");

    static HistoryLine of(String json) {
        try {
            JsonNode line = JSON.readTree(json);
            boolean isConfiguration = !EVENTS.contains(line.path("topic").asText());
            return new HistoryLine(json, isConfiguration, isConfiguration ? 0 : timeMillis(line.path("value")));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long timeMillis(JsonNode value) {
        if (value.has("time")) {
            return millis(value, "time");
        }
        if (value.has("sentAt") && value.has("receivedAt")) {
            return millis(value, "receivedAt") - (millis(value, "sentAt") - millis(value, "originalTimestamp"));
        }
        return millis(value, value.has("timestamp") ? "timestamp" : "originalTimestamp");
    }

    private static long millis(JsonNode value, String field) {
        return OffsetDateTime.parse(value.get(field).asText()).toInstant().toEpochMilli();
    }
}
