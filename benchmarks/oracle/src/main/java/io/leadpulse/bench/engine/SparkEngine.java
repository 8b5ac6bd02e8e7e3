package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** (g): Spark Structured Streaming on RocksDB; what it writes to Kafka is at least once. */
final class SparkEngine implements Engine {
    /** What Spark reaches into on Java 17. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    @Override
    public String letter() {
        return "g";
    }

    @Override
    public String title() {
        return "Spark Structured Streaming";
    }

    @Override
    public String folder() {
        return "spark";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.spark.SparkProgram";
    }

    @Override
    public List<String> jvmOptions(Path home) {
        return OPENED.stream()
                .map("--add-opens=java.base/%s=ALL-UNNAMED"::formatted)
                .toList();
    }

    @Override
    public List<NewTopic> resultTopics() {
        return List.of(NeutralResults.topic(WorkloadSpec.PARTITIONS));
    }

    @Override
    public void translate(ConsumerRecord<byte[], byte[]> record, ResultSink results) {
        NeutralResults.translate(record, results);
    }
}
