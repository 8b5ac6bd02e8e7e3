package io.leadpulse.bench.growth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.bench.drain.Drain;
import io.leadpulse.bench.growth.JobStats.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What came of all points: a table an axis, and all of it as JSON. */
final class GrowthReport {
    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.99;
    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;
    private static final int PERCENT = 100;

    private final String setting;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Killed> killed = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param setting what all points have in common, a sentence
     */
    GrowthReport(String setting) {
        this.setting = setting;
    }

    void add(Measured point) {
        measured.add(point);
    }

    void add(Killed engine) {
        killed.add(engine);
    }

    /** Something that counts nothing, and why. */
    void addFailure(String what) {
        failures.add(what);
    }

    /** Whether every point counts, and every kill shows something. */
    boolean isWhole() {
        return failures.isEmpty() && killed.stream().allMatch(Killed::isProof);
    }

    /** Writes {@code growth.json} and {@code growth.md}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("growth.json"), json());
        Files.writeString(folder.resolve("growth.md"), "# Growth\n\n" + tables());
    }

    /** A Markdown table for each axis that has a point. */
    String tables() {
        StringBuilder text = new StringBuilder();
        text.append(setting).append(" All results of every point shown were the oracle's.\n");
        for (Axis axis : Axis.values()) {
            List<Measured> points = of(axis);
            if (!points.isEmpty()) {
                text.append("\n## %s: %s%n%n".formatted(axis.title(), axis.meaning()));
                speed(points, text);
                state(points, text);
            }
        }
        if (!killed.isEmpty()) {
            text.append("\n## %s: %s%n%n".formatted(Axis.KILL.title(), Axis.KILL.meaning()));
            killed(text);
        }
        if (!failures.isEmpty()) {
            text.append("\n## Counts nothing\n\n");
            failures.forEach(each -> text.append("* ").append(each).append('\n'));
        }
        return text.toString();
    }

    private List<Measured> of(Axis axis) {
        return measured.stream().filter(each -> each.point().axis() == axis).toList();
    }

    private void speed(List<Measured> points, StringBuilder text) {
        text.append(
                "| value | engine | events | leads | events per CPU second | to the first | events per second | to the first |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (Measured each : points) {
            Drain base = base(points, each).drain();
            text.append("| %s | %s | %,d | %,d | %,.0f | %.2f | %,.0f | %.2f |%n"
                    .formatted(
                            each.point().value(),
                            each.drain().engine(),
                            each.drain().events(),
                            each.leads(),
                            each.drain().eventsPerCpuSecond(),
                            each.drain().eventsPerCpuSecond() / base.eventsPerCpuSecond(),
                            each.drain().eventsPerSecond(),
                            each.drain().eventsPerSecond() / base.eventsPerSecond()));
        }
    }

    /** The first point of the same engine and the same round. */
    private static Measured base(List<Measured> points, Measured of) {
        return points.stream()
                .filter(each -> each.drain().engine().equals(of.drain().engine()) && each.round() == of.round())
                .findFirst()
                .orElse(of);
    }

    private static void state(List<Measured> points, StringBuilder text) {
        List<Measured> telling = points.stream()
                .filter(each -> !each.stats().checkpoints().isEmpty())
                .toList();
        if (telling.isEmpty()) {
            return;
        }
        text.append(
                "\n| value | checkpoints | p50, p99 ms | records a second less meanwhile | state MiB | bytes a lead, leads alone | all | RocksDB operations an event,"
                        + " leads | rollups | others | steps of iterators |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Measured each : telling) {
            JobStats stats = each.stats();
            double events = each.drain().events();
            text.append("| %s | %d | %,d, %,d | %s | %.1f | %,d | %,d | %.2f | %.3f | %.2f | %.2f |%n"
                    .formatted(
                            each.point().value(),
                            stats.checkpoints().size(),
                            stats.checkpointMillis(MEDIAN),
                            stats.checkpointMillis(NEARLY_ALL),
                            dip(stats),
                            stats.fullBytes() / MIB,
                            each.leadBytes(),
                            stats.fullBytes() / each.leads(),
                            stats.operationsOf(JobStats.LEADS).all() / events,
                            stats.operationsOf(JobStats.ROLLUPS).all() / events,
                            stats.ofOthers().all() / events,
                            steps(stats) / events));
        }
        for (Measured each : telling) {
            JobStats restored = each.restoredOrNull();
            if (restored != null) {
                text.append("%nStarted again, all tasks had their %.1f MiB of state after %,d ms.%n"
                        .formatted(restored.restoredBytes() / MIB, restored.runningAfterMillis()));
            }
        }
    }

    private static String dip(JobStats stats) {
        Double dip = JobStats.dip(stats.checkpoints());
        return dip == null ? "" : "%.0f %%".formatted(dip * PERCENT);
    }

    private static long steps(JobStats stats) {
        return stats.rocksdb().values().stream().mapToLong(Operations::steps).sum();
    }

    private void killed(StringBuilder text) {
        text.append(
                "| engine | events | killed | committed records | written, never to be read | first result after a start, ms | wall, s | shows it |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (Killed each : killed) {
            text.append("| %s | %,d | %d | %,d | %,d | %s | %.1f | %s |%n"
                    .formatted(
                            each.engine(),
                            each.events(),
                            each.kills(),
                            each.committedRecords(),
                            each.abortedRecords(),
                            each.firstResultMillis().stream()
                                    .map(millis -> "%,d".formatted(millis))
                                    .collect(Collectors.joining("; ")),
                            each.wallMillis() / 1e3,
                            each.isProof() ? "yes" : "no: nothing was taken back"));
        }
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("setting", setting);
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        ObjectNode axes = root.putObject("axes");
        Arrays.stream(Axis.values()).filter(axis -> !of(axis).isEmpty()).forEach(axis -> {
            ArrayNode points = axes.putArray(axis.wireName());
            of(axis).forEach(each -> put(points.addObject(), each));
        });
        for (Killed each : killed) {
            ObjectNode node = root.withArray("killed")
                    .addObject()
                    .put("engine", each.engine())
                    .put("events", each.events())
                    .put("kills", each.kills())
                    .put("committed_records", each.committedRecords())
                    .put("aborted_records", each.abortedRecords())
                    .put("wall_millis", each.wallMillis());
            each.firstResultMillis().forEach(node.putArray("first_result_millis")::add);
        }
        failures.forEach(root.putArray("counts_nothing")::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
    }

    private static void put(ObjectNode node, Measured point) {
        Drain drain = point.drain();
        node.put("value", point.point().value())
                .put("engine", drain.engine())
                .put("round", point.round())
                .put("events", drain.events())
                .put("leads_allowed", point.point().spec().leads())
                .put("leads", point.leads())
                .put("cpu_millis", Math.round(drain.cpuNanos() / MILLION))
                .put("wall_millis", Math.round(drain.wallNanos() / MILLION))
                .put("result_records", drain.resultRecords());
        put(node, point.stats());
        if (point.restoredOrNull() != null) {
            node.putObject("restored")
                    .put("bytes", point.restoredOrNull().restoredBytes())
                    .put("running_after_millis", point.restoredOrNull().runningAfterMillis());
        }
    }

    private static void put(ObjectNode node, JobStats stats) {
        node.put("failed_checkpoints", stats.failedCheckpoints());
        ArrayNode checkpoints = node.putArray("checkpoints");
        for (JobStats.Checkpoint each : stats.checkpoints()) {
            checkpoints
                    .addObject()
                    .put("millis", each.millis())
                    .put("full_bytes", each.fullBytes())
                    .put("written_bytes", each.writtenBytes())
                    .put("intake_millis", each.within().millis())
                    .put("intake_records", each.within().records())
                    .put("intake_millis_before", each.before().millis())
                    .put("intake_records_before", each.before().records());
        }
        ObjectNode tasks = node.putObject("task_bytes");
        stats.taskBytes().forEach(tasks::put);
        ObjectNode rocks = node.putObject("rocksdb");
        stats.rocksdb().forEach((task, each) -> rocks.putObject(task)
                .put("reads", each.reads())
                .put("writes", each.writes())
                .put("seeks", each.seeks())
                .put("steps", each.steps()));
    }
}
