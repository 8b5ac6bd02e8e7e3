package io.leadpulse.schemas.config;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A mapping that is read key by key. A key that is not there gives the fallback; a value that is wrong is reported and
 * gives the fallback too, so that reading goes on and every mistake is found. What was never asked for is unknown:
 * {@link #end()} reports it with the nearest known key.
 */
final class Section {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");

    /** So many letters say which key is meant by its beginning. */
    private static final int SHORTEST_BEGINNING = 3;

    private final ConfigNode node;
    /** The path with {@code []} for every index and {@code *} for every free key: how the documentation names it. */
    private final String documentedPath;

    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(ConfigNode node, String documentedPath, Problems problems) {
        this.node = node;
        this.documentedPath = documentedPath;
        this.problems = problems;
    }

    /** The root as a mapping; an empty one, with a problem, if it is none. */
    static Section root(ConfigNode node, Problems problems) {
        return of(node, "", problems);
    }

    private static Section of(ConfigNode node, String documentedPath, Problems problems) {
        if (node.is(ConfigNode.Kind.MAPPING)) {
            return new Section(node, documentedPath, problems);
        }
        problems.add(node, "a mapping (key: value)");
        return new Section(ConfigNode.emptyMapping(node.path(), node.line()), documentedPath, problems);
    }

    String path() {
        return node.path();
    }

    int line() {
        return node.line();
    }

    Problems problems() {
        return problems;
    }

    String pathOf(String key) {
        return ConfigNode.childPath(node.path(), key);
    }

    /** The line of a key, or of the section when the key is not there. */
    int lineOf(String key) {
        ConfigNode child = node.fields().get(key);
        return child == null ? node.line() : child.line();
    }

    boolean has(String key) {
        return node.fields().containsKey(key);
    }

    /** Reports the value of a key that is right in itself, but not beside the others. */
    void refuse(String key, String allowed) {
        ConfigNode child = node.fields().get(key);
        if (child == null) {
            problems.add(pathOf(key), "nothing", allowed, node.line());
        } else {
            problems.add(child, allowed);
        }
    }

    /** A text that is not blank. */
    String text(String key, String fallback) {
        return scalar(key, fallback, "a text", child -> {
            if (!child.is(ConfigNode.Kind.TEXT) || child.text().isBlank()) {
                throw new Refused(child.is(ConfigNode.Kind.NUMBER) ? "a text (quote it)" : "a text that is not blank");
            }
            return child.text();
        });
    }

    /** A text that must be there; null after a problem. */
    String requiredText(String key) {
        require(key, "a text");
        return text(key, null);
    }

    boolean flag(String key, boolean fallback) {
        return scalar(key, fallback, "true or false", child -> {
            if (!child.is(ConfigNode.Kind.BOOLEAN)) {
                throw new Refused();
            }
            return Boolean.valueOf(child.text());
        });
    }

    int integer(String key, int fallback, int min, int max) {
        return (int) (long) integerOrNull(key, (long) fallback, min, max);
    }

    /** A whole number in {@code min..max}; the fallback may be null. */
    Long integerOrNull(String key, Long fallback, long min, long max) {
        return scalar(key, fallback, "a whole number from " + min + " to " + max, child -> {
            if (!child.is(ConfigNode.Kind.NUMBER)
                    || !INTEGER.matcher(child.text()).matches()) {
                throw new Refused();
            }
            long value = Long.parseLong(child.text());
            if (value < min || value > max) {
                throw new Refused();
            }
            return value;
        });
    }

    /**
     * A number in {@code min..max} with at most {@code places} decimal places, as a whole number of its smallest parts
     * (with 3 places: thousandths). The fallback may be null.
     */
    Long scaled(String key, Long fallback, int places, String min, String max, String unit) {
        String allowed = "a number of " + unit + " from " + min + " to " + max
                + (places == 0 ? "" : " with at most " + places + " decimal places");
        return scalar(key, fallback, allowed, child -> {
            BigDecimal value = decimal(child);
            if (value.compareTo(new BigDecimal(min)) < 0
                    || value.compareTo(new BigDecimal(max)) > 0
                    || value.stripTrailingZeros().scale() > places) {
                throw new Refused();
            }
            return value.movePointRight(places).longValueExact();
        });
    }

    /** A finite number. */
    double number(String key, double fallback) {
        return scalar(key, fallback, "a number", child -> decimal(child).doubleValue());
    }

    /** One of the constants, written in lower case. */
    <E extends Enum<E>> E choice(String key, E fallback, Collection<E> constants) {
        Map<String, E> byName = new LinkedHashMap<>();
        constants.forEach(constant -> byName.put(constant.name().toLowerCase(Locale.ROOT), constant));
        return choice(key, fallback, byName);
    }

    /** One of the names. */
    <T> T choice(String key, T fallback, Map<String, T> byName) {
        return scalar(key, fallback, oneOf(byName.keySet()), child -> chosen(child, byName));
    }

    /** An instant in epoch milliseconds, from RFC 3339 with offset. */
    Long instantMillis(String key, Long fallback) {
        return scalar(key, fallback, Rfc3339.EXPECTED, child -> {
            long millis = Rfc3339.millis(child.text());
            if (!child.is(ConfigNode.Kind.TEXT) || millis == Fact.NO_TIME) {
                throw new Refused();
            }
            return millis;
        });
    }

    /** Any scalar that the parser accepts; it throws {@link Refused} otherwise. */
    <T> T scalar(String key, T fallback, String allowed, Function<ConfigNode, T> parser) {
        ask(key);
        ConfigNode child = node.fields().get(key);
        return child == null ? fallback : parsed(child, fallback, allowed, parser);
    }

    /** A section; empty when it is not there or has nothing below it. */
    Section section(String key) {
        ask(key);
        ConfigNode child = node.fields().get(key);
        if (child == null || child.is(ConfigNode.Kind.NOTHING)) {
            ConfigNode empty = ConfigNode.emptyMapping(pathOf(key), child == null ? node.line() : child.line());
            return new Section(empty, documented(key), problems);
        }
        return of(child, documented(key), problems);
    }

    /** Whether something is written at the key. */
    boolean gives(String key) {
        ask(key);
        ConfigNode child = node.fields().get(key);
        return child != null && !child.is(ConfigNode.Kind.NOTHING);
    }

    /** The items of a list; null when it is not there or has nothing below it. */
    List<ConfigNode> listOrNull(String key) {
        ask(key);
        ConfigNode child = node.fields().get(key);
        if (child == null || child.is(ConfigNode.Kind.NOTHING)) {
            return null;
        }
        if (!child.is(ConfigNode.Kind.LIST)) {
            problems.add(child, "a list (- item)");
            return null;
        }
        return child.items();
    }

    /** Sections in a list; empty when it is not there. */
    List<Section> sections(String key) {
        List<ConfigNode> items = listOrNull(key);
        return items == null
                ? List.of()
                : items.stream()
                        .map(item -> of(item, documented(key) + "[]", problems))
                        .toList();
    }

    /** Items of a list, each parsed; wrong ones are reported and left out. Null when the list is not there. */
    <T> List<T> itemsOrNull(String key, String allowed, Function<ConfigNode, T> parser) {
        List<ConfigNode> items = listOrNull(key);
        if (items == null) {
            return null;
        }
        List<T> values = new ArrayList<>();
        for (ConfigNode item : items) {
            T value = parsed(item, null, allowed, parser);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /**
     * Items of a list that are scalars or mappings, each parsed by its parser; wrong ones are reported and left out. Null
     * when the list is not there.
     */
    <T> List<T> itemsOrSectionsOrNull(
            String key, String allowed, Function<ConfigNode, T> scalars, Function<Section, T> mappings) {
        List<ConfigNode> items = listOrNull(key);
        if (items == null) {
            return null;
        }
        List<T> values = new ArrayList<>();
        for (ConfigNode item : items) {
            T value = item.is(ConfigNode.Kind.MAPPING)
                    ? mappings.apply(of(item, documented(key) + "[]", problems))
                    : parsed(item, null, allowed, scalars);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Texts of a list that are not blank and not twice; null when the list is not there. */
    List<String> textsOrNull(String key) {
        Set<String> seen = new TreeSet<>();
        return itemsOrNull(key, "a text that is not blank and not twice", child -> {
            if (!child.is(ConfigNode.Kind.TEXT) || child.text().isBlank() || !seen.add(child.text())) {
                throw new Refused();
            }
            return child.text();
        });
    }

    /** The values of a mapping whose keys are free, each parsed; wrong ones are reported and left out. */
    <T> Map<String, T> entries(String allowed, Function<ConfigNode, T> parser) {
        Map<String, T> values = new LinkedHashMap<>();
        askAll();
        node.fields().forEach((key, child) -> {
            T value = parsed(child, null, allowed, parser);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    /** The sections of a mapping whose keys are free. */
    Map<String, Section> entrySections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        askAll();
        node.fields().forEach((key, child) -> sections.put(key, of(child, documented("*"), problems)));
        return sections;
    }

    /** Reports a key that must be there and is not. */
    void require(String key, String allowed) {
        if (!node.fields().containsKey(key)) {
            problems.add(pathOf(key), "nothing", allowed + " (required)", node.line());
        }
    }

    /** Reports every key that nobody asked for. */
    void end() {
        if (problems.toleratesUnknownKeys()) {
            return;
        }
        node.fields().forEach((key, child) -> {
            if (!asked.contains(key)) {
                problems.add(
                        child.path(),
                        ConfigProblem.UNKNOWN_KEY,
                        nearest(key, asked) + "one of " + String.join(", ", asked),
                        child.line());
            }
        });
    }

    static final String DATE_ALLOWED = "a date of 1970 to 2199, such as 2026-03-21";

    static Long epochDay(ConfigNode child) {
        long epochDay = Rfc3339.epochDay(child.text());
        if (epochDay == Fact.NO_TIME) {
            throw new Refused();
        }
        return epochDay;
    }

    /** A finite decimal. */
    static BigDecimal decimal(ConfigNode child) {
        if (!child.is(ConfigNode.Kind.NUMBER) || !DECIMAL.matcher(child.text()).matches()) {
            throw new Refused();
        }
        return new BigDecimal(child.text());
    }

    static <T> T chosen(ConfigNode child, Map<String, T> byName) {
        T value = byName.get(child.text());
        if (value == null) {
            throw new Refused(nearest(child.text(), byName.keySet()) + oneOf(byName.keySet()));
        }
        return value;
    }

    static String oneOf(Collection<String> names) {
        return "one of " + String.join(", ", names);
    }

    private <T> T parsed(ConfigNode child, T fallback, String allowed, Function<ConfigNode, T> parser) {
        try {
            return parser.apply(child);
        } catch (Refused refused) {
            problems.add(child, refused.getMessage() == null ? allowed : refused.getMessage());
            return fallback;
        }
    }

    private void ask(String key) {
        asked.add(key);
        problems.know(documented(key));
    }

    private void askAll() {
        asked.addAll(node.fields().keySet());
        problems.know(documented("*"));
    }

    private String documented(String key) {
        return documentedPath.isEmpty() ? key : documentedPath + "." + key;
    }

    /** "did you mean x? " if one of the names is near, else nothing. */
    static String nearest(String written, Collection<String> names) {
        int near = Math.max(2, written.length() / 3);
        return names.stream()
                .filter(name -> distance(written, name) <= near
                        || (written.length() >= SHORTEST_BEGINNING && name.startsWith(written)))
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
    }

    /** Levenshtein's distance; long texts are no typing errors. */
    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > 10) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    /** A value that is not allowed; the message, if there is one, says better what is. */
    static final class Refused extends RuntimeException {
        Refused() {
            super(null, null, false, false);
        }

        Refused(String allowed) {
            super(allowed, null, false, false);
        }
    }
}
