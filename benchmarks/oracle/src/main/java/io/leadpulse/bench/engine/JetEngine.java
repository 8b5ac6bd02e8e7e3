package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** (f): Hazelcast Jet in one embedded member, exactly once. */
final class JetEngine implements Engine {
    @Override
    public String letter() {
        return "f";
    }

    @Override
    public String title() {
        return "Hazelcast Jet";
    }

    @Override
    public String folder() {
        return "jet";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.jet.JetProgram";
    }

    @Override
    public List<String> jvmOptions(Path home) {
        return List.of(
                // With the one thread that the pool has on two processors, Hazelcast starts a thread for each answer
                // instead.
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                // What its makers ask to be opened on Java 17.
                "--add-modules=java.se",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
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
