package io.leadpulse.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.bench.drain.Drain;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What came of the measured runs: numbers of each engine, and how many times those of the plain loop and of Leadpulse they are. */
public final class Report {
    private static final String PLAIN = "a";
    private static final String LEADPULSE = "e";
    private static final double MILLION = 1e6;

    private final WorkloadSpec spec;
    private final List<Engine> engines;
    private final List<Drain> drains;

    /**
     * A report.
     *
     * @param engines all that ran
     * @param drains their measured runs, at least one of each
     */
    public Report(WorkloadSpec spec, List<Engine> engines, List<Drain> drains) {
        this.spec = spec;
        this.engines = List.copyOf(engines);
        this.drains = List.copyOf(drains);
    }

    /** Writes {@code results.json} and {@code results.md}. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), json());
        Files.writeString(folder.resolve("results.md"), "# SalesBench\n\n" + table());
    }

    /** The numbers as a Markdown table, with what they are of. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(
                "%,d records, %,d leads, seed %d; %d runs of each, in turn, after a warm-up; %d processors, Java %s.%n"
                        .formatted(
                                spec.records(),
                                spec.leads(),
                                spec.seed(),
                                drains.size() / engines.size(),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("java.version")));
        table.append("All results of every run were the oracle's. Median (least, most).%n%n".formatted());
        table.append(
                "| engine | events per CPU second | to (a) | to (e) | events per second | to (a) | to (e) | results |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        for (Engine engine : engines) {
            Spread cpu = spread(engine.letter(), Drain::eventsPerCpuSecond);
            Spread wall = spread(engine.letter(), Drain::eventsPerSecond);
            table.append("| (%s) %s | %s | %s | %s | %s | %s | %s | %,.0f |%n"
                    .formatted(
                            engine.letter(),
                            engine.title(),
                            numbers(cpu),
                            ratio(engine.letter(), PLAIN, Drain::eventsPerCpuSecond),
                            ratio(engine.letter(), LEADPULSE, Drain::eventsPerCpuSecond),
                            numbers(wall),
                            ratio(engine.letter(), PLAIN, Drain::eventsPerSecond),
                            ratio(engine.letter(), LEADPULSE, Drain::eventsPerSecond),
                            spread(engine.letter(), Drain::resultRecords).median()));
        }
        return table.toString();
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("records", spec.records()).put("leads", spec.leads()).put("seed", spec.seed());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        for (Engine engine : engines) {
            ObjectNode each = root.withObject("engines").putObject(engine.letter());
            each.put("title", engine.title());
            put(each.putObject("events_per_cpu_second"), engine.letter(), Drain::eventsPerCpuSecond);
            put(each.putObject("events_per_second"), engine.letter(), Drain::eventsPerSecond);
        }
        for (Drain drain : drains) {
            root.withArray("runs")
                    .addObject()
                    .put("engine", drain.engine())
                    .put("events", drain.events())
                    .put("cpu_millis", Math.round(drain.cpuNanos() / MILLION))
                    .put("wall_millis", Math.round(drain.wallNanos() / MILLION))
                    .put("result_records", drain.resultRecords());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
    }

    private void put(ObjectNode node, String engine, ToDoubleFunction<Drain> number) {
        Spread spread = spread(engine, number);
        node.put("median", spread.median()).put("min", spread.min()).put("max", spread.max());
        for (String other : List.of(PLAIN, LEADPULSE)) {
            if (ran(other)) {
                node.put(
                        "ratio_to_" + other,
                        spread.median() / spread(other, number).median());
            }
        }
    }

    private String ratio(String engine, String other, ToDoubleFunction<Drain> number) {
        return ran(other)
                ? String.format(
                        Locale.ROOT,
                        "%.3f",
                        spread(engine, number).median() / spread(other, number).median())
                : "";
    }

    private boolean ran(String engine) {
        return drains.stream().anyMatch(drain -> drain.engine().equals(engine));
    }

    private Spread spread(String engine, ToDoubleFunction<Drain> number) {
        return Spread.of(drains.stream()
                .filter(drain -> drain.engine().equals(engine))
                .map(number::applyAsDouble)
                .toList());
    }

    private static String numbers(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f, %,.0f)", spread.median(), spread.min(), spread.max());
    }
}
