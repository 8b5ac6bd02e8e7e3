package io.leadpulse.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The curve of a month as its board asks for it, over days that are written as serving does, in months of all kinds. */
class LikeDaysITCase {
    /** Monday to Friday. */
    private static final LeadpulseConfig BERLIN = ConfigReader.parse("""
            company: {zone: Europe/Berlin, currency: EUR}
            holidays: [2017-05-01]
            """);

    private static PostgresServer server;
    private static DataSource database;
    private static JsonNode board;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        database = StoredResults.source(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        Migrations.migrate(database);
        execute("insert into leadpulse.setting values ('minor_digits', '2')");
        board = new ObjectMapper()
                .readTree(Path.of("../grafana/dashboards/sales-against-goals.json")
                        .toFile());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        for (String table : List.of("rollup_day", "progress", "like_day")) {
            execute("delete from leadpulse." + table);
        }
    }

    @Test
    void aMonthWithAHolidayAfterOneWithFewerBusinessDays() throws Exception {
        sold("2017-03-31 1000", "2017-04-03 100", "2017-04-07 200", "2017-04-08 50", "2017-04-28 400", "2017-04-30 5");
        sold("2017-05-01 10", "2017-05-02 20", "2017-05-12 30");
        execute("insert into leadpulse.rollup_day values"
                + " ('team:north', 'won_amount', '', '2017-05-02', 'money', 7700, now()),"
                + " ('company', 'won_count', '', '2017-05-02', 'count', 3, now())");
        String noon = "2017-05-12T10:00:00Z";
        written(BERLIN, noon);
        assertThat(curve(BERLIN, noon))
                .containsExactly(
                        // On Labour Day no business day has gone by.
                        "05-01|10.00|0.00",
                        "05-02|30.00|100.00",
                        "05-03|30.00|100.00",
                        "05-04|30.00|100.00",
                        "05-05|30.00|100.00",
                        // A weekend after four business days: all before April's fifth, the 7th.
                        "05-06|30.00|100.00",
                        "05-07|30.00|100.00",
                        "05-08|30.00|300.00",
                        // What a Saturday brought counts on the next business day.
                        "05-09|30.00|350.00",
                        "05-10|30.00|350.00",
                        "05-11|30.00|350.00",
                        "05-12|60.00|350.00",
                        "05-13|-|350.00",
                        "05-14|-|350.00",
                        "05-15|-|350.00",
                        "05-16|-|350.00",
                        "05-17|-|350.00",
                        "05-18|-|350.00",
                        "05-19|-|350.00",
                        "05-20|-|350.00",
                        "05-21|-|350.00",
                        "05-22|-|350.00",
                        "05-23|-|350.00",
                        "05-24|-|350.00",
                        "05-25|-|350.00",
                        "05-26|-|350.00",
                        "05-27|-|350.00",
                        "05-28|-|350.00",
                        // April's 20th and last business day; after it all of April.
                        "05-29|-|750.00",
                        "05-30|-|755.00",
                        "05-31|-|755.00");
        assertThat(window(BERLIN, noon)).containsExactly("276h", "744h");
    }

    @Test
    void theFirstDayOfAMonthAfterOneWithMoreBusinessDays() throws Exception {
        sold("2017-03-01 1", "2017-03-28 2", "2017-03-29 4", "2017-03-31 8");
        String first = "2017-04-01T08:30:00Z";
        written(BERLIN, first);
        List<String> curve = curve(BERLIN, first);
        assertThat(curve).hasSize(30).startsWith("04-01|0.00|0.00", "04-02|-|0.00", "04-03|-|1.00");
        // April's 20th business day is its last; what came after March's 20th, the 28th, is beside no day.
        assertThat(curve).endsWith("04-27|-|1.00", "04-28|-|3.00", "04-29|-|3.00", "04-30|-|3.00");
        assertThat(window(BERLIN, first)).containsExactly("11h", "720h");
        // The clock is set forward.
        assertThat(windowOn(BERLIN, "2017-03-31T21:59:59Z")).containsExactly("743h", "743h");
    }

    @Test
    void aPersianMonthWithWeeksFromSaturday() throws Exception {
        LeadpulseConfig persian = persian();
        // Esfand 1404 is 20 February to 20 March, and has 20 business days; Farvardin, with the days of Nowruz off, 18.
        sold("2026-02-20 1", "2026-02-21 2", "2026-02-22 4", "2026-02-26 8", "2026-03-18 16", "2026-03-20 32");
        sold("2026-03-25 5", "2026-03-28 5");
        String saturday = "2026-03-28T09:00:00Z";
        written(persian, saturday);
        List<String> curve = curve(persian, saturday);
        assertThat(curve)
                .hasSize(31)
                .startsWith(
                        "03-21|0.00|1.00",
                        "03-22|0.00|1.00",
                        "03-23|0.00|1.00",
                        "03-24|0.00|1.00",
                        "03-25|5.00|3.00",
                        "03-26|5.00|3.00",
                        "03-27|5.00|3.00",
                        "03-28|10.00|7.00",
                        "03-29|-|7.00",
                        "03-30|-|7.00",
                        "03-31|-|7.00",
                        // Thursday 26 February was off, and came before the sixth business day.
                        "04-01|-|15.00",
                        "04-02|-|15.00");
        assertThat(curve).endsWith("04-20|-|15.00");
        assertThat(window(persian, saturday)).containsExactly("181h", "744h");
    }

    @Test
    void theGoalIsDrawnOverTheWholeMonthAndNotWithoutOne() throws Exception {
        String noon = "2017-05-12T10:00:00Z";
        written(BERLIN, noon);
        execute("insert into leadpulse.progress values ('company', 'month', '2017-05', '2017-04-30T22:00:00Z',"
                + " '2017-05-31T22:00:00Z', 0, 0, 0, 0, 0, 0, null, now())");
        assertThat(goal(BERLIN, noon)).isEmpty();
        execute(
                "insert into leadpulse.progress_goal (scope, period_kind, period, measure, unit, goal, achieved, is_linear,"
                        + " as_of) values ('company', 'month', '2017-05', 'won_amount', 'money', 34000000, 0, true, now()),"
                        + " ('company', 'month', '2017-05', 'won_count', 'count', 20, 0, true, now())");
        List<String> goal = goal(BERLIN, noon);
        assertThat(goal).hasSize(31).startsWith("05-01|340000.00").endsWith("05-31|340000.00");
    }

    @Test
    void theNextMonthIsThereWhenItBeginsAndTheOldOneGoes() throws Exception {
        LikeDays days = written(BERLIN, "2017-04-30T21:00:00Z");
        assertThat(curve(BERLIN, "2017-04-30T22:00:01Z")).hasSize(31);
        execute("delete from leadpulse.like_day");
        days.refresh();
        assertThat(curve(BERLIN, "2017-04-30T21:00:00Z"))
                .as("written once a day")
                .isEmpty();
        written(BERLIN, "2017-04-30T22:00:01Z");
        assertThat(rows("select min(day), max(day), count(*) from leadpulse.like_day"))
                .containsExactly("2017-05-01|2017-06-30|61");
    }

    private static LeadpulseConfig persian() throws IOException {
        try (InputStream yaml = LeadpulseConfig.class.getResourceAsStream("/config/persian.yaml")) {
            return ConfigReader.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static LikeDays written(LeadpulseConfig config, String now) throws SQLException {
        LikeDays days = new LikeDays(database, config, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
        days.refresh();
        return days;
    }

    /** Date and amount, in main units. */
    private static void sold(String... sales) throws SQLException {
        for (String sale : sales) {
            String[] part = sale.split(" ", 2);
            execute("insert into leadpulse.rollup_day values ('company', 'won_amount', '', '" + part[0] + "', 'money', "
                    + part[1] + "00, now())");
        }
    }

    private static List<String> curve(LeadpulseConfig config, String now) throws SQLException {
        return drawn("Sold", config, now, ", \"This month\"::numeric(12, 2), \"Last month\"::numeric(12, 2)");
    }

    private static List<String> goal(LeadpulseConfig config, String now) throws SQLException {
        return drawn("Goal", config, now, ", \"Goal\"::numeric(12, 2)");
    }

    private static List<String> drawn(String refId, LeadpulseConfig config, String now, String columns)
            throws SQLException {
        for (JsonNode panel : board.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                if (panel.path("title").asText().startsWith("Month by business day")
                        && target.path("refId").asText().equals(refId)) {
                    String zone = config.company().zone().getId();
                    // Points stand at the beginning of their day.
                    return rows("select to_char(time at time zone '" + zone + "', 'MM-DD')" + columns + " from ("
                            + asked(target.path("rawSql").asText(), config, now)
                            + ") as curve where (time at time zone '" + zone + "')::time = '00:00' order by time");
                }
            }
        }
        throw new AssertionError("no such query");
    }

    /** When the axis begins, back from now, and how long it is. */
    private static List<String> window(LeadpulseConfig config, String now) throws SQLException {
        return List.of(variable("month_gone", config, now), variable("month_whole", config, now));
    }

    private static List<String> windowOn(LeadpulseConfig config, String now) throws SQLException {
        written(config, now);
        return window(config, now);
    }

    private static String variable(String name, LeadpulseConfig config, String now) throws SQLException {
        JsonNode variable = StreamSupport.stream(
                        board.path("templating").path("list").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(name))
                .findAny()
                .orElseThrow();
        return rows(asked(variable.path("query").asText(), config, now)).get(0);
    }

    private static String asked(String sql, LeadpulseConfig config, String now) {
        return sql.replace("${zone:sqlstring}", "'" + config.company().zone().getId() + "'")
                .replace("${scope:sqlstring}", "'company'")
                .replace("now()", "timestamptz '" + now + "'");
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Tables.rows(connection, sql);
        }
    }

    private static void execute(String sql) throws SQLException {
        StoredResults.execute(database, sql);
    }
}
