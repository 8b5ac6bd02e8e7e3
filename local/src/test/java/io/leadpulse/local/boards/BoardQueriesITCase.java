package io.leadpulse.local.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.serving.store.Migrations;
import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Every query of every panel, every variable and every annotation, put to a real Prometheus and a real PostgreSQL, as the
 * role that Grafana has, gives at least one value.
 *
 * <p>A panel that is rightly empty on a good day is filled by the story instead of being let off. The one query that may
 * not answer now is "STALE since": it is asked 200 seconds later, and must be silent until then.
 */
class BoardQueriesITCase {
    private static final String READER = "grafana_reader";
    private static final String READER_PASSWORD = "reader-of-the-test";
    private static final String STALE = "Stale";
    /** Beyond the limit of 120 seconds, within the five minutes for which Prometheus keeps showing a sample. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(200);

    /** Shown when there is nothing to say yet, such as a landing before 10 % of the period: it is said, not left out. */
    private static final String SAID_NO_VALUE = "* NaN";

    private static final List<Map<String, String>> COMPANY = List.of(Map.of());
    private static final List<Map<String, String>> ALL_SCOPES =
            List.of(Map.of(), Map.of("team", "North"), Map.of("rep", "r01"), Map.of("period", "week"));

    @TempDir
    private static Path folder;

    private static PostgresServer postgres;
    private static PrometheusServer prometheus;
    private static BoardFiller filler;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        Migrations.migrate(source);
        postgres.execute("leadpulse", "alter role " + READER + " password '" + READER_PASSWORD + "'");
        filler = new StoryFiller();
        prometheus = PrometheusServer.start(folder, filler.fill(postgres));
        // Rates need several samples, and the age of a checkpoint one that came within a whole step of 15 seconds.
        prometheus.await("count_over_time(leadpulse_caught_up[1m]) >= 20");
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (filler != null) {
            filler.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    static Stream<Board> boards() {
        return Board.all().stream();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyQueryOfTheBoardGivesAValue(Board board) throws Exception {
        List<String> failures = new ArrayList<>();
        for (Map<String, String> chosen : COMPANY) {
            failures.addAll(failuresOf(board, chosen, true));
        }
        assertThat(failures).isEmpty();
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
        assertThat(Instant.ofEpochMilli(since)).isBetween(Instant.now().minusSeconds(60), Instant.now());
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
        try (Connection store = postgres.connect(READER, READER_PASSWORD);
                Statement statement = store.createStatement()) {
            // The story's two sales were hours ago; the range begins with the last quarter of an hour.
            Interpolation interpolation = new Interpolation(now.minus(Duration.ofMinutes(15)), now);
            interpolation.ask(wall, store, Map.of());
            ResultSet rows = statement.executeQuery(interpolation.sql(sold.text()));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBigDecimal("Sold")).isEqualByComparingTo("4800");
        }
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
        try (Connection store = postgres.connect(READER, READER_PASSWORD)) {
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
