package io.leadpulse.local.stack;

import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.local.simulator.KafkaWriter;
import io.leadpulse.local.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The steps of {@code docker-compose.yml} that are ours, one a call; each can be repeated.
 *
 * <ul>
 *   <li>{@code files SECRETS CONFIG GIVEN PROFILES}: makes the secrets that are missing, a folder for each reader, and
 *       writes CONFIG/config.yaml: the simulator's if PROFILES has {@code demo}, else the file GIVEN
 *   <li>{@code topics BOOTSTRAP CONFIG}: creates the topics and, in a demo, sends reps and goals
 *   <li>{@code simulate BOOTSTRAP CONFIG}: writes the history, once, then what happens live
 * </ul>
 */
public final class ComposeSteps {
    private static final int PARTITIONS = 4;
    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final int USAGE = 2;

    private ComposeSteps() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        String step = given.isEmpty() ? "" : given.get(0);
        if (step.equals("files") && given.size() == 5) {
            files(Path.of(given.get(1)), Path.of(given.get(2)), Path.of(given.get(3)), given.get(4));
        } else if (step.equals("topics") && given.size() == 3) {
            topics(given.get(1), Path.of(given.get(2)));
        } else if (step.equals("simulate") && given.size() == 3) {
            simulate(given.get(1), Path.of(given.get(2)));
        } else {
            System.err.println("usage: files SECRETS CONFIG GIVEN PROFILES | topics BOOTSTRAP CONFIG"
                    + " | simulate BOOTSTRAP CONFIG");
            System.exit(USAGE);
        }
    }

    /** Makes secrets and configuration. Each reader has a folder of its own and sees no other secret. */
    static void files(Path secrets, Path config, Path given, String profiles) throws IOException, StackException {
        String superuser = "superuser";
        String owner = "leadpulse";
        String reader = "grafana_reader";
        Secrets postgres = new Secrets(secrets.resolve("postgres"));
        postgres.of(superuser);
        copy(postgres, owner, secrets.resolve("serving"));
        copy(postgres, reader, secrets.resolve("grafana"));
        new Secrets(secrets.resolve("grafana")).of("admin");
        try (StackFolder folder = StackFolder.lock(config)) {
            if (List.of(profiles.split(",", -1)).contains("demo")) {
                Files.writeString(
                        folder.of("config.yaml"), simulator(begun(folder)).configYaml());
            } else {
                Files.writeString(folder.of("config.yaml"), Files.readString(given));
            }
        }
    }

    private static void copy(Secrets from, String name, Path to) throws IOException {
        new Secrets(to).put(name, from.of(name));
    }

    private static void topics(String bootstrapServers, Path config)
            throws IOException, StackException, ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1)
                    .forEach(difference -> System.err.println("a topic is other than expected: " + difference));
        }
        try (StackFolder folder = StackFolder.lock(config)) {
            Optional<DemoState> state = DemoState.read(folder);
            if (state.isPresent() && !state.get().historyWritten()) {
                try (KafkaWriter writer = KafkaWriter.to(bootstrapServers)) {
                    writer.write(simulator(state.get()).configuration(), count -> {});
                }
            }
        }
    }

    private static void simulate(String bootstrapServers, Path config)
            throws IOException, StackException, ExecutionException, InterruptedException {
        StackFolder folder = StackFolder.lock(config);
        DemoState state = begun(folder);
        Simulator simulator = simulator(state);
        if (!state.historyWritten()) {
            try (KafkaWriter writer = KafkaWriter.to(bootstrapServers)) {
                writer.write(simulator.history(), count -> {});
            }
            state = state.withHistory();
            state.write(folder);
        }
        Feed feed = new Feed(bootstrapServers, simulator.live(false), folder, state);
        Runtime.getRuntime().addShutdownHook(new Thread(feed::close, "stop"));
        feed.start();
        // Until the container is stopped.
        new CountDownLatch(1).await();
    }

    private static DemoState begun(StackFolder folder) throws IOException, StackException {
        Optional<DemoState> before = DemoState.read(folder);
        if (before.isPresent()) {
            return before.get();
        }
        Instant liveStart = Instant.now().plus(AHEAD);
        Simulator simulator = Simulator.of(Simulator.DEFAULT_SEED, liveStart, Optional.empty());
        DemoState state = new DemoState(
                simulator.seed(), liveStart, simulator.company().zone(), true, false, liveStart.minus(AHEAD));
        state.write(folder);
        return state;
    }

    private static Simulator simulator(DemoState state) {
        return Simulator.of(state.seed(), state.liveStart(), Optional.of(state.zone()));
    }
}
