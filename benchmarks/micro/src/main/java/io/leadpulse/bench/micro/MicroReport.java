package io.leadpulse.bench.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures beside their targets, as a table and as JSON. */
final class MicroReport {
    private static final String DECODE = "decode.leadpulse";
    private static final String EVENT_ALONE = "event.alone";
    private static final double DECODE_NANOS = 600;
    /** The allocation of an operation is a mean of what threads say now and then. */
    private static final double BYTES_ROUNDING = 1.02;

    private final List<Figure> figures;
    private final String how;

    /**
     * A report.
     *
     * @param figures in the order of the table
     * @param how how they were measured, a sentence
     */
    MicroReport(List<Figure> figures, String how) {
        this.figures = List.copyOf(figures);
        this.how = how;
    }

    /** Writes {@code micro.json} and {@code micro.md}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("micro.json"), json());
        Files.writeString(folder.resolve("micro.md"), "# Micro benchmarks\n\n" + table());
    }

    /** A Markdown table. */
    String table() {
        StringBuilder table = new StringBuilder(how).append("\n\n");
        table.append("| benchmark | of | ns/op (error) | B/op | target | |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Figure each : figures) {
            table.append("| %s | %s | %s (%s) | %s | %s | %s |%n"
                    .formatted(
                            each.name(),
                            each.of(),
                            number(each.nanos()),
                            Double.isNaN(each.errorNanos()) ? "unknown" : number(each.errorNanos()),
                            number(each.bytes()),
                            target(each),
                            verdict(each)));
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%,.1f" : "%,.0f", value);
    }

    private String target(Figure figure) {
        if (!figure.name().equals(DECODE)) {
            return "";
        }
        OptionalDouble bytes = bytesOfEvent(figure.of());
        String nanos = number(DECODE_NANOS) + " ns";
        return bytes.isEmpty() ? nanos : nanos + ", the event's " + number(bytes.getAsDouble()) + " B";
    }

    private String verdict(Figure figure) {
        if (!figure.name().equals(DECODE)) {
            return "";
        }
        String time = verdict(figure.nanos(), DECODE_NANOS);
        OptionalDouble bytes = bytesOfEvent(figure.of());
        return bytes.isEmpty() ? time : time + ", " + verdict(figure.bytes(), bytes.getAsDouble() * BYTES_ROUNDING);
    }

    private static String verdict(double value, double target) {
        return value <= target ? "met" : String.format(Locale.ROOT, "missed %.1f times", value / target);
    }

    /** What the event itself takes of an input; empty where none is made of it, or it was not measured. */
    private OptionalDouble bytesOfEvent(String of) {
        return figures.stream()
                .filter(each -> each.name().equals(EVENT_ALONE) && each.of().equals(of))
                .mapToDouble(Figure::bytes)
                .findFirst();
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("how", how);
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        for (Figure each : figures) {
            ObjectNode node = root.withArray("figures")
                    .addObject()
                    .put("benchmark", each.name())
                    .put("of", each.of())
                    .put("nanos", each.nanos())
                    .put("bytes", each.bytes());
            if (!Double.isNaN(each.errorNanos())) {
                node.put("error_nanos", each.errorNanos());
            }
            if (each.name().equals(DECODE)) {
                node.put("target_nanos", DECODE_NANOS);
                bytesOfEvent(each.of()).ifPresent(bytes -> node.put("target_bytes", bytes));
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
    }
}
