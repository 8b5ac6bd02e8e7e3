package io.leadpulse.schemas.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the lines that {@link ReplayLine} reads: one JSON object a line, UTF-8, ended by a line feed. What is written
 * as a {@link RawRecord} comes back equal to the last byte (its key must be UTF-8).
 */
public final class ReplayLineWriter implements Closeable {
    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final OutputStream out;

    /** Writes to a stream, which {@link #close} closes; buffering is the caller's. */
    public ReplayLineWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a record whose value is JSON; the key may be null. */
    public void write(String topic, String key, JsonNode value) throws IOException {
        out.write(line(topic, key, value));
        out.write('\n');
    }

    /** Writes a record as it arrived, its value as base64. */
    public void write(RawRecord record) throws IOException {
        out.write(line(record));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** The line of a record whose value is JSON, without its end; the key may be null. */
    public static byte[] line(String topic, String key, JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("topic", topic);
            json.writeStringField("key", key);
            json.writeObjectFieldStart("headers");
            json.writeEndObject();
            json.writeFieldName("value");
            json.writeTree(value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The line of a record as it arrived, without its end.
     *
     * @throws IllegalArgumentException if the key is not valid UTF-8
     */
    public static byte[] line(RawRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("topic", record.topic());
            json.writeNumberField("partition", record.partition());
            json.writeNumberField("offset", record.offset());
            if (record.timestampMillis() != Fact.NO_TIME) {
                json.writeStringField("timestamp", Rfc3339.text(record.timestampMillis()));
            }
            json.writeStringField("key", text(record.key()));
            json.writeObjectFieldStart("headers");
            for (RawHeader header : record.headers()) {
                json.writeFieldName(header.name());
                header(json, header.value());
            }
            json.writeEndObject();
            if (record.value() == null) {
                json.writeNullField("value");
            } else {
                json.writeBinaryField("value_base64", record.value());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void header(JsonGenerator json, byte[] value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeBinaryField("base64", value);
            json.writeEndObject();
        }
    }

    private static String text(byte[] key) {
        if (key == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the record's key is not valid UTF-8", e);
        }
    }
}
