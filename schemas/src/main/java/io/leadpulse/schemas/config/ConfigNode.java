package io.leadpulse.schemas.config;

import java.util.List;
import java.util.Map;

/**
 * A value as it was written, with its place: what YAML and JSON have in common before anything is believed.
 *
 * @param path path of the key
 * @param kind what was written
 * @param text the scalar as written; empty for mappings and lists
 * @param fields the fields of a mapping in their order
 * @param items the items of a list
 * @param line line in the file, from 1; 0 when unknown
 */
record ConfigNode(
        String path, Kind kind, String text, Map<String, ConfigNode> fields, List<ConfigNode> items, int line) {

    enum Kind {
        MAPPING,
        LIST,
        TEXT,
        NUMBER,
        BOOLEAN,
        /** Nothing written after the key, or {@code null}. */
        NOTHING
    }

    static ConfigNode scalar(String path, Kind kind, String text, int line) {
        return new ConfigNode(path, kind, text, Map.of(), List.of(), line);
    }

    static ConfigNode emptyMapping(String path, int line) {
        return new ConfigNode(path, Kind.MAPPING, "", Map.of(), List.of(), line);
    }

    /** Path of a field of the mapping at {@code parent}; keys that are no plain words are quoted. */
    static String childPath(String parent, String key) {
        if (!key.matches("[A-Za-z0-9_-]+")) {
            return parent + "[\"" + key + "\"]";
        }
        return parent.isEmpty() ? key : parent + "." + key;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** The value for a message. */
    String shown() {
        return switch (kind) {
            case MAPPING -> "a mapping";
            case LIST -> "a list";
            case NOTHING -> "nothing";
            case TEXT -> "\"" + text + "\"";
            case NUMBER, BOOLEAN -> text;
        };
    }
}
