package io.leadpulse.bench.engine;

import io.leadpulse.bench.result.ResultSink;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** (d): Kafka Streams on RocksDB, exactly once. */
final class StreamsEngine implements Engine {
    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "Kafka Streams";
    }

    @Override
    public String folder() {
        return "streams";
    }

    @Override
    public String mainClass() {
        return "io.leadpulse.bench.streams.StreamsProgram";
    }

    @Override
    public boolean isContinued() {
        return true;
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
