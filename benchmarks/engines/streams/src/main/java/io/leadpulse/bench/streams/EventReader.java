package io.leadpulse.bench.streams;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of one topic. A record that cannot be counted becomes an event that says so: to skip it is not the deserializer's
 * to decide.
 *
 * @param <J> the JSON of the topic
 */
abstract class EventReader<J> implements Deserializer<Event> {
    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ObjectReader json;

    EventReader(Class<J> type) {
        json = JSON.readerFor(type);
    }

    @Override
    public final Event deserialize(String topic, byte[] value) {
        try {
            J read = value == null ? null : json.readValue(value);
            return read == null ? Event.refused("invalid_json") : event(read);
        } catch (JacksonException e) {
            return Event.refused("invalid_json");
        } catch (RefusedException e) {
            return Event.refused(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    abstract Event event(J read) throws RefusedException;

    /** Why a record cannot be counted. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason, null, false, false);
        }
    }

    static String required(String value) throws RefusedException {
        if (value == null) {
            throw new RefusedException("missing_field");
        }
        return value;
    }

    static long millis(String time) throws RefusedException {
        try {
            return OffsetDateTime.parse(required(time)).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new RefusedException("invalid_time");
        }
    }
}
