package io.leadpulse.local.simulator;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the simulator's records to Kafka, each under its key. It may be killed and started again at any point: ids come
 * from the seed, so what is written twice is counted as duplicate.
 *
 * <p>Used by one thread.
 */
public final class KafkaWriter implements AutoCloseable {
    /** How often what is due live is sent; a beat is at most this late. */
    private static final long LIVE_STEP_MILLIS = 200;
    /** Records between two reports of progress. */
    private static final int REPORT_EVERY = 1_000;

    private final Producer<byte[], byte[]> producer;

    /** Writes through a producer, which {@link #close} closes. */
    public KafkaWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Writes to these brokers. */
    public static KafkaWriter to(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // Enough that a batch of history is full, too little to be seen live.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaWriter(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * Writes records in their order and returns when the broker has them all.
     *
     * @param written is told how many records were sent since the last call
     * @throws ExecutionException if the broker refused one
     */
    public void write(List<SimulatedRecord> records, LongConsumer written)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        int reported = 0;
        for (SimulatedRecord record : records) {
            sent.add(send(record));
            if (sent.size() - reported == REPORT_EVERY) {
                written.accept(REPORT_EVERY);
                reported = sent.size();
            }
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        written.accept(sent.size() - reported);
    }

    /**
     * Writes what happens live as it becomes due, until the thread is interrupted.
     *
     * @param script what happens
     * @param fromMillis from when on, epoch milliseconds: live's beginning, or what {@code through} was last told before a
     *     restart; what was due meanwhile is then written at once, with its own times
     * @param clock the time
     * @param through is told up to when everything is with the broker, epoch milliseconds, exclusive
     * @throws ExecutionException if the broker refused a record
     * @throws InterruptedException when it shall end
     */
    public void live(LiveScript script, long fromMillis, InstantSource clock, LongConsumer through)
            throws ExecutionException, InterruptedException {
        long from = fromMillis;
        while (true) {
            long now = clock.millis();
            if (now > from) {
                write(script.between(from, now), count -> {});
                through.accept(now);
                from = now;
            }
            TimeUnit.MILLISECONDS.sleep(LIVE_STEP_MILLIS);
        }
    }

    private Future<RecordMetadata> send(SimulatedRecord record) {
        return producer.send(
                new ProducerRecord<>(record.topic(), record.key().getBytes(StandardCharsets.UTF_8), record.value()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
