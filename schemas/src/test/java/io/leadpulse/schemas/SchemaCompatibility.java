package io.leadpulse.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a schema still accepts everything that a released one accepted, and still says everything that it said. It
 * compares keyword by keyword, so it may refuse a change that is harmless, never the other way round; only the keywords
 * that our schemas use are known, any other is a problem.
 */
final class SchemaCompatibility {
    /** They only explain. */
    private static final Set<String> NOTES = Set.of("$schema", "$id", "title", "description", "$comment");
    /** A smaller value accepts less. */
    private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "maxLength", "maxProperties", "maxItems");
    /** A greater value accepts less. */
    private static final Set<String> LOWER_BOUNDS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    /** A schema each. */
    private static final Set<String> NESTED = Set.of("items", "additionalProperties", "propertyNames");

    private final JsonNode released;
    private final JsonNode current;
    private final List<String> problems = new ArrayList<>();

    private SchemaCompatibility(JsonNode released, JsonNode current) {
        this.released = released;
        this.current = current;
    }

    /** What would break those who write or read by the released schema; empty when nothing does. */
    static List<String> problems(JsonNode released, JsonNode current) {
        SchemaCompatibility comparison = new SchemaCompatibility(released, current);
        comparison.compare("", released, current);
        return comparison.problems;
    }

    private void compare(String path, JsonNode releasedNode, JsonNode currentNode) {
        JsonNode before = resolved(released, releasedNode);
        JsonNode now = resolved(current, currentNode);
        Set<String> keywords = new HashSet<>();
        before.fieldNames().forEachRemaining(keywords::add);
        now.fieldNames().forEachRemaining(keywords::add);
        for (String keyword : keywords) {
            compareKeyword(path + '/' + keyword, keyword, before.path(keyword), now.path(keyword), before);
        }
    }

    private void compareKeyword(String path, String keyword, JsonNode before, JsonNode now, JsonNode parent) {
        if (NOTES.contains(keyword) || keyword.equals("$defs")) {
            return;
        }
        if (keyword.equals("properties")) {
            for (Map.Entry<String, JsonNode> each : before.properties()) {
                if (!now.has(each.getKey())) {
                    problems.add(path + '/' + each.getKey() + " is removed");
                } else {
                    compare(path + '/' + each.getKey(), each.getValue(), now.get(each.getKey()));
                }
            }
        } else if (keyword.equals("required")) {
            requireSubset(path, "is newly required", now, before);
        } else if (keyword.equals("enum") || keyword.equals("type")) {
            if (before.isMissingNode()) {
                problems.add(path + " is new");
            } else if (!now.isMissingNode()) {
                requireSubset(path, "is no longer allowed", before, now);
            }
        } else if (UPPER_BOUNDS.contains(keyword)) {
            if (!now.isMissingNode()
                    && (before.isMissingNode() || now.decimalValue().compareTo(before.decimalValue()) < 0)) {
                problems.add(path + " is lower");
            }
        } else if (LOWER_BOUNDS.contains(keyword)) {
            if (!now.isMissingNode()
                    && (before.isMissingNode() || now.decimalValue().compareTo(before.decimalValue()) > 0)) {
                problems.add(path + " is higher");
            }
        } else if (NESTED.contains(keyword)) {
            if (before.isMissingNode()) {
                problems.add(path + " is new");
            } else if (!now.isMissingNode()) {
                compare(path, before, now);
            }
        } else if (keyword.equals("allOf")) {
            compareConditions(path, before, now, parent);
        } else if (!now.isMissingNode() && !now.equals(before)) {
            problems.add(path + " is new or changed");
        }
    }

    /** A condition may be dropped; a new one may only speak of kinds that were not there. */
    private void compareConditions(String path, JsonNode before, JsonNode now, JsonNode parent) {
        Set<JsonNode> known = new HashSet<>();
        before.forEach(known::add);
        Set<String> kinds = new HashSet<>();
        parent.at("/properties/kind/enum").forEach(kind -> kinds.add(kind.textValue()));
        for (JsonNode each : now) {
            JsonNode kind = each.at("/if/properties/kind/const");
            boolean ofNewKind = kind.isTextual() && !kinds.isEmpty() && !kinds.contains(kind.textValue());
            if (!known.contains(each) && !ofNewKind) {
                problems.add(path + " has a new or changed condition");
            }
        }
    }

    private void requireSubset(String path, String problem, JsonNode inner, JsonNode outer) {
        Set<JsonNode> allowed = elements(outer);
        for (JsonNode each : elements(inner)) {
            if (!allowed.contains(each)) {
                problems.add(path + ": " + each.asText() + ' ' + problem);
            }
        }
    }

    private static Set<JsonNode> elements(JsonNode node) {
        Set<JsonNode> elements = new HashSet<>();
        if (node.isArray()) {
            node.forEach(elements::add);
        } else if (!node.isMissingNode()) {
            elements.add(node);
        }
        return elements;
    }

    /** What a reference points to; what stands beside it are notes. */
    private static JsonNode resolved(JsonNode root, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isMissingNode()) {
            return node;
        }
        JsonNode target = root.at(reference.textValue().substring(1));
        return target.isMissingNode() ? MissingNode.getInstance() : target;
    }
}
