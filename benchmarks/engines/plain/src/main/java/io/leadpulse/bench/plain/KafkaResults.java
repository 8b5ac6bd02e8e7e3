package io.leadpulse.bench.plain;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes results in the neutral form of TASK.md. */
final class KafkaResults implements Results, AutoCloseable {
    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 1 << 16;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    KafkaResults(String bootstrapServers, String topic) {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void score(String lead, long asOfMillis, double score, String band) {
        send("score|" + lead, "{\"as_of\":" + asOfMillis + ",\"score\":" + score + ",\"band\":\"" + band + "\"}");
    }

    @Override
    public void sum(SalesLoop.SumKey key, long amountMinor, long count) {
        send(
                "sales|" + key.scope() + '|' + LocalDate.ofEpochDay(key.epochDay()),
                "{\"won_amount_minor\":" + amountMinor + ",\"won_count\":" + count + '}');
    }

    @Override
    public void alert(String deal, String stay, Deal.Alert alert) {
        send(
                "stuck|" + deal + '|' + stay,
                "{\"owner\":" + (alert.owner() == null ? null : '"' + alert.owner() + '"') + ",\"raised\":"
                        + time(alert.raisedMillis()) + ",\"escalated\":" + time(alert.escalatedMillis()) + ",\"left\":"
                        + time(alert.leftMillis()) + '}');
    }

    @Override
    public void withdrawn(String deal, String stay) {
        send("stuck|" + deal + '|' + stay, "null");
    }

    @Override
    public void deadLetter(String record, String reason) {
        send("dead|" + record, "{\"reason\":\"" + reason + "\"}");
    }

    /** Throws if the broker has refused anything. */
    void requireTaken() {
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("the broker did not take a result", refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static String time(long millis) {
        return millis == Lead.NEVER ? "null" : String.valueOf(millis);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback has what the future would say.
    private void send(String key, String value) {
        producer.send(
                new ProducerRecord<>(
                        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)),
                (sent, refused) -> failure.compareAndSet(null, refused));
    }
}
