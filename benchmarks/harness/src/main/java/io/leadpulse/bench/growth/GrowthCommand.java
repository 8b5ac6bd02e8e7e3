package io.leadpulse.bench.growth;

import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.run.Bench;
import io.leadpulse.local.stack.FileTree;
import io.leadpulse.local.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command; {@code ./leadpulse bench growth} calls it. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = {
            "Lets one thing grow and all else stay, and prints what becomes of speed, checkpoints and state of Leadpulse:"
                    + " leads, days on which points count, the share of one rep, the share of one lead, parallelism. Also"
                    + " starts it again from its last checkpoint, and kills it, and Kafka Streams, in mid-drain.",
            "Each point is a run in a process of its own and counts only if its results are the oracle's. Exit code 1 if a"
                    + " point's are not, or if a kill took nothing back and so shows nothing.",
            "The sizes that are the default take some minutes, and their state fits into memory. Large ones are asked for:"
                    + " --only leads --lead-points 10000,1000000,10000000 --managed-memory 512 takes hours."
        })
public final class GrowthCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "AXIS",
            description = "Of leads, window, hot-rep, hot-lead, parallelism, restore, kill; all by default.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--events",
            description =
                    "Records of a point, 100 or more (default: ${DEFAULT-VALUE}); as many as its leads if those are"
                            + " more; of hot-lead at most 40000, or a lead had more facts than it may.")
    private long events = 100_000;

    @Option(names = "--leads", description = "Leads of all points but those of leads; by default one of 30 records.")
    private Integer leads;

    @Option(
            names = "--lead-points",
            split = ",",
            description =
                    "The points of leads, the one that the others are held against first (default: 10000,100000).")
    private List<Integer> leadPoints = List.of(10_000, 100_000);

    @Option(
            names = "--managed-memory",
            paramLabel = "MIB",
            description = "Memory of Leadpulse's RocksDB, in MiB; by default the live job's.")
    private Integer managedMib;

    @Option(
            names = "--idleness",
            paramLabel = "SECONDS",
            description = "How long Leadpulse's clock waits for a topic that says nothing, as that of ticks here; by"
                    + " default the live job's 30, so that no drain takes less by the clock on the wall. Where it is"
                    + " shorter than the machine stands still, the clock runs ahead, and the point counts nothing.")
    private Integer idlenessSeconds;

    @Option(
            names = "--runs",
            description = "Rounds over the points of an axis, each in reverse order of the one before"
                    + " (default: ${DEFAULT-VALUE}).")
    private int runs = 1;

    @Option(names = "--kills", description = "How often kill kills each engine (default: ${DEFAULT-VALUE}).")
    private int kills = 2;

    @Option(names = "--seed", description = "Of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 20261123;

    @Option(
            names = "--engines",
            split = ",",
            description =
                    "Which, by their letters in TASK.md; by default e, and for kill d and e. Peers have neither window"
                            + " nor parallelism nor restore, and tell nothing of their state; only d of them goes on"
                            + " after a kill.")
    private List<String> letters = new ArrayList<>();

    @Option(
            names = "--out",
            description =
                    "Folder of growth.json and growth.md, and of what the runs need meanwhile (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bench-results");

    /** Made by picocli. */
    public GrowthCommand() {}

    /** What is to be run of an axis. */
    private record Plan(Axis axis, List<Engine> engines, List<Point> points) {}

    @Override
    public Integer call() throws Exception {
        List<Plan> plans;
        try {
            plans = plans();
        } catch (IllegalArgumentException | ArithmeticException e) {
            err.println("leadpulse: bench growth: " + e.getMessage());
            return UNUSABLE;
        }
        Path results = Files.createDirectories(folder.toAbsolutePath());
        Path work = Files.createTempDirectory(results, "work-");
        GrowthReport report = new GrowthReport(setting());
        GrowthRun run = new GrowthRun(Bench.home(), work, settings());
        for (Plan plan : plans) {
            if (plan.axis() == Axis.KILL) {
                kill(plan, run, report);
            } else {
                drain(plan, run, report);
            }
            // After each axis: a run of hours that ends by accident has something to show.
            report.write(results);
        }
        out.print(report.tables());
        if (!report.isWhole()) {
            err.println("leadpulse: bench growth: not all of it counts; logs and topics are left in " + work);
            return FAILED;
        }
        FileTree.delete(work);
        return 0;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (managedMib != null) {
            settings.put("managed_mib", String.valueOf(managedMib));
        }
        if (idlenessSeconds != null) {
            settings.put("idleness", idlenessSeconds + " s");
        }
        return settings;
    }

    private List<Plan> plans() {
        boolean isTooSmall = runs < 1
                || kills < 1
                || (managedMib != null && managedMib < 1)
                || (idlenessSeconds != null && idlenessSeconds < 1);
        if (isTooSmall || leadPoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "--runs, --kills, --managed-memory and --idleness are 1 or more, --lead-points are some");
        }
        Point.Base base = new Point.Base(events, leads, leadPoints, seed);
        List<Plan> plans = new ArrayList<>();
        for (Axis axis : Axis.of(only)) {
            List<String> usual = axis == Axis.KILL ? List.of("d", "e") : List.of("e");
            List<Engine> engines = Engines.of(letters.isEmpty() ? usual : letters).stream()
                    .filter(engine -> axis.isForPeers() || engine.letter().equals("e"))
                    // What begins anew shows nothing of its promise.
                    .filter(engine -> axis != Axis.KILL || engine.isContinued())
                    .toList();
            plans.add(new Plan(axis, engines, Point.of(axis, base)));
        }
        if (plans.stream().allMatch(plan -> plan.engines().isEmpty())) {
            throw new IllegalArgumentException("none of these engines has any of these axes");
        }
        return plans;
    }

    private String setting() {
        return "Seed %d; %d processors, Java %s; memory of RocksDB %s; silent topics are waited for %s; %d round(s)."
                .formatted(
                        seed,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        managedMib == null ? "as the live job has it" : managedMib + " MiB",
                        idlenessSeconds == null ? "as by the live job" : idlenessSeconds + " s",
                        runs);
    }

    private void drain(Plan plan, GrowthRun run, GrowthReport report)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Point> order = new ArrayList<>(plan.points());
        for (int round = 1; round <= runs; round++) {
            List<Measured> measured = new ArrayList<>();
            for (Point point : order) {
                for (Engine engine : plan.engines()) {
                    try {
                        Measured each = run.drain(point, engine, round);
                        measured.add(each);
                        err.println("%s %s (%s): %,.0f events a CPU second, %,.0f a second; right"
                                .formatted(
                                        plan.axis().wireName(),
                                        point.value(),
                                        engine.letter(),
                                        each.drain().eventsPerCpuSecond(),
                                        each.drain().eventsPerSecond()));
                    } catch (WrongResultsException | StackException | IOException e) {
                        fail(plan.axis(), point, engine, e, report);
                    }
                }
            }
            // In the order of the points, whatever the order of this round.
            for (Point point : plan.points()) {
                measured.stream().filter(each -> each.point().equals(point)).forEach(report::add);
            }
            Collections.reverse(order);
        }
    }

    private void kill(Plan plan, GrowthRun run, GrowthReport report)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (Point point : plan.points()) {
            for (Engine engine : plan.engines()) {
                try {
                    Killed each = run.kill(point, engine, kills);
                    report.add(each);
                    err.println("%s %s (%s): killed %d times, %,d records taken back; right"
                            .formatted(
                                    plan.axis().wireName(),
                                    point.value(),
                                    engine.letter(),
                                    each.kills(),
                                    each.abortedRecords()));
                } catch (WrongResultsException | StackException | IOException e) {
                    fail(plan.axis(), point, engine, e, report);
                }
            }
        }
    }

    private void fail(Axis axis, Point point, Engine engine, Exception why, GrowthReport report) {
        String what = "%s %s (%s): %s".formatted(axis.wireName(), point.value(), engine.letter(), why.getMessage());
        report.addFailure(what);
        err.println(what);
    }
}
