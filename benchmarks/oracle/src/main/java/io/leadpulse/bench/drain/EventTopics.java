package io.leadpulse.bench.drain;

import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.kafka.EngineTopics;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of the broker: those of events, filled once or while an engine reads, and those of results, made anew for each run. */
public final class EventTopics {
    private static final long TIMEOUT_SECONDS = 60;
    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 1 << 17;

    private EventTopics() {}

    /** Makes all topics that Leadpulse reads. */
    public static void makeInputs(String bootstrapServers)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin(bootstrapServers)) {
            List<EngineTopics.Topic> inputs = EngineTopics.all(WorkloadSpec.PARTITIONS).stream()
                    .filter(topic -> !EngineTopics.RESULTS.contains(topic.name()))
                    .toList();
            EngineTopics.create(admin, inputs, (short) 1);
        }
    }

    /** Makes all topics that Leadpulse reads, and writes the workload. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback has what the future would say.
    public static void load(String bootstrapServers, WorkloadSpec spec)
            throws ExecutionException, InterruptedException, TimeoutException {
        makeInputs(bootstrapServers);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Workload.forEach(
                    spec,
                    record -> producer.send(toKafka(record), (sent, problem) -> failure.compareAndSet(null, problem)));
            producer.flush();
        }
        if (failure.get() != null) {
            throw new ExecutionException("the broker did not take all records", failure.get());
        }
    }

    /** The record as a producer takes it. */
    public static ProducerRecord<byte[], byte[]> toKafka(WorkloadRecord record) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition() == WorkloadRecord.BY_KEY ? null : (Integer) record.partition(),
                record.key().getBytes(StandardCharsets.UTF_8),
                record.value());
    }

    /** Makes empty topics of results. */
    public static void make(String bootstrapServers, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Deletes topics of results. */
    public static void delete(String bootstrapServers, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin(bootstrapServers)) {
            admin.deleteTopics(topics.stream().map(NewTopic::name).toList())
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
