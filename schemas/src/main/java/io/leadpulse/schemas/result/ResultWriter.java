package io.leadpulse.schemas.result;

import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON object field by field, in the order of the calls; what is null is written as null. By hand, since several
 * results follow from every event and a generator for each took longer than what it wrote; the bytes are those that Jackson
 * would write.
 */
final class ResultWriter {
    private static final int USUAL_CHARS = 512;
    private static final int FIRST_UNESCAPED = 0x20;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final StringBuilder json = new StringBuilder(USUAL_CHARS);
    private final String currency;
    private final int minorDigits;

    private ResultWriter(String currency, int minorDigits) {
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /** The text of an object whose fields {@code fields} writes; amounts are in this currency. */
    static String write(String currency, int minorDigits, Consumer<ResultWriter> fields) {
        ResultWriter writer = new ResultWriter(currency, minorDigits);
        writer.json.append('{');
        fields.accept(writer);
        return writer.json.append('}').toString();
    }

    ResultWriter text(String name, String value) {
        name(name);
        if (value == null) {
            json.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    ResultWriter base64(String name, byte[] value) {
        return text(name, value == null ? null : Base64.getEncoder().encodeToString(value));
    }

    ResultWriter flag(String name, Boolean value) {
        name(name).append(value);
        return this;
    }

    ResultWriter number(String name, Long value) {
        name(name).append(value);
        return this;
    }

    /** A number that need not be whole; written so that the same double is read again. */
    ResultWriter decimal(String name, Double value) {
        if (value == null) {
            return text(name, null);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: a finite number, or none");
        }
        // Minus zero equals zero but is written otherwise; equal records have equal bytes.
        name(name).append(value + 0.0);
        return this;
    }

    /** A time in UTC; epoch milliseconds or null. */
    ResultWriter time(String name, Long millis) {
        return text(name, millis == null ? null : Rfc3339.text(millis));
    }

    /** A day without zone; days since 1970-01-01 or null. */
    ResultWriter date(String name, Long epochDay) {
        return text(
                name, epochDay == null ? null : LocalDate.ofEpochDay(epochDay).toString());
    }

    /** An amount as a decimal string of the main unit; minor units or null. */
    ResultWriter money(String name, Long minor) {
        return text(name, minor == null ? null : MinorUnits.text(minor, minorDigits));
    }

    /** The currency of all amounts of this record. */
    ResultWriter currency() {
        return text("currency", currency);
    }

    ResultWriter texts(String name, Map<String, String> values) {
        return map(name, values, this::text);
    }

    ResultWriter numbers(String name, Map<String, Long> values) {
        return map(name, values, this::number);
    }

    /** Whole numbers by name, in an object by name each. */
    ResultWriter counts(String name, Map<String, Map<String, Long>> values) {
        return map(name, values, this::numbers);
    }

    /** An object whose fields {@code fields} writes into this writer. */
    ResultWriter object(String name, Consumer<ResultWriter> fields) {
        name(name).append('{');
        fields.accept(this);
        json.append('}');
        return this;
    }

    /** An object of objects, by name. */
    <V> ResultWriter objects(String name, Map<String, V> values, BiConsumer<V, ResultWriter> fields) {
        return map(name, values, (key, value) -> object(key, into -> fields.accept(value, into)));
    }

    /** A list of objects. */
    <E> ResultWriter list(String name, List<E> elements, BiConsumer<E, ResultWriter> fields) {
        name(name).append('[');
        boolean isFirst = true;
        for (E each : elements) {
            json.append(isFirst ? "{" : ",{");
            isFirst = false;
            fields.accept(each, this);
            json.append('}');
        }
        json.append(']');
        return this;
    }

    /** A map, by name, so that its bytes do not depend on how it was made. */
    private <V> ResultWriter map(String name, Map<String, V> values, BiConsumer<String, V> entry) {
        return object(name, into -> new TreeMap<>(values).forEach(entry));
    }

    /** Begins a field, after a comma unless it is the first of its object. */
    private StringBuilder name(String name) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        quoted(name);
        return json.append(':');
    }

    private void quoted(String text) {
        json.append('"');
        int first = 0;
        while (first < text.length() && !isEscaped(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            json.append(text);
        } else {
            for (int at = 0; at < text.length(); at++) {
                char each = text.charAt(at);
                if (isEscaped(each)) {
                    escaped(each);
                } else {
                    json.append(each);
                }
            }
        }
        json.append('"');
    }

    private static boolean isEscaped(char each) {
        return each < FIRST_UNESCAPED || each == '"' || each == '\\';
    }

    private void escaped(char each) {
        json.append('\\');
        switch (each) {
            case '"', '\\' -> json.append(each);
            case '\b' -> json.append('b');
            case '\t' -> json.append('t');
            case '\n' -> json.append('n');
            case '\f' -> json.append('f');
            case '\r' -> json.append('r');
            default -> json.append("u00").append(HEX[each >> 4]).append(HEX[each & 0xF]);
        }
    }
}
