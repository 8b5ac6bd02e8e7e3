package io.leadpulse.schemas.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads one JSON object of a result field by field; a field that is absent or null is null. */
final class ResultReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode object;
    private final String currency;
    private final int minorDigits;

    private ResultReader(JsonNode object, String currency, int minorDigits) {
        this.object = object;
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /**
     * A reader of these bytes.
     *
     * @throws IllegalArgumentException if they are no JSON object
     */
    static ResultReader of(byte[] bytes, String currency, int minorDigits) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node != null && node.isObject()) {
                return new ResultReader(node, currency, minorDigits);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a result must be a JSON object", e);
        }
        throw new IllegalArgumentException("a result must be a JSON object");
    }

    String text(String name) {
        return value(name, JsonNode::isTextual, "a string", JsonNode::textValue);
    }

    byte[] base64(String name) {
        String text = text(name);
        return text == null ? null : Base64.getDecoder().decode(text);
    }

    Boolean flag(String name) {
        return value(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
    }

    Long number(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                "a whole number of 64 bits",
                JsonNode::longValue);
    }

    Integer integer(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                "a whole number of 32 bits",
                JsonNode::intValue);
    }

    Double decimal(String name) {
        return value(name, JsonNode::isNumber, "a number", JsonNode::doubleValue);
    }

    Long time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        long millis = Rfc3339.millis(text);
        if (millis == Fact.NO_TIME) {
            throw refused(name, Rfc3339.EXPECTED);
        }
        return millis;
    }

    Long date(String name) {
        String text = text(name);
        try {
            return text == null ? null : (Long) LocalDate.parse(text).toEpochDay();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " must be a date, such as 2025-03-31", e);
        }
    }

    Long money(String name) {
        return money(name, minorDigits);
    }

    /** An amount of a currency that has so many decimals, in minor units. */
    Long money(String name, int digits) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return new BigDecimal(text).movePointRight(digits).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused(name, "a decimal string with at most " + digits + " decimals, within 64 bits");
        }
    }

    /** Refuses amounts of another currency. */
    void currency() {
        if (!currency.equals(required("currency", text("currency")))) {
            throw refused("currency", currency);
        }
    }

    Map<String, String> texts(String name) {
        return map(name, ResultReader::text);
    }

    Map<String, Long> numbers(String name) {
        return map(name, ResultReader::number);
    }

    /** Whole numbers by name, in an object by name each; empty when there is none. */
    Map<String, Map<String, Long>> counts(String name) {
        return map(name, ResultReader::numbers);
    }

    /** Objects by name; empty when there is none. */
    <V> Map<String, V> objects(String name, Function<ResultReader, V> value) {
        return map(name, (reader, key) -> value.apply(reader.required(key, reader.object(key))));
    }

    /** A whole number that older records do not have. */
    long numberOr(String name, long absent) {
        Long given = number(name);
        return given == null ? absent : given;
    }

    /** A nested object; null when it is not there. */
    ResultReader object(String name) {
        return value(name, JsonNode::isObject, "an object", this::nested);
    }

    /** A list of objects; empty when it is not there. */
    <E> List<E> list(String name, Function<ResultReader, E> element) {
        JsonNode node = value(name, JsonNode::isArray, "an array of objects", Function.identity());
        List<E> elements = new ArrayList<>();
        if (node != null) {
            for (JsonNode each : node) {
                if (!each.isObject()) {
                    throw refused(name, "an array of objects");
                }
                elements.add(element.apply(nested(each)));
            }
        }
        return elements;
    }

    /** The value itself; what every record has must be there. */
    <T> T required(String name, T value) {
        if (value == null) {
            throw refused(name, "given");
        }
        return value;
    }

    private <V> Map<String, V> map(String name, BiFunction<ResultReader, String, V> value) {
        ResultReader reader = object(name);
        Map<String, V> values = new LinkedHashMap<>();
        if (reader != null) {
            reader.object.fieldNames().forEachRemaining(key -> values.put(key, value.apply(reader, key)));
        }
        return values;
    }

    private ResultReader nested(JsonNode node) {
        return new ResultReader(node, currency, minorDigits);
    }

    private <T> T value(
            String name, Function<JsonNode, Boolean> isRight, String expected, Function<JsonNode, T> value) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!isRight.apply(node)) {
            throw refused(name, expected);
        }
        return value.apply(node);
    }

    private static IllegalArgumentException refused(String name, String expected) {
        return new IllegalArgumentException(name + " must be " + expected);
    }
}
