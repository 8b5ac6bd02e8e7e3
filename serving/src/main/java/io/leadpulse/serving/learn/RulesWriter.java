package io.leadpulse.serving.learn;

import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what was learnt to the topic of the rules. Connects when there is something to write. */
public final class RulesWriter implements Learner.Pupil, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, Object> properties;
    private KafkaProducer<byte[], byte[]> producer;

    /**
     * A writer.
     *
     * @param kafka how to reach the broker, by Kafka's names; {@code bootstrap.servers} at least
     */
    public RulesWriter(Map<String, Object> kafka) {
        properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    @Override
    public synchronized void learn(String key, byte[] rules)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (producer == null) {
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        producer.send(new ProducerRecord<>(Topics.RULES, key.getBytes(StandardCharsets.UTF_8), rules))
                .get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
