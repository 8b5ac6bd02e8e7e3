package io.leadpulse.local.send;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends recorded events to their topics, in the order of the lines. What a value says is not looked into: judging it is
 * the engine's work, whose dead letters keep what is broken. Sending the same lines again is harmless, since every event
 * is known by its id.
 *
 * <p>A line without a key gets that of the contract, so that all of one lead, visitor or subject keep their order:
 * activities the lead, behaviour the visitor, company events the subject, configuration its id and
 * {@code effective_from}.
 */
public final class EventSender implements AutoCloseable {
    /** By which fields of its value a record is keyed; several are joined by {@code |}. */
    private static final Map<String, List<String>> KEY_FIELDS = Map.of(
            Topics.ACTIVITIES, List.of("lead"),
            Topics.BEHAVIOUR, List.of("anonymousId"),
            Topics.COMPANY_EVENTS, List.of("subject"),
            Topics.REPS, List.of("id", "effective_from"),
            Topics.GOALS, List.of("scope", "measure", "period_kind", "period", "effective_from"),
            Topics.RULES, List.of("version", "effective_from"));

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Sends with this producer, and closes it. */
    EventSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Sends to the brokers; nothing is connected before the first event. */
    public static EventSender to(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "leadpulse-send");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return new EventSender(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A line that was not sent. */
    public record Refused(String source, long line, String reason) {}

    /**
     * What came of it.
     *
     * @param sent records that the brokers have
     * @param refused lines that were no record of a topic of ours, in their order
     */
    public record Outcome(long sent, List<Refused> refused) {}

    /**
     * Sends every line; empty lines are passed over.
     *
     * @param source name for messages
     * @param progress told the bytes read
     * @throws IOException if the lines cannot be read, or the brokers did not take all that was sent
     */
    public Outcome send(String source, InputStream lines, LongConsumer progress) throws IOException {
        LineSplitter splitter = new LineSplitter(lines);
        List<Refused> refused = new ArrayList<>();
        long sent = 0;
        long number = 0;
        for (byte[] line = splitter.next(); line != null; line = splitter.next()) {
            number++;
            progress.accept(line.length + 1);
            if (isBlank(line)) {
                continue;
            }
            ReplayLine read = ReplayLine.read(source, 0, number, line);
            String reason = read.record() == null
                    ? read.deadLetter().message()
                    : KEY_FIELDS.containsKey(read.record().topic()) ? null : "topic is not one of the inputs";
            if (reason == null) {
                send(read.record());
                sent++;
            } else {
                refused.add(new Refused(source, number, reason));
            }
        }
        flush();
        return new Outcome(sent, refused);
    }

    @Override
    public void close() {
        producer.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback has what the future would say.
    private void send(RawRecord record) throws IOException {
        byte[] key = record.key() == null ? keyOf(record.topic(), record.value()) : record.key();
        List<Header> headers = new ArrayList<>();
        for (RawHeader header : record.headers()) {
            headers.add(new RecordHeader(header.name(), header.value()));
        }
        try {
            producer.send(
                    new ProducerRecord<>(record.topic(), null, key, record.value(), headers),
                    (sent, exception) -> failure.compareAndSet(null, exception));
        } catch (KafkaException e) {
            throw new IOException("the brokers do not take events: " + e.getMessage(), e);
        }
        requireTaken();
    }

    private void flush() throws IOException {
        producer.flush();
        requireTaken();
    }

    private void requireTaken() throws IOException {
        Exception first = failure.get();
        if (first != null) {
            throw new IOException("the brokers did not take an event: " + first.getMessage(), first);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The key of the contract; null where the value does not give one, which then is for the engine to refuse. */
    private static byte[] keyOf(String topic, byte[] value) {
        if (value == null) {
            return null;
        }
        List<String> fields = KEY_FIELDS.get(topic);
        String[] found = new String[fields.size()];
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int place = fields.indexOf(parser.currentName());
                JsonToken token = parser.nextToken();
                if (place >= 0 && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    found[place] = parser.getText();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // Not JSON: the engine's dead letter says so, and needs no key.
            return null;
        }
        if (found[0] == null) {
            return null;
        }
        StringBuilder key = new StringBuilder(found[0]);
        for (int i = 1; i < found.length; i++) {
            key.append('|').append(found[i] == null ? "" : found[i]);
        }
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }
}
