package io.leadpulse.serving.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real Kafka broker in this process, on a free port. */
public final class TestBroker {
    private final KafkaClusterTestKit cluster;
    private final KafkaProducer<byte[], byte[]> producer;

    private TestBroker(KafkaClusterTestKit cluster) {
        this.cluster = cluster;
        this.producer = new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Starts a broker that has no topic. */
    public static TestBroker start() throws Exception {
        KafkaClusterTestKit cluster = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                        .setCombined(true)
                        .setNumBrokerNodes(1)
                        .setNumControllerNodes(1)
                        .build())
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("offsets.topic.num.partitions", "2")
                .setConfigProp("transaction.state.log.replication.factor", "1")
                .setConfigProp("transaction.state.log.min.isr", "1")
                .setConfigProp("transaction.state.log.num.partitions", "2")
                .setConfigProp("auto.create.topics.enable", "false")
                .build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
        return new TestBroker(cluster);
    }

    /** Where it listens. */
    public String address() {
        return cluster.bootstrapServers();
    }

    /** How to reach it, by Kafka's names. */
    public Map<String, Object> connection() {
        return Map.of("bootstrap.servers", address());
    }

    /** A client that manages it; the caller closes it. */
    public Admin admin() {
        return Admin.create(properties());
    }

    /** Creates a topic and waits until it is there. */
    public void createTopic(String name, int partitions, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
            // Known to the broker, and its logs open: else the second batch of a producer may get in before the first.
            cluster.brokers().values().forEach(broker -> {
                while (broker.metadataCache().numPartitions(name).isEmpty()) {
                    Thread.onSpinWait();
                }
            });
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
            admin.listOffsets(ends).all().get();
        }
    }

    /** Writes records outside any transaction and waits until the broker has them. */
    public void send(Collection<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        var sent = records.stream().map(producer::send).toList();
        for (var each : sent) {
            each.get();
        }
    }

    /** A producer of transactions; the caller closes it. */
    public KafkaProducer<byte[], byte[]> transactional(String id) {
        Properties properties = properties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        KafkaProducer<byte[], byte[]> transactional =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        transactional.initTransactions();
        return transactional;
    }

    /** Takes the broker down; its data stay. */
    public void goAway() {
        cluster.brokers().values().forEach(broker -> {
            broker.shutdown();
            broker.awaitShutdown();
        });
    }

    /** Starts it again at the same address. */
    public void comeBack() {
        cluster.brokers().values().forEach(broker -> broker.startup());
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", address());
        return properties;
    }

    /** Stops it and removes its data. */
    public void stop() throws Exception {
        producer.close();
        cluster.close();
    }
}
