package io.leadpulse.bench.streams;

import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams with RocksDB, exactly once, in two threads. What it calls itself stands in its folder: a process that is started there
 * again after one was killed is the same application, and goes on.
 */
public final class StreamsProgram implements EngineProgram {
    /** As many as the cores that the targets speak of. */
    private static final int THREADS = 2;
    /**
     * A result is at most two commits behind what changed it, the one of the task that read it and that of its lead's, and a
     * {@link SalesTopology#SAYING} in between; the task allows 10 s.
     */
    private static final long COMMIT_MILLIS = 4_000;

    private static final long CACHE_BYTES = 512L << 20;
    private static final int LINGER_MILLIS = 100;
    private static final int BATCH_BYTES = 1 << 17;
    private static final int FETCH_BYTES = 8 << 20;
    private static final int POLL_RECORDS = 5_000;
    /** A commit late by a pause of the machine is no reason to do all of it again. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

    private static final String NAME_FILE = "application";

    private static final Duration TO_CLOSE = Duration.ofMinutes(1);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String application;
    private volatile KafkaStreams streams;
    private volatile String bootstrapServers;

    private StreamsProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new StreamsProgram());
    }

    @Override
    public void start(Order order) throws IOException, InterruptedException, ExecutionException {
        bootstrapServers = order.bootstrapServers();
        application = application(order.work().resolve(NAME_FILE));
        SalesTopology.Between between = new SalesTopology.Between(application + "-leads", application + "-sales");
        List<String> partitions = partitions(between);
        TaskConfig config = TaskConfig.read(order.config());
        KafkaStreams started =
                new KafkaStreams(SalesTopology.of(config, partitions, between, order.resultTopic()), settings(order));
        started.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        streams = started;
        started.start();
        ended.await();
        if (started.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("Kafka Streams has failed; the log says why");
        }
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        KafkaStreams started = streams;
        if (started == null) {
            return;
        }
        started.close(TO_CLOSE);
        // The broker serves the runs that come after this one, too.
        try (Admin admin = admin()) {
            List<String> ours = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(application))
                    .toList();
            admin.deleteTopics(ours).all().get();
        }
    }

    private static String application(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "salesbench-" + UUID.randomUUID());
        }
        return Files.readString(file);
    }

    /** All partitions of events; makes the topics in between with as many, unless they are there from before. */
    private List<String> partitions(SalesTopology.Between between) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            Map<String, TopicDescription> topics = admin.describeTopics(
                            List.of(SalesTopology.ACTIVITIES, SalesTopology.BEHAVIOUR))
                    .allTopicNames()
                    .get();
            List<String> partitions = new ArrayList<>();
            topics.forEach((topic, description) ->
                    description.partitions().forEach(each -> partitions.add(topic + '/' + each.partition())));
            int number = topics.get(SalesTopology.ACTIVITIES).partitions().size();
            // By event time all of it is old from the beginning.
            Map<String, String> kept = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
            Set<String> known = admin.listTopics().names().get();
            List<NewTopic> missing = Stream.of(between.leads(), between.sales())
                    .filter(topic -> !known.contains(topic))
                    .map(topic -> new NewTopic(topic, number, (short) 1).configs(kept))
                    .toList();
            admin.createTopics(missing).all().get();
            return partitions;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private Properties settings(Order order) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, order.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, order.work().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, POLL_RECORDS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MILLIS);
        return settings;
    }
}
