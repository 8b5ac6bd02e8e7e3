package io.leadpulse.bench.sql;

import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/** Runs {@code sales.sql}: from Kafka to Kafka, exactly once, with RocksDB and incremental checkpoints every 5 s. */
public final class SqlProgram implements EngineProgram {
    private static final String STATEMENTS = "sales.sql";
    private static final Pattern BETWEEN_STATEMENTS = Pattern.compile(";\n\n");

    private static final int PARALLELISM = 2;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

    private volatile JobClient job;

    private SqlProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new SqlProgram());
    }

    @Override
    public void start(Order order) throws IOException {
        Task task = Task.of(Files.readString(order.config()));
        TableEnvironment tables = tables(task, flink(order, task));
        String statements = statements()
                .replace("${bootstrap.servers}", order.bootstrapServers())
                .replace("${results}", order.resultTopic())
                .replace("${reps}", task.reps());
        for (String statement : BETWEEN_STATEMENTS.split(statements, -1)) {
            // The last one, which inserts, has a job.
            tables.executeSql(statement).getJobClient().ifPresent(started -> job = started);
        }
    }

    @Override
    public void close() throws Exception {
        JobClient started = job;
        if (started != null) {
            started.cancel().get();
        }
    }

    private static TableEnvironment tables(Task task, Configuration flink) {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(flink)
                .build());
        // What several insertions read is computed once, whichever columns each of them needs.
        tables.getConfig().set("table.optimizer.reuse-optimize-block-with-digest-enabled", "true");
        tables.createTemporarySystemFunction("INSTANT_MILLIS", InstantMillisFunction.class);
        tables.createTemporarySystemFunction("TRACKED_MILLIS", TrackedMillisFunction.class);
        tables.createTemporarySystemFunction("IDENTIFY", IdentifyFunction.class);
        tables.createTemporarySystemFunction("SCORE", ScoreFunction.class);
        tables.createTemporarySystemFunction("STAGE_CLOCKS", new StageClocksFunction(task.hours()));
        return tables;
    }

    private static Configuration flink(Order order, Task task) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                order.work().resolve("checkpoints").toUri().toString());
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        // As much as Leadpulse gives its state.
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        // Days are the company's.
        flink.set(TableConfigOptions.LOCAL_TIME_ZONE, task.zone().getId());
        // Each key of a result comes from one row after the other of one partition; nothing need be put in order by a
        // state.
        flink.set(
                ExecutionConfigOptions.TABLE_EXEC_SINK_UPSERT_MATERIALIZE,
                ExecutionConfigOptions.UpsertMaterialize.NONE);
        return flink;
    }

    private static String statements() throws IOException {
        try (InputStream in = SqlProgram.class.getResourceAsStream(STATEMENTS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
