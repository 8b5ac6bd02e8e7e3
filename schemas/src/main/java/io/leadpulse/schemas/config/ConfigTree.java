package io.leadpulse.schemas.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML or JSON into {@link ConfigNode}s and refuses what has no place in a configuration: duplicate keys, anchors,
 * aliases and tags (so that no file is larger than it looks), a second document, deep nesting.
 */
final class ConfigTree {

    /** Deeper than any key of the configuration. */
    static final int MAX_DEPTH = 20;

    /** A configuration with thousands of reps has some 100 KB. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final YAMLFactory YAML = yamlFactory();

    private final JsonParser parser;
    private final Problems problems;

    private ConfigTree(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The mapping that a YAML text holds; an empty one if it holds nothing.
     *
     * @return null after a problem that leaves nothing to read
     */
    static ConfigNode ofYaml(String text, Problems problems) {
        if (text.length() > MAX_CHARACTERS) {
            problems.add("", text.length() + " characters", "at most " + MAX_CHARACTERS + " characters", 0);
            return null;
        }
        try (JsonParser parser = YAML.createParser(text)) {
            return new ConfigTree(parser, problems).document();
        } catch (JacksonException e) {
            problems.add(
                    "",
                    firstLine(e.getOriginalMessage()),
                    "YAML (spaces, no tabs, for indentation)",
                    YamlLine.of(e, text));
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    /** The value of a JSON record; paths begin at the record. Null and the empty text are "not given" there. */
    static ConfigNode ofJson(JsonNode json, Problems problems) {
        return ofJson("", json, 0, problems);
    }

    private static ConfigNode ofJson(String path, JsonNode json, int depth, Problems problems) {
        if (depth > MAX_DEPTH) {
            problems.add(path, "nested deeper", "at most " + MAX_DEPTH + " levels", 0);
            return ConfigNode.scalar(path, ConfigNode.Kind.NOTHING, "", 0);
        }
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, ConfigNode> fields = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> field : json.properties()) {
                    JsonNode value = field.getValue();
                    if (!value.isNull()
                            && !(value.isTextual() && value.textValue().isEmpty())) {
                        String childPath = ConfigNode.childPath(path, field.getKey());
                        fields.put(field.getKey(), ofJson(childPath, value, depth + 1, problems));
                    }
                }
                yield new ConfigNode(path, ConfigNode.Kind.MAPPING, "", fields, List.of(), 0);
            }
            case ARRAY -> {
                List<ConfigNode> items = new ArrayList<>();
                for (JsonNode item : json) {
                    items.add(ofJson(path + "[" + items.size() + "]", item, depth + 1, problems));
                }
                yield new ConfigNode(path, ConfigNode.Kind.LIST, "", Map.of(), items, 0);
            }
            case STRING -> ConfigNode.scalar(path, ConfigNode.Kind.TEXT, json.textValue(), 0);
            case NUMBER -> ConfigNode.scalar(path, ConfigNode.Kind.NUMBER, json.asText(), 0);
            case BOOLEAN -> ConfigNode.scalar(path, ConfigNode.Kind.BOOLEAN, json.asText(), 0);
            case NULL, MISSING, BINARY, POJO -> ConfigNode.scalar(path, ConfigNode.Kind.NOTHING, "", 0);
        };
    }

    private static YAMLFactory yamlFactory() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS + 1);
        options.setNestingDepthLimit(MAX_DEPTH);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_CHARACTERS)
                        .build())
                .build();
    }

    private static String firstLine(String message) {
        return message.lines()
                .findFirst()
                .map(line -> line.replaceAll(", got this instead: .*", ""))
                .orElse("unreadable");
    }

    private ConfigNode document() throws IOException {
        JsonToken first = parser.nextToken();
        ConfigNode root = first == null ? ConfigNode.emptyMapping("", 0) : value("");
        if (root.is(ConfigNode.Kind.NOTHING)) {
            root = ConfigNode.emptyMapping("", 0);
        }
        if (!root.is(ConfigNode.Kind.MAPPING)) {
            problems.add(root, "keys and values, such as company:");
            return null;
        }
        if (parser.nextToken() != null) {
            problems.add("", "a second document", "one document (no --- between keys)", line());
        }
        return root;
    }

    private ConfigNode value(String path) throws IOException {
        refuseAnchorsAndTags(path);
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, line);
            case START_ARRAY -> list(path, line);
            case VALUE_STRING -> {
                String text = parser.getText();
                ConfigNode.Kind kind = text.isEmpty() ? ConfigNode.Kind.NOTHING : ConfigNode.Kind.TEXT;
                yield ConfigNode.scalar(path, kind, text, line);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                ConfigNode.scalar(path, ConfigNode.Kind.NUMBER, parser.getText(), line);
            case VALUE_TRUE, VALUE_FALSE -> {
                String text = parser.getText();
                // Old YAML also takes yes, no, on and off for booleans; only these are clear.
                boolean clear = text.equals("true") || text.equals("false");
                yield ConfigNode.scalar(path, clear ? ConfigNode.Kind.BOOLEAN : ConfigNode.Kind.TEXT, text, line);
            }
            default -> ConfigNode.scalar(path, ConfigNode.Kind.NOTHING, "", line);
        };
    }

    private ConfigNode mapping(String path, int line) throws IOException {
        Map<String, ConfigNode> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            String childPath = ConfigNode.childPath(path, key);
            parser.nextToken();
            ConfigNode child = value(childPath);
            ConfigNode earlier = fields.putIfAbsent(key, child);
            if (earlier != null) {
                problems.add(
                        childPath, child.shown(), "each key once (it stands in line " + earlier.line() + ")", keyLine);
            }
        }
        return new ConfigNode(path, ConfigNode.Kind.MAPPING, "", fields, List.of(), line);
    }

    private ConfigNode list(String path, int line) throws IOException {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]"));
        }
        return new ConfigNode(path, ConfigNode.Kind.LIST, "", Map.of(), items, line);
    }

    private void refuseAnchorsAndTags(String path) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(path, "alias *" + parser.getText(), "the value itself (aliases are not read)", line());
        } else if (parser.getObjectId() != null) {
            problems.add(path, "anchor &" + parser.getObjectId(), "the value itself (anchors are not read)", line());
        } else if (parser.getTypeId() != null) {
            problems.add(path, "tag !" + parser.getTypeId(), "the value itself (tags are not read)", line());
        }
    }

    private int line() {
        return Math.max(0, parser.currentTokenLocation().getLineNr());
    }
}
