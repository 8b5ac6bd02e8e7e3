package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Hash64;
import java.util.List;
import java.util.Map;

/**
 * A hash of what a JSON value says: equal whatever the order of an object's fields, the white space and the escapes; a
 * field with the value null counts as absent. Array elements keep their order. The values lie in state: they never change.
 */
final class ContentHash {
    /** Where the sum of an object's fields begins. */
    static final long OBJECT = 7;

    private static final long NULL = Hash64.mix(1);
    private static final long TRUE = Hash64.mix(2);
    private static final long FALSE = Hash64.mix(3);
    private static final long NUMBER = 4;
    private static final long STRING = 5;
    private static final long ARRAY = 6;
    /** Odd, so that multiplying by it loses nothing; makes a field's name and value play different parts. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private ContentHash() {}

    /**
     * Hash of an object without some of its own fields.
     *
     * @param ignored names of fields of transport, which differ between deliveries of the same event
     */
    static long of(Place object, List<String> ignored) {
        long sum = object.sum;
        for (int i = 0; i < ignored.size(); i++) {
            Place field = object.document.getOrNull(object, ignored.get(i));
            if (field != null) {
                sum -= addend(field);
            }
        }
        return Hash64.mix(sum);
    }

    /** Adds a field to what its object says. */
    static void add(Place field) {
        field.object.sum += addend(field);
    }

    /** Ends an object, all of whose fields were added. */
    static void close(Place object) {
        object.hash = Hash64.mix(object.sum);
    }

    /** Hash of a text, by that of its characters. */
    static long ofText(long hash) {
        return Hash64.mix(hash + STRING);
    }

    /** Hash of a number, by that of its digits. */
    static long ofNumber(long hash) {
        return Hash64.mix(hash + NUMBER);
    }

    static long of(boolean flag) {
        return flag ? TRUE : FALSE;
    }

    /** Hash of any value. */
    static long of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                long sum = OBJECT;
                for (Map.Entry<String, JsonNode> each : value.properties()) {
                    if (!each.getValue().isNull()) {
                        sum += addend(Hash64.of(each.getKey()), of(each.getValue()));
                    }
                }
                yield Hash64.mix(sum);
            }
            case ARRAY -> {
                long hash = ARRAY;
                for (JsonNode element : value) {
                    hash = Hash64.mix(hash * STEP + of(element));
                }
                yield hash;
            }
            case STRING -> ofText(Hash64.of(value.textValue()));
            case NUMBER -> ofNumber(Hash64.of(value.asText()));
            case BOOLEAN -> of(value.booleanValue());
            case NULL, MISSING, BINARY, POJO -> NULL;
        };
    }

    private static long addend(Place field) {
        return field.type == Place.Type.NULL ? 0 : addend(field.name.hash, field.hash);
    }

    /** A sum does not know the order; mixing makes the addends independent. */
    private static long addend(long nameHash, long valueHash) {
        return Hash64.mix(nameHash * STEP + valueHash);
    }
}
