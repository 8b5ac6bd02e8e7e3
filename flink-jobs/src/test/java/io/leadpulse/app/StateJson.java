package io.leadpulse.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/** A value of state as JSON, so that it can be compared with one that an earlier release wrote. */
final class StateJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StateJson() {}

    /**
     * The value, component by component. Numbers are texts, so that none is rounded; a map is a list of its entries.
     *
     * @throws IllegalArgumentException if it is made of something that state is not made of
     */
    static JsonNode of(Object value) throws ReflectiveOperationException {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Record) {
            ObjectNode object = JSON.objectNode();
            for (RecordComponent each : value.getClass().getRecordComponents()) {
                // A record may be private to its package.
                each.getAccessor().setAccessible(true);
                object.set(each.getName(), of(each.getAccessor().invoke(value)));
            }
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            ArrayNode entries = JSON.arrayNode();
            for (Map.Entry<?, ?> each : map.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                    .toList()) {
                entries.add(JSON.objectNode()
                        .<ObjectNode>set("key", of(each.getKey()))
                        .set("value", of(each.getValue())));
            }
            return entries;
        }
        if (value instanceof Collection<?> collection) {
            ArrayNode array = JSON.arrayNode();
            for (Object each : collection) {
                array.add(of(each));
            }
            return array;
        }
        if (value.getClass().isArray()) {
            ArrayNode array = JSON.arrayNode();
            for (int at = 0; at < Array.getLength(value); at++) {
                array.add(of(Array.get(value, at)));
            }
            return array;
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return JSON.textNode(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return JSON.textNode(constant.name());
        }
        throw new IllegalArgumentException("state is not made of " + value.getClass());
    }

    /** Whether everything that was said is still said in the same way; more may be said beside it. */
    static boolean contains(JsonNode today, JsonNode then) {
        if (then.isObject()) {
            for (Map.Entry<String, JsonNode> each : then.properties()) {
                if (!today.has(each.getKey()) || !contains(today.get(each.getKey()), each.getValue())) {
                    return false;
                }
            }
            return today.isObject();
        }
        if (then.isArray()) {
            if (!today.isArray() || today.size() != then.size()) {
                return false;
            }
            for (int at = 0; at < then.size(); at++) {
                if (!contains(today.get(at), then.get(at))) {
                    return false;
                }
            }
            return true;
        }
        return today.equals(then);
    }
}
