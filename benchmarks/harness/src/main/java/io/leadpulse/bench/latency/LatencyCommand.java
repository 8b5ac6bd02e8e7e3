package io.leadpulse.bench.latency;

import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command; {@code ./leadpulse bench latency} calls it. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "Sends events of the present at a steady rate and measures how long after each was to be sent its result can be"
                        + " read. Exit code 1 if any result of a probe is missing or wrong.")
public final class LatencyCommand implements Callable<Integer> {
    /** The project's folder, as the launcher tells it. */
    private static final String HOME_PROPERTY = "leadpulse.home";

    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;
    private static final int EVENTS_PER_LEAD = 8;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    @Option(
            names = "--engines",
            split = ",",
            description = "Which, by their letters in TASK.md (default: ${DEFAULT-VALUE}).",
            defaultValue = "a,e")
    private List<String> letters;

    @Option(names = "--rates", split = ",", description = "Records a second, one run each; instead of --of.")
    private List<Integer> rates = List.of();

    @Option(
            names = "--of",
            split = ",",
            description = "Per cent of what the engine sustains, one run each (default: ${DEFAULT-VALUE}).",
            defaultValue = "30,60,80")
    private List<Integer> percents;

    @Option(
            names = "--sustainable",
            split = ",",
            description = "Records a second that engines sustain, as e=4000; what is not given is found out by bursts.")
    private Map<String, Integer> sustainable = Map.of();

    @Option(names = "--seconds", description = "Measured at each rate (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--warm-up",
            description = "Seconds of the same before that, which do not count (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds = 30;

    @Option(
            names = "--leads",
            description =
                    "Leads that the records of a run are about; more if one had too many (default: ${DEFAULT-VALUE}).")
    private int leads = 10_000;

    @Option(
            names = "--probes",
            description =
                    "Probes a second, three records each; at most a tenth of the rate (default: ${DEFAULT-VALUE}).")
    private int probesPerSecond = 10;

    @Option(
            names = "--history",
            description =
                    "Records of history that each engine works off first, so that it has state; 100 or more (default: none).")
    private long historyEvents;

    @Option(names = "--history-leads", description = "Leads that these may be about (default: one of 8 records).")
    private Integer historyLeadsOrNull;

    @Option(names = "--seed", description = "Of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 20261123;

    @Option(
            names = "--without-metrics",
            description =
                    "Do not run Leadpulse a second time, with serving, to measure how soon a value is on /metrics.")
    private boolean isWithoutMetrics;

    @Option(names = "--committed-metrics", description = "Let serving show on /metrics only what is committed.")
    private boolean isCommittedMetrics;

    @Option(names = "--named-metrics", description = "Ask /metrics only for the metric that is looked at (?name[]=).")
    private boolean isNamed;

    @Option(
            names = "--out",
            description =
                    "Folder of latency.json and latency.md, and of what the runs need meanwhile (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bench-results");

    @Override
    public Integer call() throws Exception {
        LatencyPlan plan;
        try {
            plan = new LatencyPlan(
                    Engines.of(letters),
                    rates,
                    percents,
                    sustainable,
                    seconds,
                    warmUpSeconds,
                    leads,
                    probesPerSecond,
                    seed,
                    !isWithoutMetrics,
                    !isCommittedMetrics,
                    isNamed,
                    history());
        } catch (IllegalArgumentException e) {
            err.println("leadpulse: bench latency: " + e.getMessage());
            return UNUSABLE;
        }
        Path home = Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
        Path results = Files.createDirectories(folder.toAbsolutePath());
        Path work = Files.createTempDirectory(results, "work-");
        try {
            LatencyBench bench = new LatencyBench(plan, home, err::println);
            List<Latency> measured = bench.run(work);
            LatencyReport report = new LatencyReport(plan, bench.sustainable(), bench.states(), measured);
            report.write(results);
            out.print(report.table());
        } catch (StackException | WrongResultsException | IOException e) {
            err.println("leadpulse: bench latency: " + e.getMessage());
            err.println("leadpulse: bench latency: nothing was counted; logs and topics are left in " + work);
            return FAILED;
        }
        FileTree.delete(work);
        return 0;
    }

    /** Null for none. */
    private WorkloadSpec history() {
        if (historyEvents == 0) {
            return null;
        }
        int leads = historyLeadsOrNull == null
                ? Math.toIntExact(Math.max(1, historyEvents / EVENTS_PER_LEAD))
                : historyLeadsOrNull;
        return new WorkloadSpec(historyEvents, leads, seed);
    }
}
