package io.leadpulse.bench.leadpulse;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.TraceOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The environment that the job runs in, with reporters beside it. The job asks Flink for an environment and gives it all its settings; so
 * what is to be counted is added there, and the product needs not know of it.
 */
@SuppressWarnings("try") // None is ever made, so none is to be closed: only what it inherits is needed.
final class CountingEnvironment extends StreamExecutionEnvironment {
    private CountingEnvironment() {}

    /**
     * The next environment of this process counts.
     *
     * @param managedMibOrNull memory of RocksDB in MiB; null for what the job gives it
     */
    static void install(String managedMibOrNull) {
        initializeContextEnvironment(given -> {
            // Flink makes no local environment as long as somebody else is to make them.
            resetContextEnvironment();
            return createLocalEnvironment(counting(given, managedMibOrNull));
        });
    }

    private static Configuration counting(Configuration given, String managedMibOrNull) {
        Configuration configuration = new Configuration(given);
        configuration.setString("metrics.reporter.names.factory.class", TaskNames.class.getName());
        configuration.setString("traces.reporter.checkpoints.factory.class", CheckpointSpans.class.getName());
        configuration.set(
                TraceOptions.CHECKPOINT_SPAN_DETAIL_LEVEL,
                TraceOptions.CheckpointSpanDetailLevel.CHILDREN_SPANS_PER_TASK);
        configuration.set(RocksDBOptions.OPTIONS_FACTORY, CountedRocks.class.getName());
        if (managedMibOrNull != null) {
            configuration.set(
                    TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(Long.parseLong(managedMibOrNull)));
        }
        return configuration;
    }
}
