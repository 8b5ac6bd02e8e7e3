package io.leadpulse.schemas.result;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes one JSON object field by field, in the order of the calls; what is null is written as null. */
final class ResultWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final String currency;
    private final int minorDigits;

    private ResultWriter(JsonGenerator json, String currency, int minorDigits) {
        this.json = json;
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /** The bytes of an object whose fields {@code fields} writes; amounts are in this currency. */
    static byte[] write(String currency, int minorDigits, Consumer<ResultWriter> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            fields.accept(new ResultWriter(json, currency, minorDigits));
            json.writeEndObject();
        } catch (IOException e) {
            throw inMemory(e);
        }
        return bytes.toByteArray();
    }

    ResultWriter text(String name, String value) {
        return write(name, () -> json.writeString(value));
    }

    ResultWriter base64(String name, byte[] value) {
        return text(name, value == null ? null : Base64.getEncoder().encodeToString(value));
    }

    ResultWriter flag(String name, Boolean value) {
        return value == null ? text(name, null) : write(name, () -> json.writeBoolean(value));
    }

    ResultWriter number(String name, Long value) {
        return value == null ? text(name, null) : write(name, () -> json.writeNumber(value));
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
        return write(name, () -> json.writeNumber(value + 0.0));
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
        return write(name, () -> {
            json.writeStartObject();
            fields.accept(this);
            json.writeEndObject();
        });
    }

    /** An object of objects, by name. */
    <V> ResultWriter objects(String name, Map<String, V> values, BiConsumer<V, ResultWriter> fields) {
        return map(name, values, (key, value) -> object(key, into -> fields.accept(value, into)));
    }

    /** A list of objects. */
    <E> ResultWriter list(String name, List<E> elements, BiConsumer<E, ResultWriter> fields) {
        return write(name, () -> {
            json.writeStartArray();
            for (E each : elements) {
                json.writeStartObject();
                fields.accept(each, this);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** A map, by name, so that its bytes do not depend on how it was made. */
    private <V> ResultWriter map(String name, Map<String, V> values, BiConsumer<String, V> entry) {
        return object(name, into -> new TreeMap<>(values).forEach(entry));
    }

    private ResultWriter write(String name, Output value) {
        try {
            json.writeFieldName(name);
            value.write();
        } catch (IOException e) {
            throw inMemory(e);
        }
        return this;
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("writing to memory cannot fail", e);
    }

    private interface Output {
        void write() throws IOException;
    }
}
