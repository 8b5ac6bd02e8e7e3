package io.leadpulse.bench.micro;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command; {@code ./leadpulse bench micro} calls it. */
@Command(
        name = "bench micro",
        mixinStandardHelpOptions = true,
        description = "Measures what single parts of Leadpulse cost (decode, score, calendar, combiner), by JMH, in"
                + " processes of their own, and prints it beside the targets. Exit code 1 if any result is wrong.")
public final class MicroMain implements Callable<Integer> {
    private static final String BENCHMARK = "Benchmark.";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int FAILED = 1;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    @Option(
            names = "--quick",
            description =
                    "One process and 4.5 seconds for each, which takes some five minutes; else three and 10 seconds each.")
    private boolean isQuick;

    @Option(names = "--out", description = "Folder of micro.json and micro.md (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bench-results");

    @Parameters(
            arity = "0..*",
            paramLabel = "PATTERN",
            description = "Only those whose class and method contain one of these regular expressions, such as Decode.")
    private List<String> patterns = List.of();

    private MicroMain() {}

    public static void main(String[] arguments) {
        // Numbers are written in the default locale: digits must be those that everybody reads.
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new MicroMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Figure> figures = new ArrayList<>();
        try {
            // Standard output is the table's.
            OutputFormat progress = OutputFormatFactory.createFormatInstance(err, VerboseMode.NORMAL);
            Collection<RunResult> results = new Runner(options().build(), progress).run();
            results.forEach(each -> figures.add(figure(each)));
        } catch (RunnerException e) {
            err.println("leadpulse: bench micro: " + e.getMessage());
            return FAILED;
        }
        MicroReport report = new MicroReport(figures, how());
        report.write(folder.toAbsolutePath());
        out.print(report.table());
        return 0;
    }

    private ChainedOptionsBuilder options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(isQuick ? 1 : 3)
                .warmupIterations(isQuick ? 4 : 5)
                .measurementIterations(isQuick ? 10 : 5)
                .warmupTime(isQuick ? TimeValue.milliseconds(500) : TimeValue.seconds(1))
                .measurementTime(isQuick ? TimeValue.milliseconds(250) : TimeValue.seconds(1))
                // The same collector as the engines of SalesBench.
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC")
                .addProfiler(GCProfiler.class)
                // A wrong result ends all: what else was measured might be wrong as well.
                .shouldFailOnError(true);
        patterns.forEach(options::include);
        return options;
    }

    private String how() {
        return "JMH, mean time, one thread, %s; %d processors, Java %s. Every result was checked before it was measured."
                .formatted(
                        isQuick
                                ? "one process, 10 iterations of 0.25 s after 2 s"
                                : "three processes, 5 iterations of 1 s after 5 s",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"));
    }

    private static Figure figure(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        BenchmarkParams params = result.getParams();
        List<String> of = new ArrayList<>();
        params.getParamsKeys().forEach(key -> of.add(params.getParam(key)));
        return new Figure(
                name(params.getBenchmark()),
                String.join(", ", of),
                time.getScore(),
                time.getScoreError(),
                result.getSecondaryResults().get(ALLOCATED).getScore());
    }

    /** {@code io.leadpulse.bench.micro.DecodeBenchmark.leadpulse} is {@code decode.leadpulse}. */
    private static String name(String benchmark) {
        String named = benchmark.substring(MicroMain.class.getPackageName().length() + 1);
        return named.replace(BENCHMARK, ".").substring(0, 1).toLowerCase(Locale.ROOT)
                + named.replace(BENCHMARK, ".").substring(1);
    }
}
