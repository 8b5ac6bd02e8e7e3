package io.leadpulse.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.util.ParameterTool;
import org.apache.flink.util.TimeUtils;

/**
 * How the live job runs; what its numbers mean is the configuration's. An unsafe combination cannot be made.
 *
 * @param bootstrapServers where Kafka is, {@code host:port[,host:port]}
 * @param kafka more settings of all Kafka clients, by Kafka's names, such as those of security; may hold secrets
 * @param dataDirectory folder of the checkpoints and the lock
 * @param configYaml text of the configuration; empty for the defaults
 * @param fromEarliest whether an empty engine may start on topics that hold events
 * @param parallelism subtasks of each operator, 1 to {@link #MAX_PARALLELISM}
 * @param partitions partitions of topics that are created, 1 or more
 * @param replication copies of topics that are created, 1 or more
 * @param checkpointInterval time between checkpoints, which is how long results wait until they are committed
 * @param checkpointTimeout how long a checkpoint may take
 * @param restartAllowance how long a restart may take, from the failure to the commit of what was open then
 * @param transactionTimeout after this long the broker aborts a transaction that nobody ends
 * @param outOfOrderness how long the clock waits for events that overtook each other
 * @param idleness after this long without a later event the clock does not wait for a partition
 */
public record LeadpulseJobConfig(
        String bootstrapServers,
        Map<String, String> kafka,
        Path dataDirectory,
        String configYaml,
        boolean fromEarliest,
        int parallelism,
        int partitions,
        short replication,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        Duration restartAllowance,
        Duration transactionTimeout,
        Duration outOfOrderness,
        Duration idleness) {

    /** The number of key groups; state is cut into so many parts for ever. */
    public static final int MAX_PARALLELISM = 128;

    private static final int SAFETY_FACTOR = 2;
    private static final Duration MIN_CHECKPOINT_INTERVAL = Duration.ofMillis(100);
    private static final String MASK = "***";
    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "jaas", "token", "credential", "key.content", "keystore.key");
    private static final Set<String> OPTIONS = Set.of(
            "bootstrap-servers",
            "kafka",
            "data",
            "config",
            "from-earliest",
            "parallelism",
            "partitions",
            "replication",
            "checkpoint-interval",
            "checkpoint-timeout",
            "restart-allowance",
            "transaction-timeout",
            "out-of-orderness",
            "idleness");

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException that names everything that is wrong, if anything is
     */
    public LeadpulseJobConfig {
        kafka = Map.copyOf(kafka);
        List<String> problems = new ArrayList<>();
        require(!bootstrapServers.isBlank(), "bootstrap-servers is empty", problems);
        require(
                parallelism >= 1 && parallelism <= MAX_PARALLELISM,
                "parallelism is %d; allowed: 1 to %d".formatted(parallelism, MAX_PARALLELISM),
                problems);
        require(partitions >= 1, "partitions is %d; allowed: 1 or more".formatted(partitions), problems);
        require(replication >= 1, "replication is %d; allowed: 1 or more".formatted(replication), problems);
        require(
                checkpointInterval.compareTo(MIN_CHECKPOINT_INTERVAL) >= 0,
                "checkpoint-interval is %s; allowed: %s or more"
                        .formatted(text(checkpointInterval), text(MIN_CHECKPOINT_INTERVAL)),
                problems);
        require(
                checkpointTimeout.compareTo(checkpointInterval) >= 0,
                "checkpoint-timeout is below the interval",
                problems);
        require(!restartAllowance.isNegative(), "restart-allowance is negative", problems);
        require(!outOfOrderness.isNegative(), "out-of-orderness is negative", problems);
        require(!idleness.isNegative() && !idleness.isZero(), "idleness must be positive", problems);
        Duration least = leastTransactionTimeout(checkpointInterval, checkpointTimeout, restartAllowance);
        require(
                transactionTimeout.compareTo(least) >= 0,
                ("transaction-timeout is %s: the broker could abort results of a completed checkpoint; allowed: %s or more,"
                                + " twice the sum of checkpoint interval, checkpoint timeout and restart allowance")
                        .formatted(text(transactionTimeout), text(least)),
                problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * Reads the command line: {@code --bootstrap-servers} and {@code --data} must be given.
     *
     * @throws IllegalArgumentException if an option is unknown, missing or cannot be used
     * @throws IOException if a file cannot be read
     */
    public static LeadpulseJobConfig of(String[] arguments) throws IOException {
        ParameterTool given = ParameterTool.fromArgs(arguments);
        Set<String> unknown = new TreeSet<>(given.toMap().keySet());
        unknown.removeAll(OPTIONS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown options: %s; known: %s".formatted(unknown, new TreeSet<>(OPTIONS)));
        }
        return new LeadpulseJobConfig(
                required(given, "bootstrap-servers"),
                given.has("kafka") ? properties(Path.of(given.get("kafka"))) : Map.of(),
                Path.of(required(given, "data")),
                given.has("config") ? Files.readString(Path.of(given.get("config"))) : "",
                given.has("from-earliest"),
                given.getInt("parallelism", 2),
                given.getInt("partitions", 4),
                given.getShort("replication", (short) 1),
                duration(given, "checkpoint-interval", "2 s"),
                duration(given, "checkpoint-timeout", "1 min"),
                duration(given, "restart-allowance", "2 min"),
                duration(given, "transaction-timeout", "14 min"),
                duration(given, "out-of-orderness", "5 s"),
                duration(given, "idleness", "30 s"));
    }

    /**
     * Checks that the broker allows the transactions to stay open as long as they may have to.
     *
     * @param brokerLimit the broker's {@code transaction.max.timeout.ms}
     * @throws RefusedStartException if it does not
     */
    void requireAllowed(Duration brokerLimit) throws RefusedStartException {
        if (transactionTimeout.compareTo(brokerLimit) > 0) {
            throw new RefusedStartException(
                    "transaction-timeout is %s; the broker allows %s (transaction.max.timeout.ms)"
                            .formatted(text(transactionTimeout), text(brokerLimit)));
        }
    }

    /** Everything but secrets, and of the configuration only how long it is. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        kafka.forEach((name, value) -> shown.put(name, isSecret(name) ? MASK : value));
        return ("bootstrap-servers=%s kafka=%s data=%s config=%d characters from-earliest=%s parallelism=%d partitions=%d"
                        + " replication=%d checkpoint-interval=%s checkpoint-timeout=%s restart-allowance=%s"
                        + " transaction-timeout=%s out-of-orderness=%s idleness=%s")
                .formatted(
                        bootstrapServers,
                        shown,
                        dataDirectory,
                        configYaml.length(),
                        fromEarliest,
                        parallelism,
                        partitions,
                        replication,
                        text(checkpointInterval),
                        text(checkpointTimeout),
                        text(restartAllowance),
                        text(transactionTimeout),
                        text(outOfOrderness),
                        text(idleness));
    }

    /** The settings of a Kafka client. */
    Properties clientProperties() {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    private static Duration leastTransactionTimeout(Duration interval, Duration timeout, Duration restart) {
        return interval.plus(timeout).plus(restart).multipliedBy(SAFETY_FACTOR);
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }

    private static String text(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }

    private static void require(boolean holds, String problem, List<String> problems) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static String required(ParameterTool given, String option) {
        String value = given.get(option);
        if (value == null) {
            throw new IllegalArgumentException("--" + option + " is missing");
        }
        return value;
    }

    private static Duration duration(ParameterTool given, String option, String otherwise) {
        return TimeUtils.parseDuration(given.get(option, otherwise));
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        Map<String, String> properties = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }
}
