package io.leadpulse.serving.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what somebody did with an alert as an event, which the engine reads like any other. A form that is sent twice
 * (a double click, a reload) is one event: its token is the event's id, and the tokens of late are remembered, so that
 * the same event is not even written twice.
 */
final class AlertActs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "leadpulse";
    private static final int REMEMBERED_TOKENS = 10_000;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, Object> properties;
    private final Map<String, Boolean> written = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_TOKENS;
        }
    };
    private KafkaProducer<byte[], byte[]> producer;

    AlertActs(Map<String, Object> kafka) {
        properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    /**
     * Writes an event and waits until the broker has it.
     *
     * @param token of the form
     * @param untilMillis end of the snooze, epoch milliseconds; null for an alert that was handled
     * @throws ExecutionException if the broker refuses it or is away
     * @throws TimeoutException if the broker does not answer
     */
    synchronized void write(LeadFile.AlertRow alert, String token, Long untilMillis, long nowMillis)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (written.containsKey(token)) {
            return;
        }
        if (producer == null) {
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        producer.send(new ProducerRecord<>(
                        Topics.ACTIVITIES,
                        alert.lead().getBytes(StandardCharsets.UTF_8),
                        event(alert, token, untilMillis, nowMillis)))
                .get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        written.put(token, true);
    }

    /** The event on the wire. */
    static byte[] event(LeadFile.AlertRow alert, String token, Long untilMillis, long nowMillis) {
        EventKind kind = untilMillis == null ? EventKind.ALERT_HANDLED : EventKind.ALERT_SNOOZED;
        ObjectNode event = JSON.createObjectNode();
        event.put("source", SOURCE)
                .put("id", "page-" + token)
                .put("kind", kind.wireName())
                .put("time", Rfc3339.text(nowMillis))
                .put("lead", alert.lead())
                .put("alert", alert.alert());
        if (untilMillis != null) {
            event.put("until", Rfc3339.text(untilMillis));
        }
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
