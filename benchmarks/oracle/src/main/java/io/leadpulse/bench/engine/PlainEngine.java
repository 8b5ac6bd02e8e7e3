package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** (a): what one thread with hash maps and Leadpulse's decoder can do, with nothing kept if it dies. */
final class PlainEngine implements Engine {
    @Override
    public String letter() {
        return "a";
    }

    @Override
    public String title() {
        return "plain loop";
    }

    @Override
    public String folder() {
        return "plain";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.plain.PlainProgram";
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
