package io.leadpulse.local.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A page in Prometheus' text format, as read at one moment. */
public final class MetricsPage {
    /**
     * One series and its value.
     *
     * @param name name of the metric
     * @param labels its labels
     * @param value its value
     */
    private record Sample(String name, Map<String, String> labels, double value) {
        private boolean has(Map<String, String> wanted) {
            return labels.entrySet().containsAll(wanted.entrySet());
        }
    }

    private final List<Sample> samples;

    private MetricsPage(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if a line is none of that format
     */
    public static MetricsPage parse(String text) {
        return new MetricsPage(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(MetricsPage::sample)
                .toList());
    }

    /** Value of the only series with that name and, among others, these labels; empty if there is none or more than one. */
    public OptionalDouble value(String name, Map<String, String> labels) {
        double[] values = samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .mapToDouble(Sample::value)
                .toArray();
        return values.length == 1 ? OptionalDouble.of(values[0]) : OptionalDouble.empty();
    }

    /** Whether there is a series with that name and, among others, these labels. */
    public boolean has(String name, Map<String, String> labels) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name) && sample.has(labels));
    }

    /** Sum over all series with that name and, among others, these labels; 0 if there are none. */
    public double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Sample sample(String line) {
        int brace = line.indexOf('{');
        int nameEnd = brace >= 0 ? brace : line.indexOf(' ');
        if (nameEnd <= 0) {
            throw new IllegalArgumentException("no metric: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        int at = brace >= 0 ? labels(line, brace + 1, labels) : nameEnd;
        String[] rest = line.substring(at).strip().split(" ", -1);
        return new Sample(line.substring(0, nameEnd), labels, number(rest[0]));
    }

    /** Reads labels and returns the index behind the closing brace. */
    private static int labels(String line, int from, Map<String, String> labels) {
        int at = from;
        while (line.charAt(at) != '}') {
            int equals = line.indexOf('=', at);
            if (equals < 0 || equals + 1 >= line.length() || line.charAt(equals + 1) != '"') {
                throw new IllegalArgumentException("no label: " + line);
            }
            StringBuilder value = new StringBuilder();
            int next = equals + 2;
            while (line.charAt(next) != '"') {
                if (line.charAt(next) == '\\') {
                    next++;
                    value.append(line.charAt(next) == 'n' ? '\n' : line.charAt(next));
                } else {
                    value.append(line.charAt(next));
                }
                next++;
            }
            labels.put(line.substring(at, equals).strip(), value.toString());
            at = next + 1;
            if (line.charAt(at) == ',') {
                at++;
            }
        }
        return at + 1;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
