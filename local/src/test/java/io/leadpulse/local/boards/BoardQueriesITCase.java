package io.leadpulse.local.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.local.simulator.KafkaWriter;
import io.leadpulse.local.simulator.LiveScript;
import io.leadpulse.local.simulator.SimulatedRecord;
import io.leadpulse.local.simulator.Simulator;
import io.leadpulse.local.stack.DemoProcess;
import io.leadpulse.local.stack.DemoState;
import io.leadpulse.local.stack.StackFolder;
import io.leadpulse.serving.read.Await;
import io.leadpulse.tools.DebianTool;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of every panel, every variable and every annotation, put to the Prometheus and the PostgreSQL of a running
 * demo, as the role that Grafana has, gives at least one value: what stands there came from the simulator through Kafka,
 * the engine and serving.
 *
 * <p>The story went live nine minutes ago, and its beats are written when history is served, so that what they correct had
 * been said before. No panel is let off. The one query that may not answer now is "STALE since": it is asked 200 seconds
 * later, and must be silent until then.
 */
class BoardQueriesITCase {
    private static final String READER = "grafana_reader";
    private static final String STALE = "Stale";
    /** Beyond the limit of 120 seconds, within the five minutes for which Prometheus keeps showing a sample. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(200);

    /** Shown when there is nothing to say yet, such as a landing before 10 % of the period: it is said, not left out. */
    private static final String SAID_NO_VALUE = "* NaN";

    private static final Duration HISTORY_WITHIN = Duration.ofMinutes(6);
    /**
     * A rate over a minute, what is told once a minute, and what is learnt come later: a round of learning that takes seconds
     * on a busy machine is followed by a pause of minutes.
     */
    private static final Duration VALUES_WITHIN = Duration.ofMinutes(5);

    private static final String SOLD_TODAY = "8630";
    /** All beats are past. */
    private static final Duration LIVE_SINCE = Duration.ofSeconds(LiveScript.BEATS_END_SECOND + 10);

    private static final List<Map<String, String>> ALL_SCOPES = List.of(
            Map.of(),
            Map.of("team", "North"),
            Map.of("rep", "R-01"),
            Map.of("period", "week"),
            Map.of("by", "form"),
            Map.of("bands", "landing"),
            Map.of("month", "1999-01"));

    @TempDir
    private static Path folder;

    private static DemoProcess demo;
    private static PrometheusClient prometheus;
    private static String database;
    private static String password;
    private static ZoneId zone;
    private static LocalDate liveDay;

    @BeforeAll
    static void start() throws Exception {
        DebianTool.POSTGRES.require();
        DebianTool.PROMETHEUS.require();
        DebianTool.ALERTMANAGER.require();
        // PostgreSQL's own user must be able to go there.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = folder.resolve("demo");
        Instant live = Instant.now().minus(LIVE_SINCE);
        Simulator simulator = Simulator.of(Simulator.DEFAULT_SEED, live, Optional.empty());
        try (StackFolder begun = StackFolder.lock(data)) {
            new DemoState(Simulator.DEFAULT_SEED, live, simulator.company().zone(), true, false, live).write(begun);
        }
        zone = simulator.company().zone();
        liveDay = live.atZone(zone).toLocalDate();
        demo = DemoProcess.start(data, "--quiet", "--no-grafana");
        demo.awaitRunning();
        Properties endpoints = demo.endpoints();
        prometheus = new PrometheusClient(endpoints.getProperty("prometheus"));
        database = endpoints.getProperty("postgres");
        password = Files.readString(data.resolve("secrets/postgres-" + READER));
        // One connection: to make one takes longer than to ask.
        try (Connection store = store()) {
            Await.until(
                    "all of history",
                    HISTORY_WITHIN,
                    () -> isStored(store, "select from leadpulse.setting where key = 'live_since'"),
                    demo::output);
            List<SimulatedRecord> beats = simulator
                    .live(false)
                    .between(live.toEpochMilli(), live.plus(LIVE_SINCE).toEpochMilli());
            try (KafkaWriter writer = KafkaWriter.to(endpoints.getProperty("kafka"))) {
                writer.write(beats, count -> {});
            }
            Await.until(
                    "the last beat",
                    HISTORY_WITHIN,
                    () -> isStored(
                            store, "select from leadpulse.correction where scope = 'company' and to_value = 1565000"),
                    demo::output);
        }
        String sold = "leadpulse_sales_won_money{level=\"company\",period=\"day\"} == " + SOLD_TODAY;
        Await.until(
                "what was sold",
                HISTORY_WITHIN,
                () -> !prometheus.query(sold, Instant.now()).isEmpty(),
                demo::output);
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) {
            demo.interrupt();
            demo.awaitEnd();
        }
    }

    private static boolean isStored(Connection store, String query) throws SQLException {
        try (Statement statement = store.createStatement()) {
            return statement.executeQuery(query).next();
        }
    }

    private static Connection store() throws SQLException {
        return DriverManager.getConnection(database, READER, password);
    }

    static Stream<Board> boards() {
        return Board.all().stream();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyQueryOfTheBoardGivesAValue(Board board) throws Exception {
        List<String> failures = new ArrayList<>();
        Await.until(
                "every value of " + board,
                VALUES_WITHIN,
                () -> {
                    failures.clear();
                    failures.addAll(failuresOf(board, Map.of(), true));
                    return failures.isEmpty();
                },
                () -> failures);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyQueryCanBeAskedForAnyTeamRepAndPeriod(Board board) throws Exception {
        List<String> failures = new ArrayList<>();
        for (Map<String, String> chosen : ALL_SCOPES) {
            failures.addAll(failuresOf(board, chosen, false));
        }
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void saysThatItIsStaleOnlyWhenItIs(Board board) throws Exception {
        Board.Query stale = board.queries().stream()
                .filter(query -> query.refId().equals(STALE))
                .findAny()
                .orElseThrow();
        assertThat(prometheus.query(stale.text(), Instant.now())).isEmpty();
        JsonNode later = prometheus.query(stale.text(), Instant.now().plus(STALE_AFTER));
        assertThat(later).hasSize(1);
        long since = (long) later.get(0).path("value").get(1).asDouble();
        assertThat(Instant.ofEpochMilli(since)).isBetween(Instant.now().minusSeconds(120), Instant.now());
    }

    @Test
    void theCurveCountsWhatWasSoldBeforeTheRangeBegins() throws Exception {
        Instant now = Instant.now();
        Board wall = boards().filter(board -> board.uid().equals("leadpulse-wall"))
                .findAny()
                .orElseThrow();
        Board.Query sold = wall.queries().stream()
                .filter(query -> query.panel().startsWith("Today's curve")
                        && query.refId().equals("Sold"))
                .findAny()
                .orElseThrow();
        try (Connection store = store();
                Statement statement = store.createStatement()) {
            // All of the story's sales of today were before the range begins.
            Interpolation interpolation = new Interpolation(now.minus(Duration.ofMinutes(6)), now);
            interpolation.ask(wall, store, Map.of());
            ResultSet rows = statement.executeQuery(interpolation.sql(sold.text()));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBigDecimal("Sold")).isEqualByComparingTo(SOLD_TODAY);
        }
    }

    /** Beside an own walk over the days: the story's week begins three days before it goes live, its holiday was 31 before. */
    @Test
    void theMonthIsDrawnBesideTheLikeBusinessDaysOfLastMonth() throws Exception {
        Board goals = boards().filter(board -> board.uid().equals("leadpulse-goals"))
                .findAny()
                .orElseThrow();
        Map<String, String> queries = goals.queries().stream()
                .filter(query -> query.panel().startsWith("Month by business day"))
                .collect(Collectors.toMap(Board.Query::refId, Board.Query::text));
        List<String> expected = new ArrayList<>();
        List<String> drawn = new ArrayList<>();
        try (Connection store = store();
                Statement statement = store.createStatement()) {
            Instant now = Instant.now();
            Interpolation interpolation = new Interpolation(now, now);
            interpolation.ask(goals, store, Map.of());
            // All questions are about one moment.
            store.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            store.setAutoCommit(false);
            Map<LocalDate, BigDecimal> sold = new TreeMap<>();
            ResultSet days = statement.executeQuery("select day, leadpulse.money(value) from leadpulse.rollup_day"
                    + " where scope = 'company' and measure = 'won_amount'");
            while (days.next()) {
                sold.put(days.getObject(1, LocalDate.class), days.getBigDecimal(2));
            }
            LocalDate today = now.atZone(zone).toLocalDate();
            LocalDate first = today.withDayOfMonth(1);
            LocalDate lastFirst = first.minusMonths(1);
            List<LocalDate> lastMonth = lastFirst
                    .datesUntil(first)
                    .filter(BoardQueriesITCase::isWorked)
                    .toList();
            int nth = 0;
            for (LocalDate day = first; day.getMonth() == first.getMonth(); day = day.plusDays(1)) {
                LocalDate until = nth < lastMonth.size() ? lastMonth.get(nth) : first;
                if (isWorked(day)) {
                    until = nth < lastMonth.size() ? until.plusDays(1) : first;
                    nth++;
                }
                expected.add(day + " " + (day.isAfter(today) ? "-" : sum(sold, first, day.plusDays(1))) + " "
                        + sum(sold, lastFirst, until));
            }
            ResultSet points = statement.executeQuery(interpolation.sql(queries.get("Sold")));
            while (points.next()) {
                ZonedDateTime at =
                        points.getObject("time", OffsetDateTime.class).atZoneSameInstant(zone);
                assertThat(at.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
                BigDecimal soFar = points.getBigDecimal("This month");
                drawn.add(at.toLocalDate() + " " + (soFar == null ? "-" : plain(soFar)) + " "
                        + plain(points.getBigDecimal("Last month")));
            }
            ResultSet goal = statement.executeQuery(interpolation.sql(queries.get("Goal")));
            assertThat(goal.next()).isTrue();
            assertThat(goal.getBigDecimal("Goal")).isEqualByComparingTo("340000");
        }
        assertThat(drawn).isEqualTo(expected);
        assertThat(drawn.get(drawn.size() - 1))
                .as("something was sold last month")
                .doesNotEndWith(" 0");
    }

    private static boolean isWorked(LocalDate day) {
        long sinceWeekBegan = ChronoUnit.DAYS.between(liveDay.minusDays(3), day);
        return Math.floorMod(sinceWeekBegan, 7) < 5 && !day.equals(liveDay.minusDays(31));
    }

    private static String sum(Map<LocalDate, BigDecimal> sold, LocalDate from, LocalDate until) {
        BigDecimal sum = BigDecimal.ZERO;
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            sum = sum.add(sold.getOrDefault(day, BigDecimal.ZERO));
        }
        return plain(sum);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    @Test
    void namesOfTeamsAndRepsCannotBreakAQuery() throws Exception {
        Board goals = boards().filter(board -> board.uid().equals("leadpulse-goals"))
                .findAny()
                .orElseThrow();
        assertThat(failuresOf(goals, Map.of("team", "O'Neill \"North\" \\ %s"), false))
                .isEmpty();
    }

    /**
     * Puts the queries and tells which failed.
     *
     * @param wantsValues whether a query without value has failed too
     */
    private static List<String> failuresOf(Board board, Map<String, String> chosen, boolean wantsValues)
            throws Exception {
        Instant now = Instant.now();
        List<String> failures = new ArrayList<>();
        try (Connection store = store()) {
            Interpolation interpolation =
                    new Interpolation(now.minus(Duration.ofDays(30)), now.plus(Duration.ofHours(12)));
            interpolation.ask(board, store, chosen);
            for (Board.Query query : board.queries()) {
                try {
                    boolean hasValue = query.isSql()
                            ? hasValue(store, interpolation.sql(query.text()))
                            : hasValue(query, interpolation.prom(query.text()), now);
                    if (wantsValues && !hasValue) {
                        failures.add(query + ": no value");
                    }
                } catch (SQLException | IOException e) {
                    failures.add(query + " for " + chosen + ": " + e.getMessage());
                }
            }
        }
        return failures;
    }

    private static boolean hasValue(Connection store, String sql) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                // The first column says of what; a row of it alone is no value, unless there is no other.
                for (int column = Math.min(2, columns); column <= columns; column++) {
                    if (rows.getObject(column) != null) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean hasValue(Board.Query query, String expression, Instant now)
            throws IOException, InterruptedException {
        if (query.refId().equals(STALE)) {
            return !prometheus.query(expression, now.plus(STALE_AFTER)).isEmpty();
        }
        JsonNode series = query.isRange()
                ? prometheus.queryRange(expression, now, Duration.ofMinutes(5))
                : prometheus.query(expression, now);
        boolean saysNoValue = expression.contains(SAID_NO_VALUE);
        for (JsonNode each : series) {
            Iterable<JsonNode> samples = query.isRange() ? each.path("values") : List.of(each.path("value"));
            for (JsonNode sample : samples) {
                if (saysNoValue || !sample.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }
}
