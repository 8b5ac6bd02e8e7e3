package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Reads straight from the bytes what nearly every record is: one flat or nested object in ASCII, without escapes, arrays, signs and
 * fractions. Whatever else it meets, be it valid or not, it leaves to Jackson, which alone decides what is valid; what it does
 * read is node for node what Jackson reads.
 *
 * <p>It remembers names, a bounded number of short ones. Not thread-safe.
 */
final class PlainJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Deeper ones are rare, and this reads by recursion. */
    private static final int MAX_DEPTH = 8;

    /** Numbers of so many digits are a {@code long}. */
    private static final int MAX_DIGITS = 18;

    /** A power of two; more than the contracts and common trackers have together. */
    private static final int NAMES = 512;

    private static final int MAX_NAME = 64;
    /** Names may be long, but not without end; where that is Jackson knows. */
    private static final int MAX_PLAIN_NAME = 1_000;

    private static final int HASH_STEP = 31;
    /** Stands for what no JSON of this kind has: the end, and all that is not ASCII. */
    private static final byte NONE = 0;

    private final int maxDepth;
    private final String[] names = new String[NAMES];

    private byte[] bytes;
    private int at;

    /** @param maxDepth deepest nesting that is valid */
    PlainJson(int maxDepth) {
        this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
    }

    /** The object that these bytes are; null if that is not for this reader to say. */
    JsonNode read(byte[] value) {
        bytes = value;
        at = 0;
        if (mark() != '{') {
            return null;
        }
        ObjectNode object = object(1);
        return object != null && mark() == NONE && at == bytes.length ? object : null;
    }

    /** The next byte that is no white space; the place is then its. */
    private byte mark() {
        while (at < bytes.length) {
            byte next = bytes[at];
            if (next > ' ') {
                return next;
            }
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return NONE;
            }
            at++;
        }
        return NONE;
    }

    private ObjectNode object(int depth) {
        if (depth > maxDepth) {
            return null;
        }
        ObjectNode object = new ObjectNode(NODES);
        at++;
        if (mark() == '}') {
            at++;
            return object;
        }
        while (mark() == '"') {
            String name = name();
            if (name == null || mark() != ':') {
                return null;
            }
            at++;
            JsonNode value = value(depth);
            // A name that stands twice is refused, and Jackson says where.
            if (value == null || object.replace(name, value) != null) {
                return null;
            }
            byte mark = mark();
            at++;
            if (mark == '}') {
                return object;
            }
            if (mark != ',') {
                return null;
            }
        }
        return null;
    }

    private JsonNode value(int depth) {
        byte first = mark();
        return switch (first) {
            case '"' -> text();
            case '{' -> object(depth + 1);
            case 't' -> word("true", NODES.booleanNode(true));
            case 'f' -> word("false", NODES.booleanNode(false));
            case 'n' -> word("null", NODES.nullNode());
            default -> first >= '0' && first <= '9' ? number() : null;
        };
    }

    /** What follows a word is not looked at: it must be a mark, which the object sees to. */
    private JsonNode word(String word, JsonNode node) {
        if (bytes.length - at < word.length()) {
            return null;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return null;
            }
        }
        at += word.length();
        return node;
    }

    /** Nor is what follows a number, so that one with a fraction is none. */
    private JsonNode number() {
        int from = at;
        long number = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at] - '0';
            at++;
        }
        int digits = at - from;
        if (digits > MAX_DIGITS || (digits > 1 && bytes[from] == '0')) {
            return null;
        }
        return number <= Integer.MAX_VALUE ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private JsonNode text() {
        byte[] from = bytes;
        int begin = at + 1;
        for (int end = begin; end < from.length; end++) {
            byte next = from[end];
            if (next == '"') {
                at = end + 1;
                return NODES.textNode(new String(from, begin, end - begin, StandardCharsets.ISO_8859_1));
            }
            // Bytes that are not ASCII are below zero.
            if (next < ' ' || next == '\\') {
                return null;
            }
        }
        return null;
    }

    private String name() {
        byte[] from = bytes;
        int begin = at + 1;
        int hash = 0;
        for (int end = begin; end < from.length; end++) {
            byte next = from[end];
            if (next == '"') {
                at = end + 1;
                return name(begin, end, hash);
            }
            if (next < ' ' || next == '\\' || end - begin >= MAX_PLAIN_NAME) {
                return null;
            }
            hash = hash * HASH_STEP + next;
        }
        return null;
    }

    /** The same string as the last time, if no other name took its place; it then knows its hash, too. */
    private String name(int begin, int end, int hash) {
        int slot = (hash ^ (hash >>> 9)) & (NAMES - 1);
        String known = names[slot];
        if (known != null && isAt(begin, end, known)) {
            return known;
        }
        String name = new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
        if (name.length() <= MAX_NAME) {
            names[slot] = name;
        }
        return name;
    }

    private boolean isAt(int begin, int end, String name) {
        if (name.length() != end - begin) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[begin + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
