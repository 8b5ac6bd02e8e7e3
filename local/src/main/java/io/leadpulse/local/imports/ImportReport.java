package io.leadpulse.local.imports;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of every row of an import: it became records, or it is listed here with its file, line and reason. For
 * every file rows = converted + reported.
 */
public final class ImportReport {

    /** A row that did not become events. */
    public record Problem(String file, long line, RowReason reason, String message) {}

    /** Rows of one file. */
    public record Rows(long read, long reported) {
        /** Rows that became records. */
        public long converted() {
            return read - reported;
        }
    }

    private final Map<String, Rows> files = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Long> notes = new LinkedHashMap<>();
    private final Map<String, Long> recordsByKind = new TreeMap<>();

    void converted(String file) {
        files.merge(file, new Rows(1, 0), ImportReport::plus);
    }

    void reported(Problem problem) {
        files.merge(problem.file(), new Rows(1, 1), ImportReport::plus);
        problems.add(problem);
    }

    void record(String kind) {
        recordsByKind.merge(kind, 1L, Long::sum);
    }

    /** Counts something worth knowing about rows, whether converted or reported. */
    void note(String what) {
        note(what, 1);
    }

    void note(String what, long count) {
        if (count > 0) {
            notes.merge(what, count, Long::sum);
        }
    }

    /** Rows by file, in reading order. */
    public Map<String, Rows> files() {
        return Map.copyOf(files);
    }

    /** The rows that were not converted, in reading order. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Rows that were not converted, by reason. */
    public Map<RowReason, Long> problemsByReason() {
        return problems.stream()
                .collect(Collectors.groupingBy(
                        Problem::reason, () -> new EnumMap<>(RowReason.class), Collectors.counting()));
    }

    /** What was met and mended, or left out, in all rows, by what it was. */
    public Map<String, Long> notes() {
        return Map.copyOf(notes);
    }

    /** Records written, by kind of event or topic of configuration. */
    public Map<String, Long> recordsByKind() {
        return Map.copyOf(recordsByKind);
    }

    /** Prints every row that was not converted, then notes and totals; the summary stands last, on one line. */
    public void print(PrintStream out) {
        for (Problem problem : problems) {
            out.println(problem.file() + ":" + problem.line() + ": "
                    + problem.reason().reportName() + ": " + problem.message());
        }
        notes.forEach((what, count) -> out.println("note: " + count + " " + what));
        recordsByKind.forEach((kind, count) -> out.println("records: " + count + " " + kind));
        files.forEach((file, rows) -> out.println("rows: " + file + ": " + sum(rows)));
        out.println(summary());
    }

    /** The totals on one line. */
    public String summary() {
        Rows total = files.values().stream().reduce(new Rows(0, 0), ImportReport::plus);
        String reasons = problemsByReason().entrySet().stream()
                .map(entry -> entry.getKey().reportName() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        long records =
                recordsByKind.values().stream().mapToLong(Long::longValue).sum();
        return "imported: " + sum(total) + (reasons.isEmpty() ? "" : " (" + reasons + ")") + "; " + records
                + " records written";
    }

    private static String sum(Rows rows) {
        return rows.read() + " rows = " + rows.converted() + " converted + " + rows.reported() + " reported";
    }

    private static Rows plus(Rows a, Rows b) {
        return new Rows(a.read() + b.read(), a.reported() + b.reported());
    }
}
