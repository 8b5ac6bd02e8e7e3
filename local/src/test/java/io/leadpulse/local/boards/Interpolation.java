package io.leadpulse.local.boards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values into queries as Grafana does: a board's variables, asked of the store in their order, in the formats
 * {@code raw} and {@code sqlstring}, and the macros of time. What it does not know it refuses.
 */
final class Interpolation {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::(\\w+))?}");
    private static final String TIME_FILTER = "$__timeFilter(";
    /** Grafana takes the larger of step and scrape interval plus, and of four scrape intervals. */
    private static final String RATE_INTERVAL = "20s";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Instant from;
    private final Instant to;

    /** Time range that {@code $__timeFilter} means. */
    Interpolation(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The variables of a board as it opens: what its file says is chosen, else the first value found.
     *
     * @param chosen values given in the address, by name
     */
    void ask(Board board, Connection store, Map<String, String> chosen) throws SQLException {
        for (var variable : board.variables()) {
            String name = variable.path("name").asText();
            switch (variable.path("type").asText()) {
                case "datasource" ->
                    values.put(name, variable.path("current").path("value").asText());
                case "custom" ->
                    values.put(
                            name,
                            chosen.getOrDefault(
                                    name, variable.path("current").path("value").asText()));
                case "query" -> {
                    String found = first(store, sql(variable.path("query").asText()));
                    boolean isShown = variable.path("hide").asInt() == 0;
                    String preset = variable.path("current").path("value").asText("");
                    values.put(name, isShown ? chosen.getOrDefault(name, preset.isEmpty() ? found : preset) : found);
                }
                default -> throw new IllegalStateException("a kind of variable not known here: " + name);
            }
        }
    }

    private static String first(Connection store, String sql) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no value for " + sql);
            }
            boolean isPair = rows.getMetaData().getColumnCount() > 1;
            return isPair ? rows.getString("__value") : rows.getString(1);
        }
    }

    /** A query of the store with values in it. */
    String sql(String text) {
        String filtered = text;
        int at = filtered.indexOf(TIME_FILTER);
        while (at >= 0) {
            int end = closing(filtered, at + TIME_FILTER.length());
            String column = filtered.substring(at + TIME_FILTER.length(), end);
            filtered = filtered.substring(0, at) + column + " between '" + from + "' and '" + to + "'"
                    + filtered.substring(end + 1);
            at = filtered.indexOf(TIME_FILTER);
        }
        return checked(replaced(filtered, value -> value.replace("'", "''")));
    }

    /** A query of Prometheus with values in it. */
    String prom(String text) {
        return checked(replaced(text, value -> value.replace("\\", "\\\\").replace("'", "\\\\'"))
                .replace("$__rate_interval", RATE_INTERVAL));
    }

    private String replaced(String text, UnaryOperator<String> plain) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("variable " + found.group(1) + " is not declared");
            }
            String format = found.group(2) == null ? "" : found.group(2);
            return Matcher.quoteReplacement(
                    switch (format) {
                        case "" -> plain.apply(value);
                        case "raw" -> value;
                        case "sqlstring" -> "'" + value.replace("'", "''") + "'";
                        default -> throw new IllegalStateException("format not known here: " + format);
                    });
        });
    }

    private static int closing(String text, int start) {
        int open = 1;
        int at = start;
        while (open > 0) {
            char each = text.charAt(at++);
            open += each == '(' ? 1 : each == ')' ? -1 : 0;
        }
        return at - 1;
    }

    /** $1 and the like in label_replace are Prometheus' own. */
    private static String checked(String text) {
        if (text.matches("(?s).*\\$(?!\\d).*")) {
            throw new IllegalStateException("not all is filled in: " + text);
        }
        return text;
    }
}
