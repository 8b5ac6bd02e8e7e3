package io.leadpulse.app;

import io.leadpulse.edge.EventTypes;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.kafka.ConfigurationTopics;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.kafka.EventClock;
import io.leadpulse.kafka.RawRecords;
import io.leadpulse.kafka.RecordDecoder;
import io.leadpulse.kafka.ResultSerializer;
import io.leadpulse.kafka.TransactionLimit;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live engine: events from Kafka, results to Kafka, exactly once. The only way to start it, so that it always goes on
 * from its newest checkpoint, never from nothing by accident, and never twice in one data directory.
 */
public final class LeadpulseJob {
    private static final Logger LOG = LoggerFactory.getLogger(LeadpulseJob.class);
    private static final String NAME = "leadpulse";
    private static final int EXIT_REFUSED = 2;
    /** What is said in a burst goes in one request; for more it does not wait, since {@code /metrics} shows results before they are committed. */
    private static final int LINGER_MILLIS = 5;

    private static final int BATCH_BYTES = 1 << 16;

    private final DataDirectory directory;
    private final JobClient client;
    private final Path restoredFrom;

    private LeadpulseJob(DataDirectory directory, JobClient client, Path restoredFrom) {
        this.directory = directory;
        this.client = client;
        this.restoredFrom = restoredFrom;
    }

    /** Runs until it is stopped from outside or cannot go on. */
    public static void main(String[] arguments) throws Exception {
        try {
            start(LeadpulseJobConfig.of(arguments))
                    .client
                    .getJobExecutionResult()
                    .get();
        } catch (IllegalArgumentException | RefusedStartException e) {
            System.err.println("leadpulse: " + e.getMessage());
            System.exit(EXIT_REFUSED);
        }
    }

    /**
     * Starts the job: topics, newest checkpoint, configuration records, then events.
     *
     * @throws RefusedStartException if starting could lose or double something
     */
    public static LeadpulseJob start(LeadpulseJobConfig config) throws Exception {
        LOG.info("starting: {}", config);
        DataDirectory directory = DataDirectory.lock(config.dataDirectory());
        JobClient client = null;
        try {
            Optional<Path> checkpoint = Checkpoints.newest(directory.checkpoints());
            requireSafe(config, checkpoint);
            CountedBy.require(config.dataDirectory(), checkpoint.isPresent(), ConfigReader.parse(config.configYaml()));
            checkpoint.ifPresent(LeadpulseJob::makeRoom);
            EngineSettings settings = EngineSettings.live(config.configYaml(), configuration(config));
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(flink(config, directory, checkpoint));
            environment.setParallelism(config.parallelism());
            environment.setMaxParallelism(LeadpulseJobConfig.MAX_PARALLELISM);
            build(environment, config, settings);
            client = environment.executeAsync(NAME);
            return new LeadpulseJob(directory, client, checkpoint.orElse(null));
        } finally {
            if (client == null) {
                directory.close();
            }
        }
    }

    /** The checkpoint that it went on from; empty if it began with nothing. */
    public Optional<Path> restoredFrom() {
        return Optional.ofNullable(restoredFrom);
    }

    /**
     * Writes a savepoint with all state, in the format that belongs to no state backend; the job goes on.
     *
     * @param folder in which the savepoint becomes a folder of its own
     * @return the savepoint
     */
    Path savepoint(Path folder) throws ExecutionException, InterruptedException {
        String written = client.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        return Path.of(URI.create(written));
    }

    /** Stops the job, if it still runs, waits for its end and gives the data directory free. Checkpoints stay. */
    public void stop() throws Exception {
        try {
            if (!client.getJobStatus().get().isGloballyTerminalState()) {
                client.cancel().get();
            }
            client.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            // So ends a job that was stopped; why one failed stands in the log.
            LOG.info("ended: {}", e.getMessage());
        } finally {
            directory.close();
        }
    }

    private static void requireSafe(LeadpulseJobConfig config, Optional<Path> checkpoint) throws Exception {
        try (Admin admin = Admin.create(config.clientProperties())) {
            config.requireAllowed(TransactionLimit.of(admin));
            EngineTopics.create(admin, EngineTopics.all(config.partitions()), config.replication())
                    .forEach(difference -> LOG.warn("topic is other than expected: {}", difference));
            if (checkpoint.isEmpty() && !config.fromEarliest() && EngineTopics.hasEvents(admin)) {
                throw new RefusedStartException(
                        "no checkpoint in %s, but the topics hold events; restore it, or read all events anew with"
                                        .formatted(config.dataDirectory())
                                + " --from-earliest");
            }
        }
        LOG.info("going on from {}", checkpoint.map(Path::toString).orElse("nothing"));
    }

    /** Each start is a job with a folder of its own: without this, a crash loop would fill the disk with copies of the state. */
    private static void makeRoom(Path checkpoint) {
        try {
            Checkpoints.deleteOtherJobs(checkpoint).forEach(gone -> LOG.info("deleted, not needed any more: {}", gone));
        } catch (IOException e) {
            // A TaskManager that has not noticed yet that its job is gone may still write there. The next start tries
            // again.
            LOG.warn("old checkpoints could not be deleted", e);
        }
    }

    private static List<ConfigurationRecord> configuration(LeadpulseJobConfig config) {
        Properties properties = config.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return ConfigurationTopics.read(consumer, config.configYaml());
        }
    }

    private static void build(
            StreamExecutionEnvironment environment, LeadpulseJobConfig config, EngineSettings settings) {
        DataStream<Decoded> events = environment
                .fromSource(
                        source(config, settings),
                        EventClock.of(config.outOfOrderness(), config.idleness()),
                        "events",
                        EventTypes.DECODED)
                .uid(EngineUids.SOURCE);
        DataStream<RawRecord> controls = environment
                .fromSource(
                        controlSource(config),
                        WatermarkStrategy.<RawRecord>noWatermarks().withIdleness(config.idleness()),
                        "control records",
                        TypeInformation.of(RawRecord.class))
                .uid(EngineUids.CONTROL_SOURCE)
                .setParallelism(1);
        // By key, so that all results of a key come from one writer, in their order, whatever the parallelism.
        EngineTopology.live(events, controls, settings)
                .keyBy(ResultRecord::key)
                .sinkTo(sink(config))
                .name("results")
                .uid(EngineUids.RESULTS);
    }

    private static KafkaSource<Decoded> source(LeadpulseJobConfig config, EngineSettings settings) {
        return KafkaSource.<Decoded>builder()
                .setProperties(config.clientProperties())
                .setBootstrapServers(config.bootstrapServers())
                .setTopics(EngineTopics.EVENTS)
                .setGroupId(NAME)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RecordDecoder(settings))
                .build();
    }

    private static KafkaSource<RawRecord> controlSource(LeadpulseJobConfig config) {
        return KafkaSource.<RawRecord>builder()
                .setProperties(config.clientProperties())
                .setBootstrapServers(config.bootstrapServers())
                .setTopics(EngineTopics.CONTROL)
                .setGroupId(NAME)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecords())
                .build();
    }

    private static KafkaSink<ResultRecord> sink(LeadpulseJobConfig config) {
        return KafkaSink.<ResultRecord>builder()
                .setKafkaProducerConfig(config.clientProperties())
                .setBootstrapServers(config.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(NAME)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        String.valueOf(config.transactionTimeout().toMillis()))
                .setProperty(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(LINGER_MILLIS))
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(BATCH_BYTES))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(EngineTopics.MAX_RESULT_BYTES))
                .setRecordSerializer(new ResultSerializer())
                .build();
    }

    private static Configuration flink(LeadpulseJobConfig config, DataDirectory directory, Optional<Path> checkpoint) {
        Configuration flink = new Configuration();
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.checkpoints().toUri().toString());
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
        flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, config.checkpointTimeout());
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        // A completed checkpoint is the proof that everything read before has been taken in, for alerts: decision 101.
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        // An event passes five exchanges, each of which would wait for more. While a task is busy its buffers fill all
        // the same.
        flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        checkpoint.ifPresent(path -> {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
            flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
        });
        return flink;
    }
}
