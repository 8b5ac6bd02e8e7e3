package io.leadpulse.serving.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.tools.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Forecasts, their record, and effects of changes, as they stand in the tables. Days are Monday to Friday, 9 to 18, UTC. */
class OutlookWriterITCase {
    private static final LeadpulseConfig CONFIG = ConfigReader.parse("company: {zone: UTC, currency: EUR}");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        Migrations.migrate(source());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        for (String table : List.of("rollup_day", "deal", "forecast", "annotation")) {
            execute("delete from leadpulse." + table);
        }
    }

    @Test
    void aForecastIsWonAndDueByStageAndStandsAsItWasSaid() throws SQLException {
        sum("won_amount", "", "2025-03-03", 10_000);
        sum("won_after_stage", "offer", "2025-03-03", 4);
        sum("lost_after_stage", "offer", "2025-03-04", 6);
        // Nine closed are too few to weigh by.
        sum("won_after_stage", "meeting", "2025-03-03", 4);
        sum("lost_after_stage", "meeting", "2025-03-04", 5);
        // Longer than 90 days ago.
        sum("won_after_stage", "offer", "2024-12-19", 100);
        deal("d1", "open", "offer", "100001", "2025-03-28");
        deal("d2", "open", "offer", null, "2025-03-28");
        deal("d3", "open", "meeting", "500000", "2025-03-31");
        deal("d4", "open", "offer", "500000", "2025-04-01");
        deal("d5", "open", "offer", "100000", "2025-02-10");
        deal("d6", "won", "offer", "500000", "2025-03-28");
        writeAt("2025-03-19T12:00:00Z");
        assertThat(forecasts("month"))
                .containsExactly(
                        "company|2025-03-19|10000|40000|1|2",
                        "rep:anna|2025-03-19|0|40000|1|2",
                        "team:north|2025-03-19|0|40000|1|2");
        assertThat(forecasts("quarter").get(0)).isEqualTo("company|2025-03-19|10000|80000|2|2");

        // The same day once more, with a win; then the next, with a correction of the past.
        sum("won_amount", "", "2025-03-19", 5_000);
        writeAt("2025-03-19T17:00:00Z");
        execute("update leadpulse.rollup_day set value = 1 where day = '2025-03-03' and measure = 'won_amount'");
        writeAt("2025-03-20T12:00:00Z");
        assertThat(forecasts("month").subList(0, 2))
                .containsExactly("company|2025-03-19|15000|40000|1|2", "company|2025-03-20|5001|40000|1|2");
    }

    @Test
    void itsRecordIsTheFirstForecastOfTheSecondHalfAgainstWhatCameIn() throws SQLException {
        sum("won_amount", "", "2025-03-03", 50_000);
        writeAt("2025-03-04T12:00:00Z");
        assertThat(accuracies()).contains("company|month|0|-|-|1 period that was forecast and is over, has 0");
        writeAt("2025-03-19T12:00:00Z");
        sum("won_amount", "", "2025-03-25", -10_000);
        writeAt("2025-03-28T12:00:00Z");
        writeAt("2025-04-01T12:00:00Z");
        // Said 50,000 on the 19th; 40,000 came.
        assertThat(accuracies()).contains("company|month|1|0.75|0.25|-");
    }

    @Test
    void aChangeIsJudgedByTheRateThatItNames() throws SQLException {
        change("sms", "2025-01-20T08:00:00Z", "show_rate");
        change("late", "2025-03-10T08:00:00Z", "show_rate");
        change("odd", "2025-01-20T08:00:00Z", "happiness");
        change("cohort", "2025-01-20T08:00:00Z", "lead_to_sales_qualified");
        change("mails", "2025-01-20T08:00:00Z", "reply_rate");
        // The 20 business days before 20 January begin on 23 December, those after it end on 14 February.
        sum("activities", "meeting_completed", "2024-12-22", 1_000);
        sum("activities", "meeting_completed", "2024-12-23", 76);
        sum("activities", "meeting_no_show", "2025-01-17", 24);
        sum("activities", "meeting_completed", "2025-01-20", 87);
        sum("activities", "meeting_no_show", "2025-02-14", 13);
        sum("activities", "meeting_no_show", "2025-02-17", 1_000);
        sum("activities", "call", "2025-01-20", 500);
        sum("funnel_reached", "created\u001finbound", "2025-01-17", 60);
        sum("funnel_reached", "contacted\u001finbound", "2025-01-17", 50);
        sum("funnel_reached", "created\u001foutbound", "2025-01-17", 40);
        sum("cohort_sales_qualified_within_30_days", "inbound", "2025-01-17", 10);
        sum("cohort_sales_qualified_within_30_days", "outbound", "2025-01-17", 5);
        sum("mails", "delivered\u001fperson\u001f", "2025-01-17", 40);
        sum("mails", "delivered\u001fperson\u001fspring", "2025-01-17", 10);
        sum("mails", "replied\u001fperson\u001fspring", "2025-01-17", 5);
        sum("mails", "delivered\u001fautomatic\u001f", "2025-01-17", 900);
        sum("mails", "delivered\u001fperson\u001f", "2025-01-21", 60);
        sum("mails", "replied\u001fperson\u001f", "2025-01-21", 9);
        sum("mails", "replied_soon\u001fperson\u001f", "2025-01-21", 8);
        // Not all leads of the last day after it are 30 days old by then.
        sum("funnel_reached", "created\u001finbound", "2025-02-14", 10);
        writeAt("2025-03-16T12:00:00Z");

        String columns = "select id, before_reached, before_cases, after_reached, after_cases, needs";
        assertThat(rows(columns + " from leadpulse.change_effect order by id"))
                .containsExactly(
                        "cohort|15|100|0|0|cases older than 30.0 days, has 29.5",
                        "late|0|1013|0|0|20 business days after the change, has 5",
                        "mails|5|50|9|60|-",
                        "odd|0|0|0|0|a rate that is known: show_rate, win_rate, conversation_rate,"
                                + " first_contact_within_limit, lead_to_sales_qualified, lead_to_sale, reply_rate",
                        "sms|76|100|87|100|-");
        String[] effect = rows("select difference, low, high from leadpulse.change_effect where id = 'sms'")
                .get(0)
                .split("\\|", -1);
        assertThat(Double.parseDouble(effect[0])).isCloseTo(.11, within(1e-12));
        assertThat(Double.parseDouble(effect[1])).isBetween(0.0, .01);
        assertThat(Double.parseDouble(effect[2])).isBetween(.2, .23);
    }

    private static void writeAt(String time) throws SQLException {
        new OutlookWriter(source(), CONFIG, Clock.fixed(Instant.parse(time), ZoneOffset.UTC)).write();
    }

    private static List<String> forecasts(String kind) throws SQLException {
        return rows("select scope, said_on, won_minor, weighted_minor, weighted_deals, unweighted_deals"
                + " from leadpulse.forecast where period_kind = '" + kind + "' order by scope, said_on");
    }

    private static List<String> accuracies() throws SQLException {
        return rows("select scope, period_kind, periods, accuracy, bias, needs from leadpulse.forecast_accuracy");
    }

    private static void sum(String measure, String dimension, String day, long value) throws SQLException {
        execute("insert into leadpulse.rollup_day values ('company', '%s', '%s', '%s', 'count', %d, now())"
                .formatted(measure, dimension, day, value));
    }

    private static void deal(String id, String state, String stage, String amountMinor, String due)
            throws SQLException {
        execute("insert into leadpulse.deal (deal, lead, state, stage, owner, team, amount_minor, expected_close,"
                + " expected_close_moves, as_of) values ('%s', 'l', '%s', '%s', 'anna', 'north', %s, '%s', 0, now())"
                        .formatted(id, state, stage, amountMinor, due));
    }

    private static void change(String id, String at, String rate) throws SQLException {
        execute("insert into leadpulse.annotation (id, version, at, kind, text, rate)"
                + " values ('%s', 0, '%s', 'process_changed', 'Process changed', '%s')".formatted(id, at, rate));
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return source;
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = source().getConnection()) {
            return Tables.rows(connection, sql);
        }
    }
}
