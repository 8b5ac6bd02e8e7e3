package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * All processes of one run, from the broker to the boards. They are started in the order in which they need each other,
 * each is kept alive until {@link #close}, and none outlives this process.
 */
public final class Stack implements AutoCloseable {
    /** Sources of results first, what they need last; those of one line together. */
    private static final List<Set<Role>> STOP_ORDER = List.of(
            EnumSet.of(Role.JOBMANAGER, Role.TASKMANAGER),
            EnumSet.of(Role.SERVING, Role.GRAFANA, Role.PROMETHEUS, Role.ALERTMANAGER),
            EnumSet.of(Role.POSTGRES, Role.KAFKA));

    private final StackContext context;
    private final Spawner spawner;
    private final List<String> leftOut;
    private final Set<Role> running;
    private final Map<Role, SupervisedProcess> processes = new EnumMap<>(Role.class);
    private boolean closed;

    private Stack(StackContext context, Spawner spawner, Set<Role> running, List<String> leftOut) {
        this.context = context;
        this.spawner = spawner;
        this.running = running;
        this.leftOut = leftOut;
    }

    /**
     * Decides what runs where, and starts nothing yet.
     *
     * @param folder where all is kept; stays the caller's, to be closed after this
     * @param configYaml the meaning of the numbers, which all parts read
     * @throws StackException if something that cannot be left out is missing, or a port is taken
     */
    public static Stack prepare(StackFolder folder, StackConfig config, Tools tools, String configYaml)
            throws IOException, StackException {
        List<String> leftOut = new ArrayList<>();
        Set<Role> running = EnumSet.complementOf(EnumSet.of(Role.DEMO));
        for (Omissible omissible : Omissible.values()) {
            if (config.without().contains(omissible.role)) {
                running.remove(omissible.role);
                leftOut.add("%s: as asked; %s".formatted(omissible.role.wireName(), omissible.consequence));
            } else if (!omissible.isInstalled(tools)) {
                running.remove(omissible.role);
                leftOut.add("%s: not installed (%s); %s"
                        .formatted(omissible.role.wireName(), omissible.remedy, omissible.consequence));
            }
        }
        StackContext context = new StackContext(
                config.home(),
                folder,
                Ports.choose(config.ports(), config.portBase()),
                tools,
                new Secrets(folder.of("secrets")),
                JavaCommand.of(config.home()));
        Files.writeString(context.configFile(), configYaml);
        Stack stack = new Stack(context, new Spawner(tools), running, List.copyOf(leftOut));
        stack.writeEndpoints();
        return stack;
    }

    /** What does not run and what that means, one sentence each. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** Which processes run, or will. */
    public Set<Role> running() {
        return Set.copyOf(running);
    }

    /** Where they listen. */
    public Ports ports() {
        return context.ports();
    }

    /**
     * A connection to the tables with the rights of a board: it reads.
     *
     * @throws SQLException if PostgreSQL does not answer
     * @throws IOException if the password cannot be read
     */
    public Connection boardConnection() throws SQLException, IOException {
        return DriverManager.getConnection(
                PostgresService.url(context.ports()),
                PostgresService.READER,
                PostgresService.password(context.secrets(), PostgresService.READER));
    }

    /**
     * Starts the broker and everything that needs none; returns at once. The engine's worker is there before the engine, and
     * waits for it.
     */
    public void startBrokerAndStores() {
        start(new KafkaService(context));
        start(new PostgresService(context));
        start(new AlertmanagerService(context));
        start(new PrometheusService(context, running));
        start(new GrafanaService(context));
        start(EngineServices.taskManager(context));
    }

    /** Starts the engine and what serves its results; returns at once. The broker must be well, and the topics there. */
    public void startEngineAndServing() {
        start(EngineServices.jobManager(context));
        start(new ServingService(context, running, true));
    }

    /**
     * Waits until a process has been well for the first time; returns at once if it does not run.
     *
     * @throws StackException if it cannot be started
     */
    public void awaitHealthy(Role role) throws StackException, InterruptedException {
        SupervisedProcess process;
        synchronized (this) {
            process = processes.get(role);
        }
        if (process != null) {
            process.awaitHealthy();
        }
    }

    /** Every process that was started. */
    public synchronized List<SupervisedProcess> processes() {
        return List.copyOf(processes.values());
    }

    /** Stops everything in order, within some seconds. Can be called from any thread, and again. */
    @Override
    public void close() {
        List<SupervisedProcess> started;
        synchronized (this) {
            closed = true;
            started = List.copyOf(processes.values());
        }
        for (Set<Role> together : STOP_ORDER) {
            List<Thread> stops = started.stream()
                    .filter(process -> together.contains(process.role()))
                    .map(process ->
                            new Thread(process::close, "stop " + process.role().wireName()))
                    .toList();
            stops.forEach(Thread::start);
            for (Thread stop : stops) {
                joinUninterrupted(stop);
            }
        }
    }

    private synchronized void start(Service service) {
        if (!closed && running.contains(service.role())) {
            SupervisedProcess process = new SupervisedProcess(
                    service, spawner, context.folder().log(service.role().wireName()));
            processes.put(service.role(), process);
            process.start();
        }
    }

    /** For other programs: who listens where. */
    private void writeEndpoints() throws IOException {
        Ports ports = context.ports();
        Properties endpoints = new Properties();
        endpoints.put("kafka", ports.address(Ports.Name.KAFKA));
        put(endpoints, Role.SERVING, ports.url(Ports.Name.SERVING));
        put(endpoints, Role.PROMETHEUS, ports.url(Ports.Name.PROMETHEUS));
        put(endpoints, Role.ALERTMANAGER, ports.url(Ports.Name.ALERTMANAGER));
        put(endpoints, Role.GRAFANA, ports.url(Ports.Name.GRAFANA));
        put(endpoints, Role.POSTGRES, PostgresService.url(ports));
        endpoints.put("flink", ports.url(Ports.Name.FLINK));
        StringWriter text = new StringWriter();
        endpoints.store(text, "Where the running demo listens; written at every start.");
        Path file = context.folder().of("endpoints.properties");
        Path half = context.folder().of("endpoints.properties.new");
        Files.writeString(half, text.toString());
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void put(Properties endpoints, Role role, String address) {
        if (running.contains(role)) {
            endpoints.put(role.wireName(), address);
        }
    }

    private static void joinUninterrupted(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What may be missing, what to do about it, and what one then does not see. */
    private enum Omissible {
        POSTGRES(Role.POSTGRES, "Debian package postgresql", "no lists, no history, no page per lead, no messages"),
        PROMETHEUS(Role.PROMETHEUS, "Debian package prometheus", "topics, /metrics and this terminal show the numbers"),
        ALERTMANAGER(Role.ALERTMANAGER, "Debian package prometheus-alertmanager", "alerts are kept but not delivered"),
        GRAFANA(
                Role.GRAFANA,
                "no Debian package; see grafana.com/grafana/download, or use docker compose",
                "no boards; this terminal shows the most important numbers"),
        SERVING(Role.SERVING, "part of Leadpulse", "only topics show the numbers");

        private final Role role;
        private final String remedy;
        private final String consequence;

        Omissible(Role role, String remedy, String consequence) {
            this.role = role;
            this.remedy = remedy;
            this.consequence = consequence;
        }

        private boolean isInstalled(Tools tools) {
            return switch (this) {
                case POSTGRES -> PostgresService.isInstalled(tools);
                case PROMETHEUS -> tools.find("prometheus").isPresent();
                case ALERTMANAGER -> AlertmanagerService.program(tools).isPresent();
                case GRAFANA -> GrafanaService.isInstalled(tools);
                case SERVING -> true;
            };
        }
    }
}
