package io.leadpulse.bench.spark;

import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * The query with its connectors: from Kafka to Kafka in micro-batches, each begun when the one before is done, with RocksDB, whose changes
 * go to the checkpoint with each batch. What Spark writes to Kafka is at least once: a batch that is done again after a failure says the
 * same again.
 */
public final class SparkProgram implements EngineProgram {
    private static final String KAFKA = "kafka";
    private static final String BROKERS = "kafka.bootstrap.servers";
    /** Of each partition, so that a batch takes some seconds: what the clock brings about is said by the next one, and both within 10 s. */
    private static final int RECORDS_A_BATCH = 2_000;

    private volatile SparkSession session;
    private volatile StreamingQuery query;

    private SparkProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new SparkProgram());
    }

    @Override
    public void start(Order order) throws Exception {
        Task task = Task.of(Files.readString(order.config()));
        SparkSession spark = session(order.work());
        session = spark;
        List<Dataset<KafkaRecord>> partitions = new ArrayList<>();
        for (String assigned : partitions(order.bootstrapServers())) {
            partitions.add(source(spark, order.bootstrapServers(), assigned));
        }
        StreamingQuery started = SalesQuery.of(partitions, task)
                .writeStream()
                .format(KAFKA)
                .option(BROKERS, order.bootstrapServers())
                .option("topic", order.resultTopic())
                .option(
                        "checkpointLocation",
                        order.work().resolve("checkpoint").toUri().toString())
                .start();
        query = started;
        started.awaitTermination();
    }

    @Override
    public void close() throws Exception {
        StreamingQuery started = query;
        if (started != null) {
            started.stop();
        }
        SparkSession opened = session;
        if (opened != null) {
            opened.stop();
        }
    }

    /** Spark with all its settings; it keeps what it needs meanwhile in a folder. */
    static SparkSession session(Path work) {
        return SparkSession.builder()
                .master("local[2]")
                .appName("sales")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.enabled", false)
                .config("spark.local.dir", work.resolve("local").toString())
                .config(
                        "spark.sql.warehouse.dir",
                        work.resolve("warehouse").toUri().toString())
                .config("spark.sql.shuffle.partitions", 2)
                // Spark switches it off for queries with state, and complains each time.
                .config("spark.sql.adaptive.enabled", false)
                .config(
                        "spark.sql.streaming.stateStore.providerClass",
                        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
                .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", true)
                // Counting rows reads before each write.
                .config("spark.sql.streaming.stateStore.rocksdb.trackTotalNumberOfRows", false)
                // As much as Leadpulse gives its state.
                .config("spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage", true)
                .config("spark.sql.streaming.stateStore.rocksdb.maxMemoryUsageMB", 256)
                .getOrCreate();
    }

    /** Each partition of both topics, as Spark wants it assigned. */
    private static List<String> partitions(String bootstrapServers) throws InterruptedException, ExecutionException {
        List<String> partitions = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (TopicDescription topic : admin.describeTopics(List.of(EventDecoder.ACTIVITIES, EventDecoder.BEHAVIOUR))
                    .allTopicNames()
                    .get()
                    .values()) {
                for (TopicPartitionInfo each : topic.partitions()) {
                    partitions.add("{\"%s\":[%d]}".formatted(topic.name(), each.partition()));
                }
            }
        }
        // A query that goes on after a failure must have its sources in the same order.
        partitions.sort(null);
        return partitions;
    }

    private static Dataset<KafkaRecord> source(SparkSession spark, String bootstrapServers, String assigned) {
        return spark.readStream()
                .format(KAFKA)
                .option(BROKERS, bootstrapServers)
                .option("assign", assigned)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", RECORDS_A_BATCH)
                .load()
                .select("topic", "partition", "offset", "value")
                .as(KafkaRecord.ENCODER);
    }
}
