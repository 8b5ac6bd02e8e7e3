package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Hash64;
import java.util.Map;
import java.util.Set;

/** How the content of the first events that lie in state was hashed: from a tree. Never changed, as {@link ContentHash} must give the same. */
final class FirstContentHash {
    private static final long NULL = 1;
    private static final long TRUE = 2;
    private static final long FALSE = 3;
    private static final long NUMBER = 4;
    private static final long STRING = 5;
    private static final long ARRAY = 6;
    private static final long OBJECT = 7;
    /** Odd, so that multiplying by it loses nothing; makes a field's name and value play different parts. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private FirstContentHash() {}

    /**
     * Hash of an object without some of its own fields.
     *
     * @param object a JSON object
     * @param ignored names of fields of transport, which differ between deliveries of the same event
     */
    static long of(JsonNode object, Set<String> ignored) {
        long sum = OBJECT;
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!each.getValue().isNull() && !ignored.contains(each.getKey())) {
                // A sum does not know the order; mixing makes the addends independent.
                sum += Hash64.mix(Hash64.of(each.getKey()) * STEP + of(each.getValue()));
            }
        }
        return Hash64.mix(sum);
    }

    private static long of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> of(value, Set.of());
            case ARRAY -> {
                long hash = ARRAY;
                for (JsonNode element : value) {
                    hash = Hash64.mix(hash * STEP + of(element));
                }
                yield hash;
            }
            case STRING -> Hash64.mix(Hash64.of(value.textValue()) + STRING);
            case NUMBER -> Hash64.mix(Hash64.of(value.asText()) + NUMBER);
            case BOOLEAN -> Hash64.mix(value.booleanValue() ? TRUE : FALSE);
            case NULL, MISSING, BINARY, POJO -> Hash64.mix(NULL);
        };
    }
}
