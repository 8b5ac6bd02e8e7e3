package io.leadpulse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.prometheus.BoundPrometheusReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * How the live engine's two processes are started: the arguments of {@code java} without the class path, which must have
 * this module with its runtime dependencies. Flink's own scripts do the same, but are in no jar.
 *
 * <p>Both processes may be killed at any time and are to be started again with the same arguments. The JobManager then
 * goes on from its newest checkpoint, the TaskManager joins it again.
 *
 * @param dataDirectory folder that both share: checkpoints, the lock, temporary files
 * @param host name or address at which they find each other and listen
 * @param rpcPort the JobManager's port for the TaskManager; must be free
 * @param restPort port of Flink's web UI; must be free
 * @param jobManagerMetricsPort port of the JobManager's metrics for Prometheus; must be free
 * @param taskManagerMetricsPort port of the TaskManager's metrics for Prometheus; must be free
 * @param slots subtasks of each operator that the TaskManager can run, 1 or more: the job's parallelism
 * @param job the options of {@link LeadpulseJobConfig#of}, such as {@code --bootstrap-servers}; {@code --data} and
 *     {@code --parallelism} are added
 */
public record ClusterCommands(
        Path dataDirectory,
        String host,
        int rpcPort,
        int restPort,
        int jobManagerMetricsPort,
        int taskManagerMetricsPort,
        int slots,
        List<String> job) {

    /** Flink reaches into these packages on Java 17. */
    static final List<String> OPENED = List.of(
            "java.base/java.util",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.time",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.base/java.net",
            "java.base/java.io",
            "java.base/java.text",
            "java.base/java.math",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks");

    private static final MemorySize JOB_MANAGER_HEAP = MemorySize.ofMebiBytes(192);
    private static final MemorySize JOB_MANAGER_OFF_HEAP = MemorySize.ofMebiBytes(64);
    private static final MemorySize FRAMEWORK_HEAP = MemorySize.ofMebiBytes(64);
    private static final MemorySize TASK_HEAP = MemorySize.ofMebiBytes(448);
    private static final MemorySize OFF_HEAP = MemorySize.ofMebiBytes(32);
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(48);
    private static final MemorySize METASPACE = MemorySize.ofMebiBytes(160);
    private static final MemorySize JOB_MANAGER_OVERHEAD = MemorySize.ofMebiBytes(64);
    private static final MemorySize TASK_MANAGER_OVERHEAD = MemorySize.ofMebiBytes(128);
    /** What RocksDB uses for all state of a TaskManager. */
    static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);

    /** Below this a JVM that starts collects all of its garbage each time that its classes have grown. */
    private static final String FIRST_METASPACE = "-XX:MetaspaceSize=112m";

    private static final String REPORTER = "metrics.reporter.prometheus.";

    public ClusterCommands {
        job = List.copyOf(job);
    }

    /** The arguments of {@code java} for the JobManager, which runs the job: at most about 450 MB of memory. */
    public List<String> jobManager() {
        Configuration flink = common("jobmanager", jobManagerMetricsPort);
        flink.set(JobManagerOptions.BIND_HOST, host);
        flink.set(RestOptions.ADDRESS, host);
        flink.set(RestOptions.PORT, restPort);
        flink.set(RestOptions.BIND_PORT, String.valueOf(restPort));
        flink.set(RestOptions.BIND_ADDRESS, host);
        flink.set(BlobServerOptions.PORT, "0");
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        flink.set(WebOptions.CANCEL_ENABLE, false);
        flink.set(JobManagerOptions.JVM_HEAP_MEMORY, JOB_MANAGER_HEAP);
        flink.set(JobManagerOptions.OFF_HEAP_MEMORY, JOB_MANAGER_OFF_HEAP);
        flink.set(JobManagerOptions.JVM_METASPACE, METASPACE);
        flink.set(JobManagerOptions.JVM_OVERHEAD_MIN, JOB_MANAGER_OVERHEAD);
        flink.set(JobManagerOptions.JVM_OVERHEAD_MAX, JOB_MANAGER_OVERHEAD);
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(flink);

        List<String> command = new ArrayList<>(words(JobManagerProcessUtils.generateJvmParametersStr(memory, flink)));
        command.add("-XX:+UseSerialGC");
        command.add(FIRST_METASPACE);
        command.addAll(opened());
        command.add(LeadpulseCluster.class.getName());
        command.addAll(dynamic(flink));
        command.addAll(job);
        command.addAll(List.of("--data", dataDirectory.toString(), "--parallelism", String.valueOf(slots)));
        return List.copyOf(command);
    }

    /**
     * The arguments of {@code java} for the TaskManager, which does the work: at most about 1,250 MB of memory, 256 of
     * them for RocksDB.
     *
     * @throws IOException if its empty configuration, which it must have, cannot be written to the data directory
     */
    public List<String> taskManager() throws IOException {
        Configuration flink = common("taskmanager", taskManagerMetricsPort);
        flink.set(TaskManagerOptions.HOST, host);
        flink.set(TaskManagerOptions.BIND_HOST, host);
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        flink.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, FRAMEWORK_HEAP);
        flink.set(TaskManagerOptions.TASK_HEAP_MEMORY, TASK_HEAP);
        flink.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, OFF_HEAP);
        flink.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, OFF_HEAP);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        flink.set(TaskManagerOptions.JVM_METASPACE, METASPACE);
        flink.set(TaskManagerOptions.JVM_OVERHEAD_MIN, TASK_MANAGER_OVERHEAD);
        flink.set(TaskManagerOptions.JVM_OVERHEAD_MAX, TASK_MANAGER_OVERHEAD);
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);

        List<String> command = new ArrayList<>(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
        command.add("-XX:+UseSerialGC");
        // State lies outside of the heap; nearly all that is in it is soon garbage.
        command.add("-XX:NewRatio=1");
        command.add(FIRST_METASPACE);
        command.addAll(opened());
        command.add(LeadpulseTaskManagerRunner.class.getName());
        command.addAll(List.of("--configDir", emptyConfiguration().toString()));
        command.addAll(dynamic(flink));
        // Flink wants every part of the memory spelt out.
        command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        return List.copyOf(command);
    }

    private Configuration common(String process, int metricsPort) {
        Configuration flink = new Configuration();
        flink.set(JobManagerOptions.ADDRESS, host);
        flink.set(JobManagerOptions.PORT, rpcPort);
        // Each its own, so that one that starts can empty it while the other works. Nothing of theirs lies elsewhere.
        String temporary = dataDirectory.resolve("tmp").resolve(process).toString();
        flink.set(CoreOptions.TMP_DIRS, temporary);
        flink.set(WebOptions.TMP_DIR, temporary);
        // So soon each notices that the other was killed.
        flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));
        // And so soon one that was there first, or is alone for a while, asks again.
        flink.set(ClusterOptions.ERROR_REGISTRATION_DELAY, Duration.ofMillis(500));
        flink.setString(REPORTER + "factory.class", BoundPrometheusReporterFactory.class.getName());
        flink.setString(REPORTER + "host", host);
        flink.setString(REPORTER + "port", String.valueOf(metricsPort));
        return flink;
    }

    private Path emptyConfiguration() throws IOException {
        Path folder = Files.createDirectories(dataDirectory.resolve("flink"));
        Files.writeString(folder.resolve("config.yaml"), "{}\n");
        return folder;
    }

    private static List<String> opened() {
        return OPENED.stream()
                .map(each -> "--add-opens=" + each + "=ALL-UNNAMED")
                .toList();
    }

    private static List<String> dynamic(Configuration flink) {
        List<String> arguments = new ArrayList<>();
        Map<String, String> sorted = new TreeMap<>(flink.toMap());
        sorted.forEach((key, value) -> {
            arguments.add("-D");
            arguments.add(key + '=' + value);
        });
        return arguments;
    }

    private static List<String> words(String line) {
        return List.of(line.trim().split("\\s+"));
    }
}
