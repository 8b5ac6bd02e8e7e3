package io.leadpulse.local.stack;

import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.local.simulator.KafkaWriter;
import io.leadpulse.local.simulator.SimulatedRecord;
import io.leadpulse.local.simulator.Simulator;
import io.leadpulse.schemas.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The whole of Leadpulse on one machine with a simulated company, or with nothing, for one's own events. Started again on
 * the same folder it goes on: same company, same zone, no history again.
 */
public final class Demo implements AutoCloseable {
    /** As the engine's own default, so that whoever creates the topics first makes the same ones. */
    private static final int PARTITIONS = 4;

    /** The simulator's history ends so long before live; we write it meanwhile. */
    private static final Duration WHILE_HISTORY_IS_WRITTEN = Duration.ofMinutes(2);

    /** What a demo tells while it starts. */
    public interface Listener {
        /** One line about what is done now. */
        void say(String line);

        /** History begins to be written; the answer is told how many records were written since it was last told. */
        LongConsumer writing(long records);

        /** History is written. */
        void written();
    }

    private final DemoRequest request;
    private final StackFolder folder;
    private final Stack stack;
    private final Optional<Simulator> simulator;
    private DemoState state;
    private Feed feed;
    private boolean closed;

    private Demo(DemoRequest request, StackFolder folder, Stack stack, Optional<Simulator> simulator, DemoState state) {
        this.request = request;
        this.folder = folder;
        this.stack = stack;
        this.simulator = simulator;
        this.state = state;
    }

    /**
     * Takes the folder and decides what runs where; starts nothing yet.
     *
     * @throws StackException if another demo has the folder, it was begun otherwise, or something is missing
     */
    public static Demo open(DemoRequest request) throws IOException, StackException {
        StackFolder folder = StackFolder.lock(request.data());
        Demo demo = null;
        try {
            DemoState before = DemoState.read(folder).orElse(null);
            requireSame(request, before, folder);
            Instant now = Instant.now();
            Instant liveStart = before == null ? now.plus(WHILE_HISTORY_IS_WRITTEN) : before.liveStart();
            long seed = before == null ? Simulator.DEFAULT_SEED : before.seed();
            Optional<Simulator> simulator = request.simulated()
                    ? Optional.of(simulator(request, folder, before, seed, liveStart))
                    : Optional.empty();
            ZoneId zone = simulator
                    .map(each -> each.company().zone())
                    .orElse(request.zone().orElse(ZoneId.of("UTC")));
            DemoState state = before == null
                    ? new DemoState(
                            seed,
                            liveStart,
                            zone,
                            request.simulated(),
                            false,
                            liveStart.minus(WHILE_HISTORY_IS_WRITTEN))
                    : before;
            Stack stack = Stack.prepare(
                    folder,
                    request.stack(),
                    Tools.on(System.getenv().getOrDefault("PATH", "")),
                    simulator.map(Simulator::configYaml).orElse(request.configYaml()));
            state.write(folder);
            demo = new Demo(request, folder, stack, simulator, state);
            return demo;
        } finally {
            if (demo == null) {
                folder.close();
            }
        }
    }

    /** The simulator of this request; when a demo goes on, of the company that it began with. */
    private static Simulator simulator(
            DemoRequest request, StackFolder folder, DemoState before, long seed, Instant liveStart)
            throws IOException, StackException {
        Path begun = folder.of("config.yaml");
        String yaml = before != null && Files.exists(begun) ? Files.readString(begun) : request.configYaml();
        Optional<ZoneId> zone = before == null ? request.zone() : Optional.of(before.zone());
        try {
            return Simulator.of(seed, liveStart, zone, ConfigReader.parse(yaml).company());
        } catch (IllegalArgumentException e) {
            throw new StackException(e.getMessage(), e);
        }
    }

    /** Starts everything; when it returns, all that runs is well and history, if any, is with the broker. */
    public void start(Listener listener)
            throws IOException, StackException, InterruptedException, ExecutionException, TimeoutException {
        simulator.ifPresent(each -> listener.say(each.company().describe()));
        listener.say("starting the broker and the stores");
        stack.startBrokerAndStores();
        // Thought up while the broker starts.
        FutureTask<List<SimulatedRecord>> history =
                new FutureTask<>(() -> simulator.get().history());
        if (simulator.isPresent() && !state.historyWritten()) {
            Thread thread = new Thread(history, "history");
            thread.setDaemon(true);
            thread.start();
        }
        stack.awaitHealthy(Role.KAFKA);
        createTopics(listener);
        if (simulator.isPresent() && !state.historyWritten()) {
            // Before the engine, which reads them when it starts.
            write(simulator.get().configuration(), count -> {});
        }
        stack.awaitHealthy(Role.POSTGRES);
        listener.say("starting the engine and serving");
        stack.startEngineAndServing();
        simulate(history, listener);
        for (Role role : Role.values()) {
            stack.awaitHealthy(role);
        }
    }

    /** Everything that runs, and where. */
    public Stack stack() {
        return stack;
    }

    /** What the simulator does, in a few words; empty if there is none. */
    public synchronized Optional<String> simulation() {
        return Optional.ofNullable(feed).map(Feed::describe);
    }

    /** Stops the simulator, then all processes in order, and gives the folder free. Can be called again. */
    @Override
    public void close() throws IOException {
        Feed running;
        synchronized (this) {
            closed = true;
            running = feed;
        }
        if (running != null) {
            running.close();
        }
        stack.close();
        folder.close();
    }

    private void simulate(Future<List<SimulatedRecord>> thoughtUp, Listener listener)
            throws IOException, InterruptedException, ExecutionException {
        if (simulator.isEmpty()) {
            return;
        }
        if (!state.historyWritten()) {
            List<SimulatedRecord> history = thoughtUp.get();
            try {
                write(history, listener.writing(history.size()));
            } finally {
                listener.written();
            }
            state = state.withHistory();
            state.write(folder);
        }
        synchronized (this) {
            if (!closed) {
                feed = new Feed(kafka(), simulator.get().live(request.quiet()), folder, state);
                feed.start();
            }
        }
    }

    private void createTopics(Listener listener) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka()))) {
            EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1)
                    .forEach(difference -> listener.say("a topic is other than expected: " + difference));
        }
    }

    private void write(List<SimulatedRecord> records, LongConsumer written)
            throws ExecutionException, InterruptedException {
        try (KafkaWriter writer = KafkaWriter.to(kafka())) {
            writer.write(records, written);
        }
    }

    private String kafka() {
        return stack.ports().address(Ports.Name.KAFKA);
    }

    /** A folder holds one company for ever: its history cannot change its zone. */
    private static void requireSame(DemoRequest request, DemoState before, StackFolder folder) throws StackException {
        if (before == null) {
            return;
        }
        if (before.simulated() != request.simulated()) {
            throw new StackException("%s was begun %s the simulator; go on so, or use another folder with --data"
                    .formatted(folder.root(), before.simulated() ? "with" : "without"));
        }
        if (request.zone().isPresent() && !request.zone().get().equals(before.zone())) {
            throw new StackException("%s was begun in zone %s; go on in it, or use another folder with --data"
                    .formatted(folder.root(), before.zone()));
        }
    }
}
