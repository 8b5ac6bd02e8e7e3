package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Typed reading of one JSON object. A field that is absent, null or blank is the same: not given. Every refusal names
 * the field and what is allowed, never the value.
 */
final class Fields {
    /** Longest id or name. */
    static final int MAX_ID = 256;
    /** Longest source, so that the idempotency key of an activity stays below 400 characters. */
    static final int MAX_SOURCE = 128;
    /** Longest free text and page path. */
    static final int MAX_TEXT = 1024;
    /** Most attributes of a lead in one record; they become state. */
    static final int MAX_ATTRIBUTES = 50;
    /** Longest duration of one activity: a week. */
    static final int MAX_SECONDS = 7 * 24 * 3600;

    /** Nothing is given here. */
    static final Fields NONE = new Fields(MissingNode.getInstance());

    private static final String INBOUND = "inbound";
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final List<String> DIRECTIONS = List.of(INBOUND, "outbound");

    private final JsonNode object;
    /** What it stands in, and under which name; null if it is the whole value. */
    private final Fields outerOrNull;

    private final String nameOrNull;

    /** The fields of a whole value. */
    Fields(JsonNode object) {
        this(object, null, null);
    }

    private Fields(JsonNode object, Fields outerOrNull, String nameOrNull) {
        this.object = object;
        this.outerOrNull = outerOrNull;
        this.nameOrNull = nameOrNull;
    }

    /** A field's name in messages, such as {@code context.campaign.name}; only those need it. */
    private String path(String name) {
        return outerOrNull == null ? name : outerOrNull.path(nameOrNull) + '.' + name;
    }

    /** Whether the field stands there, be it with the value null. */
    boolean names(String name) {
        return object.has(name);
    }

    /** The field's value; null when it is not given. */
    JsonNode node(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** A nested object; null when it is not given. */
    Fields object(String name) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object");
        }
        return new Fields(node, this, name);
    }

    /** A nested object of a free part; nothing is given in one of another shape. */
    Fields freeObject(String name) {
        JsonNode node = node(name);
        return node != null && node.isObject() ? new Fields(node, this, name) : NONE;
    }

    /** A text of one line; null when it is not given. */
    String id(String name) throws RefusedException {
        return line(name, MAX_ID);
    }

    /** A text of one line that must be given. */
    String requiredId(String name) throws RefusedException {
        return required(name, id(name));
    }

    /** A text of one line and a length; null when it is not given. */
    String line(String name, int maxLength) throws RefusedException {
        String text = string(name, maxLength);
        if (text != null && hasControls(text)) {
            throw new RefusedException(Reason.INVALID_VALUE, path(name) + " has control characters");
        }
        return text == null || isBlank(text) ? null : text;
    }

    /** A free text, which may have lines; null when it is not given. */
    String text(String name) throws RefusedException {
        String text = string(name, MAX_TEXT);
        return text == null || isBlank(text) ? null : text;
    }

    /** One of a closed set of names; null when it is not given. A blank name is none of them. */
    String oneOf(String name, List<String> allowed) throws RefusedException {
        String text = string(name, MAX_ID);
        if (text != null && !allowed.contains(text)) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** An ISO 4217 code; null when it is not given. */
    String currency(String name) throws RefusedException {
        String text = string(name, MAX_ID);
        if (text != null && !CURRENCY.matcher(text).matches()) {
            throw new RefusedException(Reason.INVALID_VALUE, path(name) + " must be an ISO 4217 code such as EUR");
        }
        return text;
    }

    /** Who began the contact; unknown when it is not given. */
    Direction direction(String name) throws RefusedException {
        String text = oneOf(name, DIRECTIONS);
        if (text == null) {
            return Direction.UNKNOWN;
        }
        return text.equals(INBOUND) ? Direction.INBOUND : Direction.OUTBOUND;
    }

    /** True or false; false when it is not given. */
    boolean flag(String name) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return node.booleanValue();
    }

    /** A whole number from 0 to {@code max}; {@code absent} when it is not given. */
    long number(String name, long max, long absent) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return absent;
        }
        if (!node.isIntegralNumber()) {
            throw wrongType(name, "a whole number");
        }
        if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > max) {
            throw new RefusedException(Reason.INVALID_VALUE, path(name) + " must be from 0 to " + max);
        }
        return node.longValue();
    }

    /** A time in epoch milliseconds; {@link Fact#NO_TIME} when it is not given. */
    long time(String name) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return Fact.NO_TIME;
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a string");
        }
        long millis = Rfc3339.millis(node.textValue());
        if (millis == Fact.NO_TIME) {
            throw new RefusedException(Reason.INVALID_TIME, path(name) + " must be " + Rfc3339.EXPECTED);
        }
        return millis;
    }

    /** A time that must be given. */
    long requiredTime(String name) throws RefusedException {
        long millis = time(name);
        if (millis == Fact.NO_TIME) {
            throw missing(name);
        }
        return millis;
    }

    /** A day as epoch day; null when it is not given. */
    Long day(String name) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a string");
        }
        long epochDay = Rfc3339.epochDay(node.textValue());
        if (epochDay == Fact.NO_TIME) {
            throw new RefusedException(
                    Reason.INVALID_TIME, path(name) + " must be a day such as 2025-03-01, of 1970 to 2199");
        }
        return epochDay;
    }

    /**
     * An amount in minor units; null when it is not given. A JSON number is refused: nobody can tell whether 1350 means
     * main or minor units, and a fraction has no exact binary form.
     */
    Long amount(String name, int minorDigits) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual() && !node.isNumber()) {
            throw wrongType(name, "a decimal string such as \"1350.00\"");
        }
        OptionalLong minor = node.isTextual() ? MinorUnits.parse(node.textValue(), minorDigits) : OptionalLong.empty();
        if (minor.isEmpty()) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT,
                    path(name) + " must be a decimal string such as \"1350.00\", without sign or exponent, with at"
                            + " most " + minorDigits + " decimals and at most " + MinorUnits.MAX + " minor units");
        }
        return minor.getAsLong();
    }

    /**
     * Attributes of a lead, in the record's order; empty when none are given. Numbers and truth values become text.
     */
    Map<String, String> attributes(String name) throws RefusedException {
        Fields attributes = object(name);
        if (attributes == null) {
            return Map.of();
        }
        if (attributes.object.size() > MAX_ATTRIBUTES) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have at most " + MAX_ATTRIBUTES + " entries");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : attributes.object.properties()) {
            JsonNode value = each.getValue();
            boolean isNoNumber = value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
            if (value.isContainerNode()) {
                throw wrongType(name, "an object of strings, numbers and truth values");
            }
            if (isNoNumber || isBlank(each.getKey()) || !isPlain(each.getKey()) || !isPlain(value.asText())) {
                throw new RefusedException(
                        Reason.INVALID_VALUE,
                        path(name) + " must have names and values of 1 to " + MAX_ID
                                + " characters, without control characters, or finite numbers");
            }
            if (!value.isNull() && !isBlank(value.asText())) {
                texts.put(each.getKey(), value.asText());
            }
        }
        return texts;
    }

    /**
     * The first of these fields that holds one line of text or a whole number, as text; null when none does. For the
     * free parts of other people's contracts, where a field of another shape is simply not ours.
     */
    String firstScalar(String... names) {
        for (String name : names) {
            JsonNode node = node(name);
            if (node != null && (node.isTextual() || node.isIntegralNumber())) {
                String text = node.asText();
                if (!isBlank(text) && isPlain(text)) {
                    return text;
                }
            }
        }
        return null;
    }

    /**
     * The path of the page that a path or an address names, without query, fragment and closing slash; null when none
     * does. A path beyond the limit is cut, because a visitor's address line is not the producer's fault.
     */
    String pagePath(String pathName, String addressName) {
        JsonNode path = node(pathName);
        JsonNode address = node(addressName);
        String text = path != null && path.isTextual() ? path.textValue() : null;
        if (text == null && address != null && address.isTextual()) {
            text = address.textValue();
            int host = text.indexOf("://");
            int slash = text.indexOf('/', host < 0 ? 0 : host + 3);
            text = slash < 0 ? "/" : text.substring(slash);
        }
        if (text == null || isBlank(text) || !isStorable(text) || hasControls(text)) {
            return null;
        }
        int end = Math.min(text.length(), MAX_TEXT);
        for (int at = 0; at < end; at++) {
            if (text.charAt(at) == '?' || text.charAt(at) == '#') {
                end = at;
            }
        }
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return end == 0 ? "/" : text.substring(0, end);
    }

    RefusedException missing(String name) {
        return new RefusedException(Reason.MISSING_FIELD, path(name) + " is missing");
    }

    /** The value itself, unless it is not given. */
    <T> T required(String name, T value) throws RefusedException {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private RefusedException wrongType(String name, String expected) {
        return new RefusedException(Reason.WRONG_TYPE, path(name) + " must be " + expected);
    }

    private String string(String name, int maxLength) throws RefusedException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a string");
        }
        String text = node.textValue();
        if (text.length() > maxLength) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have at most " + maxLength + " characters");
        }
        if (!isStorable(text)) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have no NUL and no half of a surrogate pair");
        }
        return text;
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_ID && isStorable(text) && !hasControls(text);
    }

    private static boolean isBlank(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Character.isWhitespace(text.charAt(at)) && !Character.isSpaceChar(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasControls(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < ' ' || text.charAt(at) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** Whether UTF-8 and a database can hold the text unchanged; otherwise two different ids could become one. */
    private static boolean isStorable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (Character.isHighSurrogate(each)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (each == 0 || Character.isSurrogate(each)) {
                return false;
            }
        }
        return true;
    }
}
