package io.leadpulse.local.replay;

import io.leadpulse.app.EngineTopology;
import io.leadpulse.edge.EventTypes;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.NumberedResult;
import io.leadpulse.engine.SequenceFunction;
import io.leadpulse.schemas.event.Decoded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The engine's topology between the files of a replay and the files of its results, on an embedded Flink with RocksDB.
 * A failure ends the run with its reason; the next run goes on from the newest checkpoint.
 *
 * @param files the files in the order given
 * @param settings what the engine is built from
 * @param watermarks how the clock moves
 * @param folder where checkpoints and results are written
 * @param restoreFrom the checkpoint to go on from; null for none
 * @param progress name of the {@link ReplayProgress} that the reader tells
 * @param checkpointInterval time between checkpoints
 */
record ReplayJob(
        List<String> files,
        EngineSettings settings,
        WatermarkStrategy<Decoded> watermarks,
        ReplayFolder folder,
        Path restoreFrom,
        String progress,
        Duration checkpointInterval) {

    private static final int PARALLELISM = 2;
    private static final int MAX_PARALLELISM = 128;

    /** Runs to the end of the input. */
    void run() throws Exception {
        Configuration configuration = configuration();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        environment.setMaxParallelism(MAX_PARALLELISM);
        DataStream<Decoded> decoded = environment
                .fromSource(new ReplaySource(files, settings, progress), watermarks, "replay files", EventTypes.DECODED)
                .uid(EngineUids.SOURCE)
                .setParallelism(1);
        EngineTopology.build(decoded, settings)
                .map(new SequenceFunction())
                .name("sequence")
                .uid(EngineUids.SEQUENCE)
                .forceNonParallel()
                .sinkTo(sink())
                .name("results")
                .uid(EngineUids.RESULTS)
                .setParallelism(1);
        run(environment.getStreamGraph(), configuration);
    }

    /**
     * Runs on a cluster of our own, which is gone when this returns. That of a local environment stops beside the end of the
     * program, which is often the quicker: some 20 MB of temporary files stay, and its own end fails on standard error.
     */
    private static void run(StreamGraph graph, Configuration configuration) throws Exception {
        graph.setJobName("leadpulse replay");
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.fromConfiguration(configuration));
        MiniClusterConfiguration ours = new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .withRandomPorts()
                .build();
        MiniCluster cluster = new MiniCluster(ours);
        try {
            cluster.start();
            cluster.executeJobBlocking(graph.getJobGraph());
        } finally {
            cluster.close();
        }
    }

    private FileSink<NumberedResult> sink() {
        return FileSink.forRowFormat(
                        new org.apache.flink.core.fs.Path(folder.results().toUri()), new ResultLine())
                .withBucketAssigner(new TopicBuckets())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, text(folder.checkpoints()));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        if (restoreFrom != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, text(restoreFrom));
            configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
        }
        return configuration;
    }

    /** With its scheme, but not encoded, which Flink would not undo: a space would become part of the name. */
    private static String text(Path path) {
        return "file:" + path.toAbsolutePath();
    }
}
