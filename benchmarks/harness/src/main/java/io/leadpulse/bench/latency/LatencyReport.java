package io.leadpulse.bench.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of it: percentiles of each engine at each rate, as a table and as JSON. */
final class LatencyReport {
    private static final double MICROS = 1e3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final LatencyPlan plan;
    private final Map<String, Integer> sustainable;
    private final List<String> states;
    private final List<Latency> measured;

    /**
     * A report.
     *
     * @param sustainable the rates that engines sustain, by letter, as far as they were asked for
     * @param states what engines held in state, a sentence each
     */
    LatencyReport(LatencyPlan plan, Map<String, Integer> sustainable, List<String> states, List<Latency> measured) {
        this.states = List.copyOf(states);
        this.plan = plan;
        this.sustainable = new TreeMap<>(sustainable);
        this.measured = List.copyOf(measured);
    }

    /** Writes {@code latency.json} and {@code latency.md}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("latency.json"), json());
        Files.writeString(folder.resolve("latency.md"), "# SalesBench: latency\n\n" + table());
    }

    /** The numbers as a Markdown table, with what they are of. */
    String table() {
        StringBuilder table = new StringBuilder();
        table.append(
                "Milliseconds from when a record was to be sent until its result had been read, over %d s after %d s of warm-up."
                        .formatted(plan.seconds(), plan.warmUpSeconds()));
        table.append(" Every probe was seen; %d leads or more, seed %d; %d processors, Java %s.%n"
                .formatted(
                        plan.leads(),
                        plan.seed(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version")));
        sustainable.forEach((letter, rate) -> table.append("(%s) %s %,d records a second.%n"
                .formatted(
                        letter, plan.sustainable().containsKey(letter) ? "is said to sustain" : "kept up with", rate)));
        WorkloadSpec history = plan.historyOrNull();
        if (history != null) {
            table.append("Before that %,d records of history of %,d leads or fewer were worked off.%n"
                    .formatted(history.events(), history.leads()));
        }
        states.forEach(each -> table.append(each).append('\n'));
        if (measured.stream().anyMatch(each -> each.what().isOnMetrics())) {
            table.append("%s was read again %d ms after each answer.%n"
                    .formatted(plan.isNamed() ? "One metric of /metrics" : "/metrics", MetricsWatch.PAUSE_MILLIS));
        }
        table.append("%n| engine | records/s | result | n | p50 | p90 | p99 | p99.9 | max |%n".formatted());
        table.append("|---|---|---|---|---|---|---|---|---|\n");
        for (Latency each : measured) {
            table.append("| (%s) %s | %s | %s | %,d |"
                    .formatted(
                            each.engine(),
                            each.title(),
                            rate(each),
                            each.what().words(),
                            each.micros().getTotalCount()));
            for (double percentile : PERCENTILES) {
                table.append(" %s |".formatted(millis(each.micros().getValueAtPercentile(percentile))));
            }
            table.append(" %s |%n".formatted(millis(each.micros().getMaxValue())));
        }
        return table.toString();
    }

    /** One measurement in a line. */
    static String line(Latency each) {
        return "(%s) %s, %s records a second, %s: n %,d, p50 %s ms, p99 %s ms, max %s ms"
                .formatted(
                        each.engine(),
                        each.title(),
                        rate(each),
                        each.what().words(),
                        each.micros().getTotalCount(),
                        millis(each.micros().getValueAtPercentile(50)),
                        millis(each.micros().getValueAtPercentile(99)),
                        millis(each.micros().getMaxValue()));
    }

    private static String rate(Latency each) {
        return each.percent() == 0
                ? "%,d".formatted(each.perSecond())
                : "%,d (%d %%)".formatted(each.perSecond(), each.percent());
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%,.1f", micros / MICROS);
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("seconds", plan.seconds()).put("warm_up_seconds", plan.warmUpSeconds());
        root.put("leads", plan.leads()).put("seed", plan.seed());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        ObjectNode rates = root.putObject("sustainable_per_second");
        sustainable.forEach(rates::put);
        if (plan.historyOrNull() != null) {
            root.put("history_records", plan.historyOrNull().events())
                    .put("history_leads", plan.historyOrNull().leads());
            states.forEach(root.putArray("states")::add);
        }
        for (Latency each : measured) {
            ObjectNode node = root.withArray("latencies").addObject();
            node.put("engine", each.engine()).put("title", each.title()).put("records_per_second", each.perSecond());
            if (each.percent() > 0) {
                node.put("percent_of_sustainable", each.percent());
            }
            node.put("what", each.what().name().toLowerCase(Locale.ROOT))
                    .put("count", each.micros().getTotalCount());
            for (double percentile : PERCENTILES) {
                node.put(
                        "p" + String.valueOf(percentile).replaceAll("\\.0$", "").replace('.', '_') + "_millis",
                        each.micros().getValueAtPercentile(percentile) / MICROS);
            }
            node.put("max_millis", each.micros().getMaxValue() / MICROS);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
    }
}
