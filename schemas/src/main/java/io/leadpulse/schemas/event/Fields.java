package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    static final Fields NONE = new Fields(null);

    private static final String INBOUND = "inbound";
    private static final int CURRENCY_LENGTH = 3;
    private static final List<String> DIRECTIONS = List.of(INBOUND, "outbound");

    private final Place objectOrNull;

    Fields(Place objectOrNull) {
        this.objectOrNull = objectOrNull;
    }

    /** A field's name in messages, such as {@code context.campaign.name}; only those need it. */
    private String path(String name) {
        return objectOrNull == null || objectOrNull.object == null
                ? name
                : objectOrNull.object.fields.path(objectOrNull.name.text) + '.' + name;
    }

    /** Whether the field stands there, be it with the value null. */
    boolean names(String name) {
        return objectOrNull != null && objectOrNull.document.getOrNull(objectOrNull, name) != null;
    }

    /** The field's value; null when it is not given. */
    Place place(String name) {
        Place place = objectOrNull == null ? null : objectOrNull.document.getOrNull(objectOrNull, name);
        return place == null || place.type == Place.Type.NULL ? null : place;
    }

    /** A nested object; null when it is not given. */
    Fields object(String name) throws RefusedException {
        Place place = place(name);
        if (place == null) {
            return null;
        }
        if (place.type != Place.Type.OBJECT) {
            throw wrongType(name, "an object");
        }
        return place.fields;
    }

    /** A nested object of a free part; nothing is given in one of another shape. */
    Fields freeObject(String name) {
        Place place = place(name);
        return place != null && place.type == Place.Type.OBJECT ? place.fields : NONE;
    }

    /** A text of one line; null when it is not given. */
    String id(String name) throws RefusedException {
        return line(name, MAX_ID);
    }

    /** A text of one line that must be given. */
    String requiredId(String name) throws RefusedException {
        return requiredLine(name, MAX_ID).text();
    }

    /** A text of one line and a length; null when it is not given. */
    String line(String name, int maxLength) throws RefusedException {
        Place line = linePlace(name, maxLength);
        return line == null ? null : line.text();
    }

    /** The place of a text of one line and a length that must be given. */
    Place requiredLine(String name, int maxLength) throws RefusedException {
        return required(name, linePlace(name, maxLength));
    }

    /** The place of a text of one line and a length; null when it is not given. */
    Place linePlace(String name, int maxLength) throws RefusedException {
        Place place = string(name, maxLength);
        if (place != null && !place.isPlain() && hasControls(place.text)) {
            throw new RefusedException(Reason.INVALID_VALUE, path(name) + " has control characters");
        }
        return place == null || isBlank(place) ? null : place;
    }

    /** A free text, which may have lines; null when it is not given. */
    String text(String name) throws RefusedException {
        Place place = string(name, MAX_TEXT);
        return place == null || isBlank(place) ? null : place.text();
    }

    /** One of a closed set of names; null when it is not given. A blank name is none of them. */
    String oneOf(String name, List<String> allowed) throws RefusedException {
        Place place = string(name, MAX_ID);
        String text = place == null ? null : place.text();
        if (text != null && !allowed.contains(text)) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** An ISO 4217 code; null when it is not given. */
    String currency(String name) throws RefusedException {
        Place place = string(name, MAX_ID);
        String text = place == null ? null : place.text();
        if (text != null && !isCurrency(text)) {
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
        Place place = place(name);
        if (place == null) {
            return false;
        }
        if (place.type != Place.Type.TRUE && place.type != Place.Type.FALSE) {
            throw wrongType(name, "true or false");
        }
        return place.type == Place.Type.TRUE;
    }

    /** A whole number from 0 to {@code max}; {@code absent} when it is not given. */
    long number(String name, long max, long absent) throws RefusedException {
        Place place = place(name);
        if (place == null) {
            return absent;
        }
        if (!place.isWhole()) {
            throw wrongType(name, "a whole number");
        }
        if (place.type != Place.Type.INTEGER || place.integer < 0 || place.integer > max) {
            throw new RefusedException(Reason.INVALID_VALUE, path(name) + " must be from 0 to " + max);
        }
        return place.integer;
    }

    /** A time in epoch milliseconds; {@link Fact#NO_TIME} when it is not given. */
    long time(String name) throws RefusedException {
        Place place = place(name);
        if (place == null) {
            return Fact.NO_TIME;
        }
        if (place.type != Place.Type.TEXT) {
            throw wrongType(name, "a string");
        }
        long millis = place.isPlain()
                ? Rfc3339.millis(place.document.bytes(), place.from, place.to)
                : Rfc3339.millis(place.text);
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
        Place place = place(name);
        if (place == null) {
            return null;
        }
        if (place.type != Place.Type.TEXT) {
            throw wrongType(name, "a string");
        }
        long epochDay = Rfc3339.epochDay(place.text());
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
        Place place = place(name);
        if (place == null) {
            return null;
        }
        if (place.type != Place.Type.TEXT && !place.isNumber()) {
            throw wrongType(name, "a decimal string such as \"1350.00\"");
        }
        long minor = MinorUnits.NONE;
        if (place.type == Place.Type.TEXT) {
            minor = place.isPlain()
                    ? MinorUnits.parse(place.document.bytes(), place.from, place.to, minorDigits)
                    : MinorUnits.parse(place.text, minorDigits).orElse(MinorUnits.NONE);
        }
        if (minor == MinorUnits.NONE) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT,
                    path(name) + " must be a decimal string such as \"1350.00\", without sign or exponent, with at"
                            + " most " + minorDigits + " decimals and at most " + MinorUnits.MAX + " minor units");
        }
        return minor;
    }

    /**
     * Attributes of a lead, in the record's order; empty when none are given. Numbers and truth values become text.
     */
    Map<String, String> attributes(String name) throws RefusedException {
        Fields attributes = object(name);
        if (attributes == null) {
            return Map.of();
        }
        List<Place> places = attributes.objectOrNull.document.fieldsOf(attributes.objectOrNull);
        if (places.size() > MAX_ATTRIBUTES) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have at most " + MAX_ATTRIBUTES + " entries");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Place each : places) {
            if (each.type == Place.Type.OBJECT || each.type == Place.Type.ARRAY) {
                throw wrongType(name, "an object of strings, numbers and truth values");
            }
            String key = each.name.text;
            String value = each.text();
            if (each.type == Place.Type.INFINITE || isBlank(key) || !isPlain(key) || !isPlain(value)) {
                throw new RefusedException(
                        Reason.INVALID_VALUE,
                        path(name) + " must have names and values of 1 to " + MAX_ID
                                + " characters, without control characters, or finite numbers");
            }
            if (each.type != Place.Type.NULL && !isBlank(value)) {
                texts.put(key, value);
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
            Place place = place(name);
            if (place != null && (place.type == Place.Type.TEXT || place.isWhole())) {
                String text = place.text();
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
        Place path = place(pathName);
        Place address = place(addressName);
        String text = path != null && path.type == Place.Type.TEXT ? path.text() : null;
        if (text == null && address != null && address.type == Place.Type.TEXT) {
            text = address.text();
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

    private Place string(String name, int maxLength) throws RefusedException {
        Place place = place(name);
        if (place == null) {
            return null;
        }
        if (place.type != Place.Type.TEXT) {
            throw wrongType(name, "a string");
        }
        if (place.length() > maxLength) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have at most " + maxLength + " characters");
        }
        if (!place.isPlain() && !isStorable(place.text)) {
            throw new RefusedException(
                    Reason.INVALID_VALUE, path(name) + " must have no NUL and no half of a surrogate pair");
        }
        return place;
    }

    private static boolean isCurrency(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < 'A' || text.charAt(at) > 'Z') {
                return false;
            }
        }
        return text.length() == CURRENCY_LENGTH;
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_ID && isStorable(text) && !hasControls(text);
    }

    /** A plain text has no other white space than spaces. */
    private static boolean isBlank(Place place) {
        if (!place.isPlain()) {
            return isBlank(place.text);
        }
        for (int at = place.from; at < place.to; at++) {
            if (place.document.bytes()[at] != ' ') {
                return false;
            }
        }
        return true;
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
