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
                .containsExactly(
                        "1", "2", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
                        "19", "20");
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
    void shares_of_nurture_are_of_those_who_came_long_enough_ago() throws SQLException {
        sums(
                "nurture_entered||45|10",
                "nurture_entered|warmed_30|45|4",
                "nurture_entered||5|70",
                "nurture_entered|warmed_30|5|60",
                "in_nurture_by_last_touch||40|3",
                "in_nurture_by_last_touch||1|2",
                "nurture_touches|newsletter|20|20",
                "nurture_responses|newsletter|20|5",
                "nurture_touches|newsletter|3|900",
                "nurture_touches|call|200|900",
                "won_count||10|8",
                "repeat_won_count||10|2",
                "won_deal_amount||10|900",
                "repeat_won_amount||10|300",
                "won_count||95|1000",
                "customers_by_last_sign||91|6",
                "customers_by_last_sign||90|4");
        server.execute(
                "leadpulse",
                "insert into leadpulse.rollup_now values"
                        + " ('company', 'in_nurture', 'newsletter', 'now', 'count', 5, now())");
        assertThat(texts("select concat_ws('|', what, reached, coalesce(cases::text, '-')) from leadpulse.aftercare"
                        + " where scope = 'company' and (reached > 0 or cases > 0) order by place"))
                .containsExactly(
                        "In nurture now|5|-",
                        "Of these, no touch for 30 days|3|5",
                        "Last touch: newsletter|5|5",
                        "Answered: newsletter|5|20",
                        "Warmed within 30 days of coming|4|10",
                        "Sales-qualified within 30 days|0|10",
                        "Customers|10|-",
                        "Bought again, of deals won in 90 days|2|8",
                        "Revenue of customers we had, 90 days|300|900",
                        "Silent for 90 days|6|10");
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
        server.execute("leadpulse", "delete from leadpulse.rollup_now");
    }

    @Test
    void a_template_is_compared_with_itself_and_a_new_one_with_all() throws SQLException {
        String letter = "\u001fperson\u001f\u001fletter";
        String offer = "\u001fperson\u001fspring\u001foffer-2";
        sums(
                "mails|delivered" + letter + "|64|600",
                "mails|delivered" + letter + "|20|400",
                "mails|replied_soon" + letter + "|20|90",
                "mails|delivered" + letter + "|8|70",
                "mails|replied_soon" + letter + "|8|5",
                "mails|delivered" + offer + "|9|20",
                "mails|delivered" + offer + "|2|60",
                "mails|replied_soon" + offer + "|2|3",
                "mails|replied_soon" + offer + "|1|50",
                "mails|delivered\u001fperson\u001f|30|10",
                "mails|replied_soon\u001fperson\u001f|30|1",
                "mails|delivered\u001fautomatic\u001f|3|5000");
        assertThat(texts("select concat_ws('|', rate, template, is_new, now_successes, now_cases, before_successes,"
                        + " before_cases) from leadpulse.template_compared where scope = 'company' and place = 14"
                        + " order by template"))
                .containsExactly(
                        "Mail replied in 24 hours|letter|f|5|70|90|1000",
                        "Mail replied in 24 hours|offer-2|t|3|60|91|1030");
        assertThat(Double.parseDouble(
                        texts("select z from leadpulse.template_compared where place = 14 and template = 'offer-2'")
                                .get(0)))
                .isCloseTo(
                        RateComparison.of(new Rate(91, 1_030), new Rate(3, 60)).z(), within(1e-9));
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
    }

    @Test
    void the_sale_rate_is_of_leads_that_have_had_their_90_days() throws SQLException {
        sums(
                "funnel_reached|created\u001finbound|200|12",
                "funnel_reached|marketing_qualified\u001finbound|200|9",
                "funnel_reached|created\u001finbound|91|8",
                "funnel_reached|created\u001finbound|90|700",
                "cohort_sold_within_90_days|inbound|91|5",
                "cohort_sold_within_90_days|inbound|90|600",
                "funnel_reached|created\u001foutbound|91|4");
        of("campaign:spring", "touched_leads||120|30", "touched_won||120|6", "touched_leads||5|40", "touched_won||5|1");
        assertThat(texts("select concat_ws('|', scope, kind, name, sum(leads), sum(sold)) from leadpulse.sale_cohort"
                        + " group by scope, kind, name order by kind, name"))
                .containsExactly(
                        "company|campaign|spring|30|6",
                        "company|direction|inbound|20|5",
                        "company|direction|outbound|4|0");
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
    }

    @Test
    void a_rep_is_held_against_the_others_of_his_team() throws SQLException {
        server.execute(
                "leadpulse",
                "insert into leadpulse.rep values ('A', 'Ann', 'North', null, null, true),"
                        + " ('B', 'Bo', 'North', null, null, true), ('C', 'Cy', 'South', null, null, true)");
        of("rep:A", "meetings|completed|10|6", "meetings|no_show|10|4", "meetings|completed|100|900");
        of("rep:B", "meetings|completed|10|18", "meetings|no_show|10|2");
        of("rep:C", "meetings|completed|10|9");
        of("team:North", "meetings|completed|10|24", "meetings|no_show|10|6");
        of("team:South", "meetings|completed|10|9");
        assertThat(texts(
                        "select concat_ws('|', rep, rate, successes, cases, coalesce(round(against_team::numeric, 3)::text, '-'))"
                                + " from leadpulse.rep_step order by rep"))
                .containsExactly("A|Show rate|6|10|-0.300", "B|Show rate|18|20|0.300", "C|Show rate|9|9|-");
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
        server.execute("leadpulse", "delete from leadpulse.rep");
    }

    @Test
    void stays_that_were_stuck_are_told_by_what_was_before_and_by_what_was_done() throws SQLException {
        sums(
                "stuck_ended|offer\u001fcall\u001fmoved|9|3",
                "stuck_ended|offer\u001fcall\u001flost|9|2",
                "stuck_ended_by_act|offer\u001femail_sent\u001fmoved|9|3",
                "stuck_ended_by_act|offer\u001femail_sent\u001fback|9|1");
        assertThat(texts("select concat_ws('|', told, stage, act, moved, went_back, lost, cases)"
                        + " from leadpulse.stuck_outcome order by told"))
                .containsExactly("before|offer|call|3|0|2|5", "done|offer|email_sent|3|1|0|4");
        server.execute("leadpulse", "delete from leadpulse.rollup_day");
    }

    @Test
    void a_customer_is_told_by_the_first_purchase() throws SQLException {
        server.execute(
                "leadpulse",
                "insert into leadpulse.lead (lead, status, direction, band, score, raw_score, fit, interest, momentum_24h,"
                        + " momentum_7d, open_deals, open_amount_minor, won_deals, won_amount_minor, lost_deals, as_of, document,"
                        + " organisation)"
                        + " select l, 'customer', 'inbound', 'cold', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, now(), d::jsonb, o from (values"
                        + " ('L-1', '{\"product_interest\": [{\"product\": \"Desk\", \"points\": 2},"
                        + " {\"product\": \"Books\", \"points\": 9}], \"behaviour\": [{\"act\": \"price_list_view\", \"in_all\": 3}]}',"
                        + " 'Example Ltd'), ('L-2', '{}', null)) as given (l, d, o)");
        server.execute(
                "leadpulse",
                "insert into leadpulse.deal (deal, lead, state, product, amount_minor, closed_at, reason, owner,"
                        + " expected_close_moves, as_of) values"
                        + " ('D-2', 'L-1', 'won', 'Desk', 700, '2025-03-02', null, 'B', 0, now()),"
                        + " ('D-1', 'L-1', 'won', 'Books', 500, '2025-03-01', 'promised: training', 'A', 0, now()),"
                        + " ('D-3', 'L-1', 'open', 'Desk', 900, null, null, 'B', 0, now()),"
                        + " ('D-4', 'L-2', 'lost', 'Desk', 900, '2025-02-01', 'price', 'B', 0, now())");
        assertThat(texts(
                        "select concat_ws('|', lead, product, amount_minor, noted, owner, products, acts, later_won_deals,"
                                + " later_won_amount_minor, open_deals, organisation) from leadpulse.new_customer"))
                .containsExactly(
                        "L-1|Books|500|promised: training|A|Books, Desk|price list view 3|1|700|1|Example Ltd");
        server.execute("leadpulse", "delete from leadpulse.deal");
        server.execute("leadpulse", "delete from leadpulse.lead");
    }

    /** Sums of the company: measure, dimension, days ago, value. */
    private static void sums(String... rows) throws SQLException {
        of("company", rows);
    }

    private static void of(String scope, String... rows) throws SQLException {
        for (String row : rows) {
            String[] part = row.split("\\|", -1);
            server.execute(
                    "leadpulse",
                    "insert into leadpulse.rollup_day values ('" + scope + "', '" + part[0] + "', '" + part[1]
                            + "', (now() at time zone 'UTC')::date - " + part[2] + ", 'count', " + part[3]
                            + ", now())");
        }
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
