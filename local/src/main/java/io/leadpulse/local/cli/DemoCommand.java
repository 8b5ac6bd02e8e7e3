package io.leadpulse.local.cli;

import io.leadpulse.local.stack.Demo;
import io.leadpulse.local.stack.DemoRequest;
import io.leadpulse.local.stack.DemoSummary;
import io.leadpulse.local.stack.DemoSummary.ProcessLine;
import io.leadpulse.local.stack.MetricsPage;
import io.leadpulse.local.stack.MetricsReader;
import io.leadpulse.local.stack.Ports;
import io.leadpulse.local.stack.ResidentMemory;
import io.leadpulse.local.stack.Role;
import io.leadpulse.local.stack.StackConfig;
import io.leadpulse.local.stack.StackException;
import io.leadpulse.local.stack.SupervisedProcess;
import io.leadpulse.schemas.config.Company;
import io.leadpulse.schemas.config.ConfigFile;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: everything on this machine, with a simulated company, until Ctrl-C. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start everything on this machine with a simulated company, until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
    /** Set by the launcher: the project's folder. */
    private static final String HOME_PROPERTY = "leadpulse.home";

    private static final Duration BETWEEN_PICTURES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Console console;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of everything that the demo keeps (default: demo-data in the project's folder);"
                    + " started on it again, the demo goes on")
    private Path data;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "zone of the company, such as Europe/Berlin (default: one in which it is mid-day)")
    private ZoneId zone;

    @Option(names = "--quiet", description = "leave out the live beats of the story; only the background remains")
    private boolean quiet;

    @Option(names = "--no-simulator", description = "no events but your own; takes all of --config")
    private boolean noSimulator;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "configuration; a simulated company takes currency, display unit, months and fiscal year of it"
                            + " (it needs an exchange rate of EUR, in which the story is written), the rest is the story's")
    private Path config;

    @Option(names = "--no-postgres", description = "leave out PostgreSQL")
    private boolean noPostgres;

    @Option(names = "--no-prometheus", description = "leave out Prometheus")
    private boolean noPrometheus;

    @Option(names = "--no-alertmanager", description = "leave out Alertmanager")
    private boolean noAlertmanager;

    @Option(names = "--no-grafana", description = "leave out Grafana")
    private boolean noGrafana;

    @Option(names = "--no-serving", hidden = true)
    private boolean noServing;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "take consecutive ports from this one on (default: free ones)")
    private Integer portBase;

    @Option(
            names = "--port",
            paramLabel = "NAME=PORT",
            description = "take this port, such as serving=9400; names: serving, grafana, prometheus, alertmanager,"
                    + " flink, kafka, postgres, ...")
    private Map<String, Integer> ports;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try {
            DemoRequest request = request();
            Demo demo = Demo.open(request);
            Thread stop = new Thread(() -> stop(demo), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                run(demo, request);
            } finally {
                demo.close();
            }
            return ExitCode.OK;
        } catch (InvalidConfigException | UnusableOptionException e) {
            console.err().println("leadpulse: " + e.getMessage());
            return ExitCode.UNUSABLE;
        } catch (StackException e) {
            console.err().println("leadpulse: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** What was asked for cannot be. */
    private static final class UnusableOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableOptionException(String message) {
            super(message);
        }
    }

    private DemoRequest request() throws UnusableOptionException {
        String yaml = config == null ? "" : ConfigFile.text(config);
        ConfigReader.parse(yaml);
        Path home = Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
        return new DemoRequest(
                data == null ? home.resolve("demo-data") : data,
                Optional.ofNullable(zone),
                !noSimulator,
                quiet,
                yaml,
                new StackConfig(
                        home,
                        without(),
                        namedPorts(),
                        portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase)));
    }

    private Set<Role> without() {
        Set<Role> without = EnumSet.noneOf(Role.class);
        addIf(without, noPostgres, Role.POSTGRES);
        addIf(without, noPrometheus, Role.PROMETHEUS);
        addIf(without, noAlertmanager, Role.ALERTMANAGER);
        addIf(without, noGrafana, Role.GRAFANA);
        addIf(without, noServing, Role.SERVING);
        return without;
    }

    private static void addIf(Set<Role> roles, boolean wanted, Role role) {
        if (wanted) {
            roles.add(role);
        }
    }

    private Map<Ports.Name, Integer> namedPorts() throws UnusableOptionException {
        Map<Ports.Name, Integer> named = new EnumMap<>(Ports.Name.class);
        if (ports != null) {
            for (Map.Entry<String, Integer> each : ports.entrySet()) {
                named.put(portName(each.getKey()), each.getValue());
            }
        }
        return named;
    }

    private static Ports.Name portName(String text) throws UnusableOptionException {
        List<String> known = new ArrayList<>();
        for (Ports.Name name : Ports.Name.values()) {
            if (name.wireName().equals(text)) {
                return name;
            }
            known.add(name.wireName());
        }
        throw new UnusableOptionException(
                "demo: --port %s is unknown; known: %s".formatted(text, String.join(", ", known)));
    }

    private void run(Demo demo, DemoRequest request) throws Exception {
        Instant began = Instant.now();
        console.err().println("Leadpulse keeps everything in " + request.data());
        demo.stack().leftOut().forEach(line -> console.err().println("left out: " + line));
        demo.start(new StartProgress());
        console.err()
                .println("everything runs after %d s; Ctrl-C stops it"
                        .formatted(Duration.between(began, Instant.now()).toSeconds()));
        addresses(demo).forEach(line -> console.err().println("  " + line));
        watch(demo, company(request.data()));
    }

    /** Tells how the start goes, with a bar for the history. */
    private final class StartProgress implements Demo.Listener {
        private Progress bar;

        @Override
        public void say(String line) {
            console.err().println(line);
        }

        @Override
        public LongConsumer writing(long records) {
            if (!console.interactive()) {
                say("writing %,d events of history".formatted(records));
            }
            bar = Progress.start(console, "History", records, " events", 1);
            return bar;
        }

        @Override
        public void written() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** Draws or prints until the process is told to end. */
    private void watch(Demo demo, Company company) throws InterruptedException {
        DemoScreen screen = new DemoScreen(console.err());
        MetricsReader metrics = new MetricsReader(demo.stack().ports().url(Ports.Name.SERVING));
        Optional<Instant> lastBehind = Optional.empty();
        while (true) {
            Optional<MetricsPage> page =
                    demo.stack().running().contains(Role.SERVING) ? metrics.read() : Optional.empty();
            Instant now = Instant.now();
            DemoSummary summary = new DemoSummary(
                    page,
                    lastBehind,
                    processes(demo),
                    now,
                    company.zone(),
                    company.moneyUnit().name());
            if (summary.isBehind()) {
                lastBehind = Optional.of(now);
            }
            if (console.interactive()) {
                screen.draw(summary.lines());
                TimeUnit.MILLISECONDS.sleep(BETWEEN_PICTURES.toMillis());
            } else {
                console.err().println(summary.line());
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LINES.toMillis());
            }
        }
    }

    private static List<ProcessLine> processes(Demo demo) {
        List<ProcessLine> lines = new ArrayList<>();
        for (SupervisedProcess process : demo.stack().processes()) {
            String state = process.state().name().toLowerCase(Locale.ROOT);
            lines.add(new ProcessLine(
                    process.role().wireName(),
                    process.restarts() == 0 ? state : "%s (restarted %d x)".formatted(state, process.restarts()),
                    process.handle().map(ResidentMemory::bytes).orElse(0L)));
        }
        demo.simulation().ifPresent(state -> lines.add(new ProcessLine("simulator", state, 0)));
        lines.add(new ProcessLine("demo", "running", ResidentMemory.own()));
        return lines;
    }

    private static List<String> addresses(Demo demo) {
        Ports where = demo.stack().ports();
        Set<Role> running = demo.stack().running();
        List<String> lines = new ArrayList<>();
        addAddress(lines, running, Role.GRAFANA, "boards", where.url(Ports.Name.GRAFANA));
        addAddress(lines, running, Role.SERVING, "metrics and pages", where.url(Ports.Name.SERVING));
        addAddress(lines, running, Role.PROMETHEUS, "Prometheus", where.url(Ports.Name.PROMETHEUS));
        addAddress(lines, running, Role.ALERTMANAGER, "Alertmanager", where.url(Ports.Name.ALERTMANAGER));
        addAddress(lines, running, Role.JOBMANAGER, "Flink", where.url(Ports.Name.FLINK));
        addAddress(lines, running, Role.KAFKA, "Kafka", where.address(Ports.Name.KAFKA));
        return lines;
    }

    private static void addAddress(List<String> lines, Set<Role> running, Role role, String name, String address) {
        if (running.contains(role)) {
            lines.add(String.format(Locale.ROOT, "%-20s%s", name, address));
        }
    }

    /** The configuration that all parts read; the simulator's or the one that was given. */
    private static Company company(Path data) throws IOException {
        return ConfigReader.parse(Files.readString(data.resolve("config.yaml"))).company();
    }

    private void stop(Demo demo) {
        console.err().println(System.lineSeparator() + "leadpulse: stopping");
        try {
            demo.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
