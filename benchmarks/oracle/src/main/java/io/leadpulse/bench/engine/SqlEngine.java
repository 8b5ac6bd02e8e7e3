package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** (c): the task in Flink SQL. */
final class SqlEngine implements Engine {
    @Override
    public String letter() {
        return "c";
    }

    @Override
    public String title() {
        return "Flink SQL";
    }

    @Override
    public String folder() {
        return "sql";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.sql.SqlProgram";
    }

    @Override
    public List<String> jvmOptions(Path home) {
        // What Flink needs to be opened on Java 17.
        return List.of("@" + home.resolve("local/src/main/launcher/jvm.options"));
    }

    /** On a busy machine its planner alone takes more than a minute before the first word. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
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
