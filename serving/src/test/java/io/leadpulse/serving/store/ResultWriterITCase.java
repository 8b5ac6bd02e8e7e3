package io.leadpulse.serving.store;

import static io.leadpulse.serving.store.SomeResults.HOUR;
import static io.leadpulse.serving.store.SomeResults.NINE;
import static io.leadpulse.serving.store.SomeResults.alert;
import static io.leadpulse.serving.store.SomeResults.day;
import static io.leadpulse.serving.store.SomeResults.deal;
import static io.leadpulse.serving.store.SomeResults.entry;
import static io.leadpulse.serving.store.SomeResults.goal;
import static io.leadpulse.serving.store.SomeResults.gone;
import static io.leadpulse.serving.store.SomeResults.profile;
import static io.leadpulse.serving.store.SomeResults.progress;
import static io.leadpulse.serving.store.SomeResults.proposed;
import static io.leadpulse.serving.store.SomeResults.step;
import static io.leadpulse.serving.store.SomeResults.taught;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.tools.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ResultWriterITCase {
    private static final String YAML = "company: {zone: Europe/Berlin}";
    private static final LeadpulseConfig CONFIG = ConfigReader.parse(YAML);

    private static PostgresServer server;
    private static int databases;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aLeadThatIsMergedIsInNoListUntilItIsTakenOutAgain() throws Exception {
        String leads = "select lead, band from leadpulse.lead order by 1";
        String gone = "select lead, merged_into, deleted_at is not null from leadpulse.lead_gone order by 1";
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            LeadProfile.Candidate candidate = new LeadProfile.Candidate(4, 12, "cold", null);
            LeadProfile.Outcome lost = new LeadProfile.Outcome(false, NINE, null, List.of(), null, null);
            SomeResults results = new SomeResults()
                    .add(proposed(profile("L-1", "hot", NINE, deal("D-1")), candidate))
                    .add(profile("L-2", "warm", NINE))
                    .add(proposed(taught(profile("L-3", "warm", NINE), Map.of("channel", "web"), lost), candidate));
            writer.accept(results.take(), results.next());
            String learnt = "select lead from leadpulse.closed_lead union all"
                    + " select lead || ' read' from leadpulse.lead_candidate order by 1";
            assertThat(Tables.rows(database, learnt)).containsExactly("L-1 read", "L-3", "L-3 read");
            results.add(gone("L-1", new LeadProfile.Identity("L-2", List.of(), null), NINE + HOUR))
                    .add(profile("L-2", "hot", NINE + HOUR, deal("D-1")))
                    .add(gone("L-3", new LeadProfile.Identity(null, List.of(), NINE), NINE + HOUR));
            writer.accept(results.take(), results.next());

            assertThat(Tables.rows(database, leads)).containsExactly("L-2|hot");
            assertThat(Tables.rows(database, gone)).containsExactly("L-1|L-2|f", "L-3|-|t");
            assertThat(Tables.rows(database, learnt)).isEmpty();
            assertThat(Tables.rows(database, "select lead, deal from leadpulse.deal"))
                    .containsExactly("L-2|D-1");

            results.add(profile("L-2", "warm", NINE + 2 * HOUR))
                    .add(profile("L-1", "hot", NINE + 2 * HOUR, deal("D-1")));
            writer.accept(results.take(), results.next());

            assertThat(Tables.rows(database, leads)).containsExactly("L-1|hot", "L-2|warm");
            assertThat(Tables.rows(database, gone)).containsExactly("L-3|-|t");
            assertThat(Tables.rows(database, "select lead, deal from leadpulse.deal"))
                    .containsExactly("L-1|D-1");
            assertThat(Tables.rows(database, "select lead, from_band, to_band from leadpulse.band_change order by at"))
                    .containsExactly("L-2|warm|hot", "L-2|hot|warm");
        }
    }

    @Test
    void everyTopicHasItsTables() throws Exception {
        SomeResults results = new SomeResults()
                .add(profile("L-1", "hot", NINE, deal("D-1")))
                .add(entry("L-1", 0xAB, "demo", 50, NINE))
                .add(alert("A-1", "L-1", step("raised", NINE - HOUR), step("snoozed", NINE)))
                .add(day("company", "won_amount", "2025-03-04", 123_456, NINE))
                .add(new RollupRecord("company", "open_count", "", "now", Unit.COUNT, 7, NINE))
                .add(new RollupRecord("company", "won_count", "", "total", Unit.COUNT, 70, NINE))
                .add(new RollupRecord(
                        "company", "won_amount_five_minutes", "", "2025-03-04T09:05", Unit.MONEY, 5, NINE))
                .add(new RollupRecord("company", "cycle_histogram", "812", "2025-03-04", Unit.COUNT, 1, NINE))
                .add(new RollupRecord("company", "dwell_histogram", "offer/-1", "2025-03-04", Unit.COUNT, 2, NINE))
                .add(progress("company", "2025-03-04", 99, List.of(goal("won_amount", 1_000, 99))))
                .add(new DwellRecord("company", "offer", 3, 9_000, 1.5, null, NINE))
                .add(DeadLetterRecord.of(
                        new DeadLetter(
                                new RawRecord("crm.activities.v1", 1, 17, NINE, null, null, List.of()),
                                Reason.INVALID_VALUE,
                                "kind must be one"),
                        NINE))
                .companyEvent("{\"source\":\"crm\",\"id\":\"c1\",\"kind\":\"campaign_started\","
                        + "\"time\":\"2025-03-04T08:00:00Z\",\"subject\":\"spring-fair\",\"product\":\"pump-3\"}")
                .companyEvent("not an event")
                .companyEvent(processChanged(1, "2025-02-27", "a reminder"))
                .companyEvent(processChanged(3, "2025-02-28", "a reminder by SMS"))
                .companyEvent(processChanged(2, "2025-02-26", "a call"));
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            writer.accept(results.updates(), results.next());

            assertThat(Tables.rows(
                            database,
                            "select lead, owner, team, product, band, score, hand_raised_at at time zone 'UTC', next_step,"
                                    + " open_amount_minor, document->>'owner' from leadpulse.lead"))
                    .containsExactly(
                            "L-1|anna|north|pump-3|hot|85|2025-03-04 08:00:00|Call about the offer|123456|anna");
            assertThat(Tables.rows(
                            database,
                            "select lead, deal, state, stage, stage_due at time zone 'UTC', amount_minor, expected_close,"
                                    + " closed_at from leadpulse.deal"))
                    .containsExactly("L-1|D-1|open|offer|2025-03-14 08:00:00|123456|2025-04-01|-");
            assertThat(Tables.rows(database, "select lead, fact_id, rule, points, withdrawn from leadpulse.ledger"))
                    .containsExactly("L-1|00000000000000ab|demo|50|-");
            assertThat(Tables.rows(
                            database,
                            "select alert, state, is_open, raised_at at time zone 'UTC', handled_at, ended_at,"
                                    + " details->>'next_step', jsonb_array_length(transitions) from leadpulse.alert"))
                    .containsExactly("A-1|snoozed|t|2025-03-04 07:00:00|-|-|Call about the offer|2");
            assertThat(Tables.rows(database, "select scope, measure, day, unit, value from leadpulse.rollup_day"))
                    .containsExactly("company|won_amount|2025-03-04|money|123456");
            assertThat(Tables.rows(database, "select measure, pane, value from leadpulse.rollup_now order by 1"))
                    .containsExactly("open_count|now|7", "won_count|total|70");
            assertThat(Tables.rows(database, "select slot, value from leadpulse.rollup_slot"))
                    .containsExactly("2025-03-04 09:05:00|5");
            assertThat(Tables.rows(
                            database,
                            "select measure, dimension, bucket, value from leadpulse.rollup_bucket order by 1"))
                    .containsExactly("cycle_histogram||812|1", "dwell_histogram|offer|-1|2");
            assertThat(Tables.rows(
                            database,
                            "select p.period, won_amount_minor, cycle_median_days, measure, goal, leads_needed"
                                    + " from leadpulse.progress p join leadpulse.progress_goal using (scope, period)"))
                    .containsExactly("2025-03-04|99|21.5|won_amount|1000|-");
            assertThat(Tables.rows(database, "select stage, count, median_days, p90_days from leadpulse.dwell"))
                    .containsExactly("offer|3|1.5|-");
            assertThat(Tables.rows(
                            database, "select topic, partition, record_offset, reason from leadpulse.dead_letter"))
                    .containsExactly("crm.activities.v1|1|17|invalid_value");
            assertThat(
                            Tables.rows(
                                    database,
                                    "select id, kind, text, product, campaign, rate, at::date from leadpulse.annotation order by at"))
                    .containsExactly(
                            "crm/p1|process_changed|Process changed: visits (a reminder by SMS)|-|-|show_rate|2025-02-28",
                            "crm/c1|campaign_started|Campaign started: spring-fair|pump-3|spring-fair|-|2025-03-04");
            assertThat(ResultWriter.positions(database)).isEqualTo(results.next());
        }
    }

    private static String processChanged(int version, String day, String what) {
        return "{\"source\":\"crm\",\"id\":\"p1\",\"version\":%d,\"kind\":\"process_changed\",\"time\":\"%sT08:00:00Z\",\"subject\":\"visits\",\"rate\":\"show_rate\",\"reason\":\"%s\"}"
                .formatted(version, day, what);
    }

    /** However a stream falls into batches, the same stands there in the end: changes of band and corrections too. */
    @Test
    void batchesDoNotMatter() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            SomeResults results = SomeResults.drawn(seed, 400, 12);
            Map<String, List<String>> one = written(results.updates(), batch -> batch.size());
            Random random = new Random(seed);
            Map<String, List<String>> many = written(results.updates(), batch -> 1 + random.nextInt(20));
            assertThat(many).as("seed " + seed).isEqualTo(one);
            assertThat(one.get("band_change")).as("seed " + seed).hasSizeGreaterThan(10);
            assertThat(one.get("correction")).as("seed " + seed).hasSizeGreaterThan(5);
        }
    }

    /** The connection breaks in mid-batch, before the commit, and while the commit is answered. */
    @Test
    void brokenConnectionsChangeNothing() throws Exception {
        SomeResults results = SomeResults.drawn(7, 600, 12);
        Map<String, List<String>> calm = written(results.updates(), batch -> 20);

        try (Connection database = newDatabase()) {
            Breaking breaking = new Breaking(source(database));
            try (ResultWriter writer = new ResultWriter(breaking.source(), CONFIG, YAML)) {
                writer.caughtUp();
                live(writer, database);
                Map<TopicPartition, Long> next = new HashMap<>();
                int failures = 0;
                for (List<ResultUpdate> batch : batches(results.updates(), rest -> 20)) {
                    batch.forEach(each -> next.put(each.partition(), each.offset() + 1));
                    breaking.breakNext();
                    while (true) {
                        try {
                            writer.accept(batch, Map.copyOf(next));
                            break;
                        } catch (SQLException broken) {
                            failures++;
                        }
                    }
                }
                assertThat(failures).isEqualTo(breaking.broken).isGreaterThan(20);
            }
            assertThat(Tables.all(database)).isEqualTo(calm);
        }
    }

    @Test
    void oneWriterAtATime() throws Exception {
        SomeResults results = new SomeResults().add(profile("L-1", "hot", NINE));
        try (Connection database = newDatabase();
                ResultWriter second = writer(database)) {
            try (ResultWriter first = writer(database)) {
                first.accept(results.updates(), results.next());
                assertThatThrownBy(() -> second.accept(results.updates(), results.next()))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("another process");
            }
            await(() -> second.accept(results.updates(), results.next()));
        }
    }

    @Test
    void changesOfPastDaysAreTold() throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            SomeResults results = new SomeResults()
                    // A history being loaded: as of days ago.
                    .addLater(day("company", "won_amount", "2025-02-20", 500, NINE - 100 * HOUR), NINE)
                    .addLater(day("company", "won_amount", "2025-02-20", 600, NINE - 99 * HOUR), NINE)
                    // Today.
                    .add(day("company", "won_amount", "2025-03-04", 100, NINE))
                    .add(day("company", "won_amount", "2025-03-04", 150, NINE))
                    // Never said, and these tables have not yet held everything.
                    .add(day("rep:anna", "won_amount", "2025-03-03", 5, NINE));
            writer.accept(results.take(), results.next());
            assertThat(corrections(database)).isEmpty();

            // Live, but written while the engine still read its history.
            results.add(day("company", "won_amount", "2025-02-20", 600, NINE - 1));
            results.add(day("company", "won_amount", "2025-02-21", 1, NINE - 1));
            results.add(day("company", "won_amount", "2025-02-21", 2, NINE - 1));
            writer.accept(results.take(), results.next());
            live(writer, database);
            assertThat(corrections(database)).isEmpty();

            results.add(day("company", "won_amount", "2025-02-20", 700, NINE))
                    .add(day("company", "won_amount", "2025-02-20", 700, NINE))
                    .add(day("company", "open_due_count", "2025-02-20", 3, NINE))
                    // 23:59 of yesterday in Berlin; the day is not over.
                    .addLater(day("company", "won_count", "2025-03-03", 1, NINE - 9 * HOUR - 60_000), NINE - 9 * HOUR);
            writer.accept(results.take(), results.next());
            assertThat(corrections(database))
                    .containsExactly("company|won_amount|2025-02-20|600|700|money|came in afterwards");

            writer.caughtUp();
            results.add(day("company", "won_amount", "2025-02-20", 0, NINE))
                    .add(day("company", "won_count", "2025-03-03", 2, NINE))
                    .add(day("rep:otto", "won_count", "2025-03-03", 1, NINE));
            writer.accept(results.take(), results.next());
            assertThat(corrections(database))
                    .containsExactly(
                            "company|won_amount|2025-02-20|600|700|money|came in afterwards",
                            "company|won_amount|2025-02-20|700|0|money|lowered or taken back afterwards",
                            "company|won_count|2025-03-03|1|2|count|came in afterwards",
                            "rep:otto|won_count|2025-03-03|0|1|count|came in afterwards");
        }
    }

    @Test
    void aDealThatMovesToAnotherLeadIsNotLost() throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            SomeResults results = new SomeResults()
                    .add(profile("L-1", "hot", NINE, deal("D-1"), deal("D-2")))
                    .add(profile("L-2", "hot", NINE, deal("D-1")));
            writer.accept(results.take(), results.next());
            results.add(profile("L-1", "hot", NINE, deal("D-2")));
            writer.accept(results.take(), results.next());
            assertThat(deals(database)).containsExactly("L-1|D-2", "L-2|D-1");

            results.delete(Topics.PROFILES, "L-1");
            writer.accept(results.take(), results.next());
            assertThat(deals(database)).containsExactly("L-2|D-1");
            assertThat(Tables.rows(database, "select lead from leadpulse.lead")).containsExactly("L-2");
        }
    }

    /** A profile lists at most fifty deals: one that is not listed any more may still be there. */
    @Test
    void dealsBeyondTheListStay() throws Exception {
        LeadProfile.DealState[] fifty = new LeadProfile.DealState[LeadProfile.MAX_DEALS];
        for (int i = 0; i < fifty.length; i++) {
            fifty[i] = deal("D-" + i);
        }
        LeadProfile.DealState[] next = fifty.clone();
        next[0] = deal("D-new");
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            SomeResults results = new SomeResults().add(profile("L-1", "hot", NINE, fifty));
            writer.accept(results.take(), results.next());
            results.add(profile("L-1", "hot", NINE, next));
            writer.accept(results.take(), results.next());
            assertThat(deals(database)).hasSize(51);
        }
    }

    @Test
    void deletionsByKeyReachEveryTable() throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            SomeResults results = new SomeResults()
                    .add(entry("L|%7C", 1, "demo", 50, NINE))
                    .add(alert("A-1", "L-1", step("raised", NINE)))
                    .add(day("team:a|b", "won_count", "2025-03-04", 1, NINE))
                    .add(progress("company", "2025-03-04", 1, List.of(goal("won_amount", 1, 1))))
                    .add(new DwellRecord("company", "offer", 3, 9_000, 1.5, null, NINE));
            List<ResultUpdate> all = results.take();
            writer.accept(all, results.next());
            for (ResultUpdate each : all) {
                results.delete(each.topic(), new String(each.key(), StandardCharsets.UTF_8));
            }
            writer.accept(results.take(), results.next());
            Map<String, List<String>> left = Tables.all(database);
            left.remove("consumer_position");
            assertThat(left)
                    .allSatisfy((table, rows) -> assertThat(rows).as(table).isEmpty());
        }
    }

    @Test
    void whatPostgresCannotHoldIsReplaced() throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            LeadProfile odd = profile("L-\t\\N\n\"", "hot", NINE);
            LeadProfile.Milestones why =
                    new LeadProfile.Milestones(NINE, null, null, null, NINE, "no\u0000 \\u0000 budget\r\n", null);
            odd = new LeadProfile(
                    odd.lead(),
                    odd.owner(),
                    odd.status(),
                    odd.direction(),
                    odd.score(),
                    why,
                    odd.contacts(),
                    odd.stage(),
                    odd.stageSinceMillis(),
                    odd.deals(),
                    odd.touches(),
                    odd.work(),
                    odd.dealList(),
                    odd.behaviour(),
                    odd.identity(),
                    odd.traits(),
                    odd.outcome(),
                    odd.candidate(),
                    odd.asOfMillis());
            SomeResults results = new SomeResults().add(odd);
            writer.accept(results.updates(), results.next());
            String expected = "no\uFFFD \\u0000 budget\r\n";
            assertThat(Tables.rows(
                            database, "select lead, rejected_reason, document->>'rejected_reason' from leadpulse.lead"))
                    .containsExactly("L-\t\\N\n\"|" + expected + "|" + expected);
        }
    }

    @Test
    void alertsGetTheTeamOfTheirOwner() throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            database.createStatement()
                    .execute("insert into leadpulse.rep values ('anna', 'Anna', 'north', null, null, true)");
            SomeResults results =
                    new SomeResults().add(alert("A-1", "L-1", step("raised", NINE), step("resolved", NINE + 1)));
            writer.accept(results.updates(), results.next());
            assertThat(Tables.rows(database, "select team, is_open, ended_at at time zone 'UTC' from leadpulse.alert"))
                    .containsExactly("north|f|2025-03-04 08:00:00.001");
        }
    }

    /** Results are live from nine o'clock on. */
    private static void live(ResultWriter writer, Connection database) throws SQLException {
        writer.live(database, Instant.ofEpochMilli(NINE));
    }

    private static List<String> corrections(Connection database) throws SQLException {
        return Tables.rows(
                database,
                "select scope, measure, day, from_value, to_value, unit, why from leadpulse.correction order by scope, measure, day, to_value desc");
    }

    private static List<String> deals(Connection database) throws SQLException {
        return Tables.rows(database, "select lead, deal from leadpulse.deal order by 1, 2");
    }

    private interface BatchSize {
        int next(List<ResultUpdate> rest);
    }

    private static List<List<ResultUpdate>> batches(List<ResultUpdate> updates, BatchSize size) {
        List<List<ResultUpdate>> batches = new ArrayList<>();
        List<ResultUpdate> rest = updates;
        while (!rest.isEmpty()) {
            int taken = Math.min(rest.size(), size.next(rest));
            batches.add(rest.subList(0, taken));
            rest = rest.subList(taken, rest.size());
        }
        return batches;
    }

    /** What the tables say when the updates were written in such batches, to tables that held all before. */
    private static Map<String, List<String>> written(List<ResultUpdate> updates, BatchSize size) throws Exception {
        try (Connection database = newDatabase();
                ResultWriter writer = writer(database)) {
            writer.caughtUp();
            live(writer, database);
            Map<TopicPartition, Long> next = new HashMap<>();
            for (List<ResultUpdate> batch : batches(updates, size)) {
                batch.forEach(each -> next.put(each.partition(), each.offset() + 1));
                writer.accept(batch, Map.copyOf(next));
            }
            return Tables.all(database);
        }
    }

    private static Connection newDatabase() throws SQLException {
        String url = server.newDatabase("writer_" + databases++);
        Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
        Migrations.migrate(source(connection));
        return connection;
    }

    private static DataSource source(Connection database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.getMetaData().getURL());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return source;
    }

    private static ResultWriter writer(Connection database) throws SQLException {
        return new ResultWriter(source(database), CONFIG, YAML);
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** The server notices a little later than the client that a connection is gone. */
    private static void await(Attempt attempt) throws Exception {
        Await.until(
                "success",
                () -> {
                    try {
                        attempt.run();
                        return true;
                    } catch (SQLException notYet) {
                        return false;
                    }
                },
                () -> "failure");
    }

    /** Connections whose next commit breaks: by turns before it reaches the server and after the server has done it. */
    private static final class Breaking {
        private final DataSource real;
        private boolean breakNext;
        private int broken;

        private Breaking(DataSource real) {
            this.real = real;
        }

        void breakNext() {
            breakNext = true;
        }

        DataSource source() {
            return (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (self, method, arguments) -> connection(real.getConnection()));
        }

        private Connection connection(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                        boolean first = method.getName().equals("commit") && breakNext && isInBatch(connection);
                        if (first) {
                            breakNext = false;
                            broken++;
                            if (broken % 2 == 0) {
                                connection.commit();
                            }
                            terminate(connection);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** Not the commit of connecting. */
        private static boolean isInBatch(Connection connection) throws SQLException {
            return !Tables.rows(connection, "select 1 where pg_current_xact_id_if_assigned() is not null")
                    .isEmpty();
        }

        private static void terminate(Connection connection) throws SQLException {
            String pid = Tables.rows(connection, "select pg_backend_pid()").get(0);
            server.execute("postgres", "select pg_terminate_backend(" + pid + ", 10000)");
        }
    }
}
