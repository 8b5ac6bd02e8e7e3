package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka node, broker and controller in one (KRaft), from the jars on the class path. Its topics say themselves how
 * long they keep what; everything else has one copy, because there is one node.
 */
final class KafkaService implements Service {
    private static final String MAIN = "kafka.Kafka";
    private static final String STORAGE_TOOL = "kafka.tools.StorageTool";
    private static final Duration FORMAT_DEADLINE = Duration.ofMinutes(1);
    private static final int ANSWER_SECONDS = 3;
    /** A record of 8 MiB, which a dead letter may be, and what Kafka adds. */
    private static final int MAX_MESSAGE_BYTES = 9 << 20;

    private final StackContext context;

    KafkaService(StackContext context) {
        this.context = context;
    }

    @Override
    public Role role() {
        return Role.KAFKA;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException, StackException, InterruptedException {
        Files.createDirectories(directory());
        StringWriter text = new StringWriter();
        Properties properties = new Properties();
        properties.putAll(settings());
        properties.store(text, "Written at every start.");
        Files.writeString(serverProperties(), text.toString());
        if (!Files.exists(logDirectory().resolve("meta.properties"))) {
            spawner.run(
                    "formatting Kafka's folder",
                    context.java()
                            .launch(
                                    role(),
                                    directory(),
                                    STORAGE_TOOL,
                                    List.of(
                                            "format",
                                            "--standalone",
                                            "--ignore-formatted",
                                            "--cluster-id",
                                            Uuid.randomUuid().toString(),
                                            "--config",
                                            serverProperties().toString())),
                    context.folder().log(role().wireName()),
                    FORMAT_DEADLINE);
        }
    }

    @Override
    public Launch launch() {
        return context.java()
                .launch(role(), directory(), MAIN, List.of(serverProperties().toString()));
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.KAFKA), context.ports().of(Ports.Name.KAFKA_CONTROLLER));
    }

    @Override
    public HealthCheck health() {
        return this::problem;
    }

    private Optional<String> problem() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                context.ports().address(Ports.Name.KAFKA),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS)))) {
            int nodes = admin.describeCluster()
                    .nodes()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .size();
            return nodes == 1 ? Optional.empty() : Optional.of("it has %d nodes".formatted(nodes));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("it does not answer");
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.bootstrap.servers", context.ports().address(Ports.Name.KAFKA_CONTROLLER));
        settings.put(
                "listeners",
                "PLAINTEXT://%s,CONTROLLER://%s"
                        .formatted(
                                context.ports().address(Ports.Name.KAFKA),
                                context.ports().address(Ports.Name.KAFKA_CONTROLLER)));
        settings.put("advertised.listeners", "PLAINTEXT://" + context.ports().address(Ports.Name.KAFKA));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", logDirectory().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));
        // Few partitions of Kafka's own topics: each costs files and time at the start.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Deduplication buffer of the log cleaner; its default alone is 128 MB.
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(32 << 20));
        return settings;
    }

    private Path directory() {
        return context.folder().of("kafka");
    }

    private Path logDirectory() {
        return directory().resolve("log");
    }

    private Path serverProperties() {
        return directory().resolve("server.properties");
    }
}
