package io.leadpulse.bench.datastream;

import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job with its connectors: from Kafka to Kafka, exactly once, with RocksDB and incremental checkpoints every 5 s. */
public final class DataStreamProgram implements EngineProgram {
    private static final String NAME = "datastream";
    private static final int PARALLELISM = 2;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);
    /** Not more than a broker allows by default. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private volatile JobClient job;

    private DataStreamProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new DataStreamProgram());
    }

    @Override
    public void start(Order order) throws Exception {
        Task task = Task.of(Files.readString(order.config()));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(flink(order));
        environment.setParallelism(PARALLELISM);
        DataStream<Event> events =
                environment.fromSource(source(order, task), clock(), "events").uid("events");
        SalesTopology.of(events, task).sinkTo(sink(order)).name("results").uid("results");
        job = environment.executeAsync(NAME);
    }

    @Override
    public void close() throws Exception {
        JobClient started = job;
        if (started != null) {
            started.cancel().get();
        }
    }

    private static Configuration flink(Order order) {
        Configuration flink = new Configuration();
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                order.work().resolve("checkpoints").toUri().toString());
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        // As much as Leadpulse gives its state.
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        // No function changes what it has been given or has given on.
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        return flink;
    }

    private static WatermarkStrategy<Event> clock() {
        // What is broken has no time, and moves no clock.
        return WatermarkStrategy.<Event>forBoundedOutOfOrderness(OUT_OF_ORDER)
                .withTimestampAssigner((event, appendedMillis) -> event.timeMillis());
    }

    private static KafkaSource<Event> source(Order order, Task task) {
        return KafkaSource.<Event>builder()
                .setBootstrapServers(order.bootstrapServers())
                .setTopics(EventDecoder.ACTIVITIES, EventDecoder.BEHAVIOUR)
                .setGroupId(NAME)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new EventDeserializer(task.hours()))
                .build();
    }

    private static KafkaSink<Result> sink(Order order) {
        return KafkaSink.<Result>builder()
                .setBootstrapServers(order.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(NAME)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()))
                .setRecordSerializer(new ResultSerializer(order.resultTopic()))
                .build();
    }
}
