package io.leadpulse.local.cli;

import io.leadpulse.local.latency.Latencies;
import io.leadpulse.local.latency.LatencyRun;
import io.leadpulse.local.stack.Demo;
import io.leadpulse.local.stack.DemoRequest;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.Role;
import io.leadpulse.local.stack.StackConfig;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latency}: how long a won deal and a correction of a past day take from their events to what a board shows. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = "Start a stack of its own and measure how long a won deal takes to show in its metrics.")
final class LatencyCommand implements Callable<Integer> {
    private static final String HOME_PROPERTY = "leadpulse.home";
    private static final int MEDIAN = 50;
    private static final int NEARLY_ALL = 99;

    private final Console console;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "6000",
            description = "events in the background; beside them about one deal a second (default: ${DEFAULT-VALUE})")
    private int events;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "50",
            description = "of them in a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of what is left to chance (default: ${DEFAULT-VALUE})")
    private long seed;

    LatencyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (events < 1 || rate < 1) {
            console.err().println("leadpulse: latency: --events and --rate must be 1 or more");
            return ExitCode.UNUSABLE;
        }
        Path data = Files.createTempDirectory("leadpulse-latency");
        try {
            measure(data);
        } catch (StackException | IllegalStateException e) {
            console.err().println("leadpulse: " + e.getMessage() + "; logs: " + data.resolve("logs"));
            return ExitCode.FAILED;
        }
        FileTree.delete(data);
        return ExitCode.OK;
    }

    private void measure(Path data) throws Exception {
        Path home = Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
        Demo demo = Demo.open(new DemoRequest(
                data,
                Optional.empty(),
                false,
                true,
                LatencyRun.configYaml(Instant.now()),
                new StackConfig(home, Set.of(Role.ALERTMANAGER, Role.GRAFANA), Map.of(), OptionalInt.empty())));
        Thread stop = new Thread(() -> close(demo), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            if (!demo.stack().running().containsAll(Set.of(Role.PROMETHEUS, Role.POSTGRES))) {
                throw new StackException("latency needs Prometheus and PostgreSQL; ./leadpulse tools installs them");
            }
            demo.start(new Told());
            LatencyRun run = new LatencyRun(demo, events, rate, seed);
            console.err().println("%d events, %d a second, and %d won deals".formatted(events, rate, run.probes()));
            print(run.run());
        } finally {
            demo.close();
        }
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    private void print(LatencyRun.Outcome outcome) {
        PrintStream out = new PrintStream(console.out(), true, StandardCharsets.UTF_8);
        out.println("milliseconds, from when an event was to be sent            n  median    99th     max");
        row(out, "a won deal, until it is on /metrics", outcome.onMetrics());
        row(out, "a won deal, until Prometheus has it", outcome.inPrometheus());
        row(out, "one of yesterday, until a board has it in that day", outcome.onYesterday());
        row(out, "one of yesterday, until it is in the year's total", outcome.inYear());
        row(out, "one of yesterday, until it is among corrections", outcome.inCorrections());
        row(out, "a lead's request, until its campaign's rate has it", outcome.onCampaign());
        row(out, "any event, until it is handed to the producer", outcome.sender());
    }

    private static void row(PrintStream out, String what, Latencies latencies) {
        out.println(String.format(
                Locale.ROOT,
                "%-52s %7d %7d %7d %7d",
                what,
                latencies.count(),
                latencies.percentileMillis(MEDIAN),
                latencies.percentileMillis(NEARLY_ALL),
                latencies.maxMillis()));
    }

    private static void close(Demo demo) {
        try {
            demo.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells what is started; there is no history. */
    private final class Told implements Demo.Listener {
        @Override
        public void say(String line) {
            console.err().println(line);
        }

        @Override
        public LongConsumer writing(long records) {
            return written -> {};
        }

        @Override
        public void written() {
            // Nothing was.
        }
    }
}
