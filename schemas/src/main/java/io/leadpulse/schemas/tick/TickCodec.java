package io.leadpulse.schemas.tick;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** Writes and reads ticks as JSON. Reading ignores fields that it does not know. */
public final class TickCodec {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TickCodec() {}

    /** The tick's bytes; equal ticks have equal bytes. */
    public static byte[] encode(Tick tick) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("time", Rfc3339.text(tick.timeMillis()));
        ArrayNode silent = node.putArray("silent");
        tick.silent().forEach(silent::add);
        if (tick.heardMillis() != null) {
            node.put("heard", Rfc3339.text(tick.heardMillis()));
        }
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /**
     * The tick of these bytes.
     *
     * @param bytes the value of a record; may be null, as a tombstone's is
     * @throws IllegalArgumentException if they are no tick; names the field and what is expected
     */
    public static Tick decode(byte[] bytes) {
        JsonNode node = object(bytes);
        return new Tick(
                millis(node, "time"),
                silent(node.path("silent")),
                node.hasNonNull("heard") ? (Long) millis(node, "heard") : null);
    }

    private static long millis(JsonNode node, String field) {
        JsonNode time = node.path(field);
        long timeMillis = time.isTextual() ? Rfc3339.millis(time.textValue()) : Fact.NO_TIME;
        if (timeMillis == Fact.NO_TIME) {
            throw new IllegalArgumentException(field + " must be " + Rfc3339.EXPECTED);
        }
        return timeMillis;
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode node = bytes == null ? null : MAPPER.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a tick must be a JSON object", e);
        }
        throw new IllegalArgumentException("a tick must be a JSON object");
    }

    private static Set<String> silent(JsonNode topics) {
        Set<String> silent = new TreeSet<>();
        if (topics.isMissingNode() || topics.isNull()) {
            return silent;
        }
        if (!topics.isArray()) {
            throw new IllegalArgumentException("silent must be an array of topics");
        }
        for (JsonNode topic : topics) {
            if (!topic.isTextual()) {
                throw new IllegalArgumentException("silent must be an array of topics");
            }
            silent.add(topic.textValue());
        }
        return silent;
    }
}
