package io.leadpulse.schemas.result;

import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON object field by field, in the order of the calls; what is null is written as null. By hand and straight into
 * bytes, since several results follow from every event: a generator for each, and a text that became bytes again and again on its
 * way, took longer than what was written. The bytes are those that Jackson would write; half a surrogate pair, at which it throws,
 * is a question mark.
 */
final class ResultWriter {
    private static final int USUAL_BYTES = 512;
    private static final int FIRST_UNESCAPED = 0x20;
    /** Of a long, its sign too. */
    private static final int MOST_DIGITS = 20;
    /** Whole numbers below it are written without an exponent. */
    private static final double FIRST_WITH_EXPONENT = 1e7;

    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] CONTROL = ascii("u00");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** More than all results have. */
    private static final int MOST_NAMES = 1024;

    /**
     * Names of fields as they are written, colon included, so that each is looked at and encoded once. Not those of maps, which
     * anybody can make up.
     */
    private static final Map<String, byte[]> NAMES = new ConcurrentHashMap<>();

    private final String currency;
    private final int minorDigits;
    private byte[] json = new byte[USUAL_BYTES];
    private int size;

    private ResultWriter(String currency, int minorDigits) {
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /** The bytes of an object whose fields {@code fields} writes; amounts are in this currency. */
    static byte[] write(String currency, int minorDigits, Consumer<ResultWriter> fields) {
        ResultWriter writer = new ResultWriter(currency, minorDigits);
        writer.put('{');
        fields.accept(writer);
        writer.put('}');
        return Arrays.copyOf(writer.json, writer.size);
    }

    ResultWriter text(String name, String value) {
        name(name);
        textValue(value);
        return this;
    }

    ResultWriter base64(String name, byte[] value) {
        name(name);
        if (value == null) {
            put(NULL);
        } else {
            put('"');
            put(Base64.getEncoder().encode(value));
            put('"');
        }
        return this;
    }

    ResultWriter flag(String name, Boolean value) {
        name(name);
        if (value == null) {
            put(NULL);
        } else {
            put(value ? TRUE : FALSE);
        }
        return this;
    }

    ResultWriter number(String name, Long value) {
        name(name);
        numberValue(value);
        return this;
    }

    /** A number that need not be whole; written so that the same double is read again. */
    ResultWriter decimal(String name, Double value) {
        name(name);
        if (value == null) {
            put(NULL);
            return this;
        }
        double number = value;
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: a finite number, or none");
        }
        if (number == (long) number && Math.abs(number) < FIRST_WITH_EXPONENT) {
            // Minus zero too, which equals zero: equal records have equal bytes.
            digits((long) number);
            put('.');
            put('0');
        } else {
            put(ascii(Double.toString(number)));
        }
        return this;
    }

    /** A time in UTC; epoch milliseconds or null. */
    ResultWriter time(String name, Long millis) {
        if (millis == null || !Rfc3339.isSensible(millis)) {
            return text(name, millis == null ? null : Rfc3339.text(millis));
        }
        name(name);
        room(Rfc3339.TEXT_LENGTH + 2);
        json[size++] = '"';
        Rfc3339.write(millis, json, size);
        size += Rfc3339.TEXT_LENGTH;
        json[size++] = '"';
        return this;
    }

    /** A day without zone; days since 1970-01-01 or null. */
    ResultWriter date(String name, Long epochDay) {
        return text(
                name, epochDay == null ? null : LocalDate.ofEpochDay(epochDay).toString());
    }

    /** An amount as a decimal string of the main unit; minor units or null. */
    ResultWriter money(String name, Long minor) {
        name(name);
        if (minor == null) {
            put(NULL);
        } else {
            put('"');
            amount(minor);
            put('"');
        }
        return this;
    }

    /** The currency of all amounts of this record. */
    ResultWriter currency() {
        return text("currency", currency);
    }

    ResultWriter texts(String name, Map<String, String> values) {
        return map(name, values, this::textValue);
    }

    ResultWriter numbers(String name, Map<String, Long> values) {
        return map(name, values, this::numberValue);
    }

    /** Whole numbers by name, in an object by name each. */
    ResultWriter counts(String name, Map<String, Map<String, Long>> values) {
        return map(name, values, counts -> mapValue(counts, this::numberValue));
    }

    /** An object whose fields {@code fields} writes into this writer. */
    ResultWriter object(String name, Consumer<ResultWriter> fields) {
        name(name);
        objectValue(fields);
        return this;
    }

    /** An object of objects, by name. */
    <V> ResultWriter objects(String name, Map<String, V> values, BiConsumer<V, ResultWriter> fields) {
        return map(name, values, value -> objectValue(into -> fields.accept(value, into)));
    }

    /** A list of objects. */
    <E> ResultWriter list(String name, List<E> elements, BiConsumer<E, ResultWriter> fields) {
        name(name);
        put('[');
        boolean isFirst = true;
        for (E each : elements) {
            if (!isFirst) {
                put(',');
            }
            isFirst = false;
            put('{');
            fields.accept(each, this);
            put('}');
        }
        put(']');
        return this;
    }

    private <V> ResultWriter map(String name, Map<String, V> values, Consumer<V> value) {
        name(name);
        mapValue(values, value);
        return this;
    }

    /** A map, by name, so that its bytes do not depend on how it was made. */
    private <V> void mapValue(Map<String, V> values, Consumer<V> value) {
        put('{');
        for (Map.Entry<String, V> each : new TreeMap<>(values).entrySet()) {
            begin();
            quoted(each.getKey());
            put(':');
            value.accept(each.getValue());
        }
        put('}');
    }

    private void objectValue(Consumer<ResultWriter> fields) {
        put('{');
        fields.accept(this);
        put('}');
    }

    private void textValue(String value) {
        if (value == null) {
            put(NULL);
        } else {
            quoted(value);
        }
    }

    private void numberValue(Long value) {
        if (value == null) {
            put(NULL);
        } else {
            digits(value);
        }
    }

    private void name(String name) {
        begin();
        byte[] known = NAMES.get(name);
        if (known == null) {
            int from = size;
            quoted(name);
            put(':');
            if (NAMES.size() < MOST_NAMES) {
                NAMES.put(name, Arrays.copyOfRange(json, from, size));
            }
        } else {
            put(known);
        }
    }

    /** Begins a field: after a comma, unless it is the first of its object. */
    private void begin() {
        if (json[size - 1] != '{') {
            put(',');
        }
    }

    private void digits(long number) {
        room(MOST_DIGITS);
        if (number < 0) {
            json[size++] = '-';
        }
        // Below zero, where the lowest number is too.
        long rest = number < 0 ? number : -number;
        int digits = 1;
        for (long more = rest / 10; more < 0; more /= 10) {
            digits++;
        }
        size += digits;
        int at = size;
        do {
            json[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest < 0);
    }

    /** As {@link MinorUnits#text}. */
    private void amount(long minor) {
        if (minorDigits == 0) {
            digits(minor);
            return;
        }
        long unit = 1;
        for (int digit = 0; digit < minorDigits; digit++) {
            unit *= 10;
        }
        if (minor < 0) {
            put('-');
        }
        digits(Math.abs(minor / unit));
        put('.');
        long rest = Math.abs(minor % unit);
        for (long place = unit / 10; place > 0; place /= 10) {
            put((char) ('0' + rest / place % 10));
        }
    }

    private void quoted(String text) {
        // As a whole: asked for one by one, the units of a text take longer than all the rest of it.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int first = 0;
        while (first < bytes.length && !isEscaped(bytes[first])) {
            first++;
        }
        put('"');
        if (first == bytes.length) {
            put(bytes);
        } else {
            for (byte each : bytes) {
                if (isEscaped(each)) {
                    escaped(each);
                } else {
                    put((char) each);
                }
            }
        }
        put('"');
    }

    /** Whether a byte is a character that is escaped; those of the others, which have several, are below zero. */
    private static boolean isEscaped(byte each) {
        return each <= '\\' && each >= 0 && (each < FIRST_UNESCAPED || each == '"' || each == '\\');
    }

    private void escaped(byte each) {
        put('\\');
        switch (each) {
            case '"', '\\' -> put((char) each);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                put(CONTROL);
                put((char) HEX[each >> 4]);
                put((char) HEX[each & 0xF]);
            }
        }
    }

    /** Writes one byte, which is given as a character. */
    private void put(char one) {
        if (size == json.length) {
            room(1);
        }
        json[size++] = (byte) one;
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, json, size, bytes.length);
        size += bytes.length;
    }

    private void room(int bytes) {
        if (json.length - size < bytes) {
            json = Arrays.copyOf(json, Math.max(json.length * 2, size + bytes));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
