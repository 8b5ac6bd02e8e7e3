package io.leadpulse.bench.latency;

import io.leadpulse.bench.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads an engine's results as they come, and notes when. */
final class ResultReader extends Thread {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int FETCH_BYTES = 8 << 20;
    private static final int POLL_RECORDS = 10_000;

    private final Engine engine;
    private final String bootstrapServers;
    private final String isolation;
    private final ProbeView view;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean isLast;

    /**
     * Reads from the beginning once it is started.
     *
     * @param isolation Kafka's word for it: {@code read_committed} or {@code read_uncommitted}
     */
    ResultReader(Engine engine, String bootstrapServers, String isolation, ProbeView view) {
        super("reader, " + isolation);
        this.engine = engine;
        this.bootstrapServers = bootstrapServers;
        this.isolation = isolation;
        this.view = view;
        setDaemon(true);
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            while (!isLast) {
                take(consumer.poll(POLL));
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                take(consumer.poll(POLL));
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** Throws what has made it stop. */
    void requireWell() {
        RuntimeException problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("results cannot be read", problem);
        }
    }

    /** Reads what there is now to its end, and ends. */
    void finish() throws InterruptedException {
        isLast = true;
        join();
    }

    private void take(ConsumerRecords<byte[], byte[]> read) {
        view.readAt(System.nanoTime());
        for (ConsumerRecord<byte[], byte[]> record : read) {
            engine.translate(record, view);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                engine.resultTopics().stream().flatMap(ResultReader::partitions).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }
}
