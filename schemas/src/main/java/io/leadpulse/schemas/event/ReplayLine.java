package io.leadpulse.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What one line of a replay file is: a record, or a dead letter {@link Reason#NOT_A_RECORD} that keeps the line.
 *
 * <p>A line is {@code {"topic":..,"key":..,"headers":{..},"value":{..}}}. Instead of {@code value}, {@code value_base64}
 * carries raw bytes; a header's value is a string, null or {@code {"base64":..}}. {@code partition}, {@code offset} and
 * {@code timestamp} (the log-append time, RFC 3339) may be given, and need not be unique; names that are not ours are
 * ignored. The value's bytes
 * are those of the line, unchanged and not yet looked into, however deep or wrong they are.
 *
 * @param record the record; null when the line is none
 * @param deadLetter the line as a dead letter; null when it is a record
 */
public record ReplayLine(RawRecord record, DeadLetter deadLetter) {
    /** No limits here: the parser does not recurse, and the decoder judges size and depth of the value itself. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /**
     * Reads one line; never throws, whatever the bytes.
     *
     * @param file the file's name, which stands for the topic of a line that is no record
     * @param partition the file's place among the files of the replay, from 0, so that lines of two files differ; the
     *     partition of a line that names none
     * @param lineNumber number of the line in its file, from 1; the offset of a line that names none
     * @param line the line's bytes without its end
     */
    public static ReplayLine read(String file, int partition, long lineNumber, byte[] line) {
        try {
            requireUtf8(line);
            return new ReplayLine(new Reader(partition, lineNumber, line).read(), null);
        } catch (RefusedException e) {
            RawRecord record = new RawRecord(file, partition, lineNumber, Fact.NO_TIME, null, line, List.of());
            return new ReplayLine(null, new DeadLetter(record, e.reason(), e.getMessage()));
        }
    }

    /** What decoding makes of this line. */
    public Decoded decode(EventDecoder decoder) {
        return record == null ? Decoded.of(deadLetter) : decoder.decode(record);
    }

    private static void requireUtf8(byte[] line) throws RefusedException {
        if (new String(line, StandardCharsets.UTF_8).indexOf('\ufffd') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            } catch (CharacterCodingException e) {
                throw refused("the line is not valid UTF-8");
            }
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Reason.NOT_A_RECORD, message);
    }

    /** Reads the names of one line; a name that stands twice is refused. */
    private static final class Reader {
        private final byte[] line;
        private final String place;
        private String topic;
        private boolean hasValue;
        private byte[] value;
        private byte[] key;
        private List<RawHeader> headers = List.of();
        private int partition;
        private long offset;
        private boolean namesPlace;
        private long timestampMillis = Fact.NO_TIME;
        private final List<String> seen = new ArrayList<>();

        Reader(int partition, long lineNumber, byte[] line) {
            this.partition = partition;
            this.offset = lineNumber;
            this.place = partition + "/" + lineNumber;
            this.line = line;
        }

        RawRecord read() throws RefusedException {
            try (JsonParser parser = JSON.createParser(line)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw refused("the line must be one JSON object");
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    field(parser);
                }
                if (parser.nextToken() != null) {
                    throw refused("something stands behind the line's object");
                }
            } catch (JsonProcessingException e) {
                throw refused("the line is no valid JSON");
            } catch (IOException e) {
                throw new UncheckedIOException("reading from an array cannot fail", e);
            }
            if (topic == null || topic.isEmpty()) {
                throw refused("topic is missing");
            }
            if (!hasValue) {
                throw refused("value or value_base64 is missing");
            }
            return new RawRecord(
                    topic, partition, offset, timestampMillis, key, value, headers, namesPlace ? place : null);
        }

        private void field(JsonParser parser) throws IOException, RefusedException {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "topic" -> topic = text(parser, name);
                case "key" -> key = token == JsonToken.VALUE_NULL ? null : utf8(text(parser, name));
                case "headers" -> headers = headers(parser);
                case "partition" -> {
                    partition = (int) number(parser, name, Integer.MAX_VALUE);
                    namesPlace = true;
                }
                case "offset" -> {
                    offset = number(parser, name, Long.MAX_VALUE);
                    namesPlace = true;
                }
                case "timestamp" -> timestampMillis = time(parser, name);
                case "value" -> value(token == JsonToken.VALUE_NULL ? null : bytes(parser));
                case "value_base64" -> value(base64(parser, name));
                default -> {
                    parser.skipChildren();
                    return;
                }
            }
            if (seen.contains(name)) {
                throw refused(name + " stands twice");
            }
            seen.add(name);
        }

        private void value(byte[] bytes) throws RefusedException {
            if (hasValue) {
                throw refused("only one of value and value_base64 may be given");
            }
            hasValue = true;
            value = bytes;
        }

        /** The bytes of the line between the value's first and last. */
        private byte[] bytes(JsonParser parser) throws IOException {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            return Arrays.copyOfRange(line, from, (int) parser.currentLocation().getByteOffset());
        }

        private static List<RawHeader> headers(JsonParser parser) throws IOException, RefusedException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return List.of();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refused("headers must be an object");
            }
            List<RawHeader> headers = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                headers.add(new RawHeader(name, header(parser, parser.nextToken())));
            }
            return List.copyOf(headers);
        }

        private static byte[] header(JsonParser parser, JsonToken token) throws IOException, RefusedException {
            if (token == JsonToken.VALUE_NULL) {
                return null;
            }
            if (token == JsonToken.VALUE_STRING) {
                return utf8(parser.getText());
            }
            if (token == JsonToken.START_OBJECT && "base64".equals(parser.nextFieldName())) {
                parser.nextToken();
                byte[] bytes = base64(parser, "headers");
                if (parser.nextToken() == JsonToken.END_OBJECT) {
                    return bytes;
                }
            }
            throw refused("headers must have values that are strings, null or {\"base64\": ..}");
        }

        private static String text(JsonParser parser, String name) throws IOException, RefusedException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw refused(name + " must be a string");
            }
            return parser.getText();
        }

        private static byte[] base64(JsonParser parser, String name) throws IOException, RefusedException {
            try {
                return Base64.getDecoder().decode(text(parser, name));
            } catch (IllegalArgumentException e) {
                throw refused(name + " must be base64");
            }
        }

        private static long number(JsonParser parser, String name, long max) throws IOException, RefusedException {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getTextLength() <= Long.toString(max).length()) {
                BigInteger number = parser.getBigIntegerValue();
                if (number.signum() >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0) {
                    return number.longValueExact();
                }
            }
            throw refused(name + " must be a whole number from 0 to " + max);
        }

        private static long time(JsonParser parser, String name) throws IOException, RefusedException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return Fact.NO_TIME;
            }
            long millis = Rfc3339.millis(text(parser, name));
            if (millis == Fact.NO_TIME) {
                throw refused(name + " must be " + Rfc3339.EXPECTED);
            }
            return millis;
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
