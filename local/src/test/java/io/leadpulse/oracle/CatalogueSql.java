package io.leadpulse.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The measures of the catalogue, computed anew by SQL over all events of a history, and compared with the sums that a
 * replay published, row by row and both ways.
 *
 * <p>The statements stand in {@code catalogue/*.sql} among the test resources, one file an area. {@code tables.sql} says
 * which tables they find. A statement that begins with {@code SELECT} or {@code WITH} gives rows of {@code scope, measure,
 * dimension, day, value}; above it a line {@code -- measures: a, b} names its measures, so that one which gives no row at
 * all is still compared. The day is a date, or NULL for what has none ("now"), or the text of another pane. Rows of
 * value 0 are as if they were not there.
 */
public final class CatalogueSql implements AutoCloseable {
    /** The files, in the order in which they are run; a view of one can be read by those after it. */
    private static final List<String> AREAS = List.of("activity.sql", "campaign.sql", "pipeline.sql");

    private static final String TABLES = "tables.sql";
    private static final String MEASURES = "-- measures:";
    private static final String ROLLUPS = "sales.rollups.v1.ndjson";
    private static final String PROFILES = "lead.profiles.v1.ndjson";
    /** The fields of a profile that say what brought the lead, by the prefix of that source's scope. */
    private static final Map<String, String> SOURCES = Map.of(
            "campaign",
            "first_campaign",
            "channel",
            "first_channel",
            "last_campaign",
            "last_campaign",
            "last_channel",
            "last_channel",
            "landing",
            "landing_page",
            "form",
            "first_form",
            "asset",
            "first_asset");

    private static final String TOTAL = "total";
    private static final String NOW = "now";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIFFERENCES_SHOWN = 40;

    private final Connection connection;
    private final OracleConfig config;
    private final Set<String> measures = new TreeSet<>();
    private final Map<String, Long> rows = new TreeMap<>();

    /** Computes everything that the files of all areas ask for. */
    CatalogueSql(HistoryOracle history, OracleConfig config, Instant asOf) throws SQLException, IOException {
        this(history, config, asOf, texts());
    }

    /** Computes what these texts ask for; each is a file's. */
    CatalogueSql(HistoryOracle history, OracleConfig config, Instant asOf, List<String> areas)
            throws SQLException, IOException {
        this.config = config;
        connection = DriverManager.getConnection("jdbc:h2:mem:;NON_KEYWORDS=DAY,VALUE");
        execute("CREATE CONSTANT company_zone VALUE '" + config.zone() + "'");
        execute("CREATE CONSTANT as_of_millis VALUE CAST(" + asOf.toEpochMilli() + " AS BIGINT)");
        for (String statement : statements(resource(TABLES))) {
            execute(statement);
        }
        new CatalogueTables(connection, config).fill(history);
        for (String area : areas) {
            for (String statement : statements(area)) {
                run(statement);
            }
        }
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String area : AREAS) {
            texts.add(resource(area));
        }
        return texts;
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = CatalogueSql.class.getResourceAsStream("/catalogue/" + name)) {
            if (file == null) {
                throw new IOException("no catalogue/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A statement ends with a semicolon at the end of a line. */
    private static List<String> statements(String text) {
        return Arrays.stream(text.split(";[ \\t]*(\\R|$)"))
                .filter(statement -> statement.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--")))
                .toList();
    }

    private void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void run(String statement) throws SQLException {
        String first = statement
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .findFirst()
                .orElseThrow();
        if (!first.startsWith("SELECT") && !first.startsWith("WITH")) {
            execute(statement);
            return;
        }
        Set<String> declared = new TreeSet<>();
        statement
                .lines()
                .filter(line -> line.startsWith(MEASURES))
                .forEach(line -> declared.addAll(
                        Arrays.asList(line.substring(MEASURES.length()).trim().split(",\\s*"))));
        measures.addAll(declared);
        try (PreparedStatement sql = connection.prepareStatement(statement);
                ResultSet row = sql.executeQuery()) {
            while (row.next()) {
                String measure = row.getString("measure");
                if (!declared.contains(measure)) {
                    throw new IllegalArgumentException(
                            "a statement gives " + measure + ", which it does not name: " + statement);
                }
                add(row, measure);
            }
        }
    }

    private void add(ResultSet row, String measure) throws SQLException {
        String day = row.getString("day");
        String dimension = row.getString("dimension");
        String key = key(row.getString("scope"), measure, dimension == null ? "" : dimension, day == null ? NOW : day);
        long value = row.getBigDecimal("value").longValueExact();
        if (value != 0 && rows.put(key, value) != null) {
            throw new IllegalArgumentException("the SQL gives two rows of " + key);
        }
    }

    private static String key(String scope, String measure, String dimension, String pane) {
        return String.join("|", scope, measure, dimension, pane);
    }

    /** The measures that the statements name. */
    Set<String> measures() {
        return measures;
    }

    /** The rows: scope, measure, dimension and pane in one text, and the value. */
    Map<String, Long> rows() {
        return rows;
    }

    /**
     * All differences to what a replay published of the same measures; a total must be the sum of its days.
     *
     * @param folder output of the replay
     */
    List<String> differences(Path folder) throws IOException {
        Map<String, Long> published = new TreeMap<>();
        Map<String, Long> totals = new TreeMap<>();
        Map<String, Long> sums = new TreeMap<>();
        try (var lines = Files.lines(folder.resolve(ROLLUPS))) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode sum = JSON.readTree(line).get("value");
                if (!measures.contains(sum.get("measure").asText())) {
                    continue;
                }
                String pane = sum.get("pane").asText();
                long value = value(sum);
                String whole = key(of(sum, "scope"), of(sum, "measure"), of(sum, "dimension"), TOTAL);
                if (pane.equals(TOTAL)) {
                    totals.put(whole, value);
                } else {
                    published.put(key(of(sum, "scope"), of(sum, "measure"), of(sum, "dimension"), pane), value);
                    sums.merge(whole, value, Long::sum);
                }
            }
        }
        List<String> differences = new ArrayList<>();
        compare(rows, published, differences);
        totals.forEach((key, total) -> {
            if (!total.equals(sums.getOrDefault(key, 0L))) {
                differences.add(key + ": published " + total + ", its days " + sums.get(key));
            }
        });
        if (differences.size() <= DIFFERENCES_SHOWN) {
            return differences;
        }
        List<String> first = new ArrayList<>(differences.subList(0, DIFFERENCES_SHOWN));
        first.add("and " + (differences.size() - DIFFERENCES_SHOWN) + " more");
        return first;
    }

    /**
     * All leads whose profiles name another source than the SQL finds, or one where it finds none, or none where it finds one.
     *
     * @param folder output of the replay
     */
    List<String> differencesOfSources(Path folder) throws IOException, SQLException {
        Map<String, String> expected = new TreeMap<>();
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT lead, scope FROM brought")) {
            while (row.next()) {
                String scope = row.getString("scope");
                int end = scope.indexOf(':');
                expected.put(row.getString("lead") + ' ' + scope.substring(0, end), scope.substring(end + 1));
            }
        }
        Map<String, String> published = new TreeMap<>();
        try (var lines = Files.lines(folder.resolve(PROFILES))) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode profile = JSON.readTree(line).get("value");
                SOURCES.forEach((source, field) -> {
                    if (!profile.get(field).isNull()) {
                        published.put(of(profile, "lead") + ' ' + source, of(profile, field));
                    }
                });
            }
        }
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(published.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), published.get(key)))
                .map(key -> key + ": SQL " + expected.get(key) + ", profile " + published.get(key))
                .toList();
    }

    private static void compare(Map<String, Long> expected, Map<String, Long> actual, List<String> differences) {
        expected.forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                differences.add(key + ": SQL " + value + ", published " + actual.get(key));
            }
        });
        actual.forEach((key, value) -> {
            if (value != 0 && !expected.containsKey(key)) {
                differences.add(key + ": SQL nothing, published " + value);
            }
        });
    }

    private static String of(JsonNode sum, String field) {
        return sum.get(field).asText();
    }

    private long value(JsonNode sum) {
        JsonNode value = sum.get("value");
        return value.isTextual()
                ? new BigDecimal(value.asText())
                        .movePointRight(config.minorDigits())
                        .longValueExact()
                : value.longValue();
    }

    /** The company's day of an instant; null of null. A function of the SQL. */
    public static LocalDate dayOf(String zone, Long millis) {
        return millis == null
                ? null
                : Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone)).toLocalDate();
    }

    /** The first instant of a day of the company; null of null. A function of the SQL. */
    public static Long dayStart(String zone, LocalDate day) {
        return day == null
                ? null
                : (Long) day.atStartOfDay(ZoneId.of(zone)).toInstant().toEpochMilli();
    }

    /** Hour of the week by the company's clock, {@code 1-0} (Monday) to {@code 7-23}; null of null. A function of the SQL. */
    public static String weekHour(String zone, Long millis) {
        if (millis == null) {
            return null;
        }
        var local = Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone));
        return local.getDayOfWeek().getValue() + "-" + local.getHour();
    }

    /** The five minutes of the company's local time, as the pane of a sum names them; null of null. A function of the SQL. */
    public static String slotOf(String zone, Long millis) {
        if (millis == null) {
            return null;
        }
        LocalDateTime local =
                Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone)).toLocalDateTime();
        return local.truncatedTo(ChronoUnit.HOURS)
                .plusMinutes(local.getMinute() / 5 * 5L)
                .toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
