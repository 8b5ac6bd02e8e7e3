package io.leadpulse.serving.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.domain.alert.FallOffSign;
import io.leadpulse.domain.correlation.LaggedWeeks;
import io.leadpulse.domain.correlation.RankCorrelation;
import io.leadpulse.domain.rate.Interval;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.domain.rate.RateComparison;
import io.leadpulse.tools.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsITCase {
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

    @Test
    void migrates_once_and_again_without_effect() throws SQLException {
        Migrations.migrate(source());
        assertThat(texts("select version from leadpulse.flyway_schema_history where version is not null and success"
                        + " and type = 'SQL'"))
                .containsExactly("1", "2", "4", "5", "6", "7", "8", "9", "10", "11", "14");
    }

    @Test
    void every_table_says_what_it_is() throws SQLException {
        assertThat(texts("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where nspname = 'leadpulse' and relkind in ('r', 'v') and relname not like 'flyway%'"
                        + " and obj_description(c.oid) is null"))
                .isEmpty();
    }

    @Test
    void money_is_in_main_units_of_the_currency() throws SQLException {
        assertThat(texts("insert into leadpulse.setting values ('minor_digits', '2')"
                        + " on conflict do nothing returning value"))
                .hasSize(1);
        assertThat(texts("select trim_scale(leadpulse.money(123456789012345678))"))
                .containsExactly("1234567890123456.78");
    }

    @Test
    void the_interval_of_a_rate_is_the_one_of_the_domain() throws SQLException {
        for (long cases : new long[] {1, 2, 10, 48, 1_240, 4_000_000_000L}) {
            for (long successes : new long[] {0, Math.min(1, cases), cases / 43, cases / 2, cases}) {
                Interval expected = new Rate(successes, cases).interval().orElseThrow();
                String of = "(" + successes + ", " + cases + ")";
                assertThat(Double.parseDouble(
                                texts("select leadpulse.wilson_low" + of).get(0)))
                        .as("low" + of)
                        .isCloseTo(expected.lower(), within(1e-12));
                assertThat(Double.parseDouble(
                                texts("select leadpulse.wilson_high" + of).get(0)))
                        .as("high" + of)
                        .isCloseTo(expected.upper(), within(1e-12));
            }
        }
        assertThat(texts("select coalesce(leadpulse.wilson_low(0, 0), -1) + coalesce(leadpulse.wilson_high(0, 0), -1)"))
                .containsExactly("-2");
    }

    @Test
    void signs_are_told_in_the_words_of_the_domain() throws SQLException {
        for (FallOffSign sign : FallOffSign.values()) {
            String name = sign.wireName();
            assertThat(texts("select leadpulse.fall_off_words('" + name + "', null)"))
                    .containsExactly(FallOffSign.words(name, null));
            assertThat(texts("select leadpulse.fall_off_words('" + name + "', 'meeting_cancelled')"))
                    .containsExactly(FallOffSign.words(name, "meeting_cancelled"));
        }
        assertThat(texts("select leadpulse.fall_off_words('of_a_later_version', null)"))
                .containsExactly(FallOffSign.words("of_a_later_version", null));
    }

    @Test
    void the_z_of_two_proportions_is_the_one_of_the_domain() throws SQLException {
        long[][] pairs = {{53, 925, 400, 4_800}, {0, 60, 0, 70}, {60, 60, 70, 70}, {1, 50, 49, 50}, {10, 50, 200, 1_000}
        };
        for (long[] each : pairs) {
            RateComparison expected = RateComparison.of(new Rate(each[2], each[3]), new Rate(each[0], each[1]));
            assertThat(Double.parseDouble(texts("select leadpulse.proportion_z(" + each[0] + ", " + each[1] + ", "
                                    + each[2] + ", " + each[3] + ")")
                            .get(0)))
                    .as("%s", expected)
                    .isCloseTo(expected.z(), within(1e-9));
        }
        assertThat(texts("select coalesce(leadpulse.proportion_z(0, 0, 1, 2), -99)"))
                .containsExactly("-99");
    }

    /** Reps of different diligence over 14 weeks; with ties, and days of which nothing is known. */
    @Test
    void the_correlation_of_rep_weeks_is_the_one_of_the_domain() throws SQLException {
        List<RankCorrelation.Pair> pairs = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        Random random = new Random(4);
        for (int rep = 0; rep < 4; rep++) {
            List<Long> calls = new ArrayList<>();
            List<Long> opened = new ArrayList<>();
            for (int week = 13; week >= 0; week--) {
                int made = random.nextInt(6) + (week == 13 ? 1 : 0);
                int came = made / 4 + random.nextInt(3);
                calls.add((long) made);
                opened.add((long) came);
                String of =
                        ", (now() at time zone 'UTC')::date - " + (7 * week + 1 + random.nextInt(7)) + ", 'count', ";
                if (made > 0) {
                    rows.append(",('rep:Z")
                            .append(rep)
                            .append("', 'calls_made', '2-9'")
                            .append(of)
                            .append(made)
                            .append(", now())");
                }
                if (came > 0) {
                    rows.append(",('rep:Z")
                            .append(rep)
                            .append("', 'opened_count', ''")
                            .append(of)
                            .append(came)
                            .append(", now())");
                }
            }
            pairs.addAll(LaggedWeeks.pairs(calls, opened));
        }
        server.execute("leadpulse", "insert into leadpulse.rollup_day values " + rows.substring(1));
        assertThat(texts("select cases from leadpulse.moves_together where place = 1"))
                .containsExactly(String.valueOf(pairs.size()));
        assertThat(Double.parseDouble(texts("select r from leadpulse.moves_together where place = 1")
                        .get(0)))
                .isCloseTo(RankCorrelation.of(pairs).rho(), within(1e-9));
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
    }

    @Test
    void the_reader_of_the_boards_reads_and_does_nothing_else() throws SQLException {
        server.execute("leadpulse", "alter role grafana_reader password 'reader'");
        try (Connection reader = server.connect("grafana_reader", "reader");
                Statement statement = reader.createStatement()) {
            statement.execute("select count(*) from leadpulse.lead");
            for (String forbidden : List.of(
                    "delete from leadpulse.lead",
                    "insert into leadpulse.setting values ('a', 'b')",
                    "create table leadpulse.mine (a int)",
                    "select * from leadpulse.flyway_schema_history")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return source;
    }

    private static List<String> texts(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
