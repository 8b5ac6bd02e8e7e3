package io.leadpulse.bench.run;

import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.growth.GrowthCommand;
import io.leadpulse.bench.latency.LatencyCommand;
import io.leadpulse.bench.profile.FlameGraphs;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command; {@code ./leadpulse bench} calls it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {GrowthCommand.class, LatencyCommand.class},
        description =
                "Runs engines over the same seeded events, holds their results against an oracle, and prints how fast they"
                        + " were; benchmarks/TASK.md says what is computed. Exit code 1 if any result is wrong.")
public final class BenchMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    @Option(names = "--events", description = "Records, 100 or more (default: ${DEFAULT-VALUE}).")
    private long events = 8_000_000;

    @Option(names = "--leads", description = "Leads that they may be about (default: ${DEFAULT-VALUE}).")
    private int leads = 1_000_000;

    @Option(names = "--runs", description = "Measured runs of each engine (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(names = "--seed", description = "Of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 20261123;

    @Option(
            names = "--engines",
            split = ",",
            description = "Which, by their letters in TASK.md (default: ${DEFAULT-VALUE}).",
            defaultValue = "a,e")
    private List<String> letters;

    @Option(
            names = "--out",
            description =
                    "Folder of results.json and results.md, and of what the runs need meanwhile (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bench-results");

    @Option(
            names = "--record",
            description =
                    "Record each run with Flight Recorder, into recordings/ of the folder, with a flame graph (.html) and the"
                            + " hottest frames (.txt) of each; figures are then somewhat lower.")
    private boolean isRecorded;

    private BenchMain() {}

    public static void main(String[] arguments) {
        // Numbers are written in the default locale: digits must be those that everybody reads.
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        WorkloadSpec spec;
        List<Engine> engines;
        try {
            spec = new WorkloadSpec(events, leads, seed);
            engines = Engines.of(letters);
            if (runs < 1) {
                throw new IllegalArgumentException("--runs is %d; allowed: 1 or more".formatted(runs));
            }
        } catch (IllegalArgumentException e) {
            err.println("leadpulse: bench: " + e.getMessage());
            return UNUSABLE;
        }
        Path home = Bench.home();
        Path results = folder.toAbsolutePath();
        Files.createDirectories(results);
        Path recordings = isRecorded ? Files.createDirectories(results.resolve("recordings")) : null;
        Path work = Files.createTempDirectory(results, "work-");
        try {
            Bench bench = new Bench(spec, engines, runs, home, recordings, err::println);
            Report report = new Report(spec, engines, bench.run(work));
            report.write(results);
            out.print(report.table());
            if (isRecorded) {
                FlameGraphs.write(recordings).forEach(file -> err.println(file));
            }
        } catch (StackException | WrongResultsException | IOException e) {
            err.println("leadpulse: bench: " + e.getMessage());
            err.println("leadpulse: bench: logs and topics are left in " + work);
            return FAILED;
        }
        FileTree.delete(work);
        return 0;
    }
}
