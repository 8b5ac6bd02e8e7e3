package io.leadpulse.serving.store;

import static io.leadpulse.serving.store.SomeResults.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Topics;
import io.leadpulse.serving.metrics.CurvePoint;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.tools.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole store on a real broker and a real PostgreSQL, which is killed while it is written to. */
class StoreITCase {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NINE), ZoneOffset.UTC);
    private static final String YAML = """
            company: {name: Example Pumps, zone: Europe/Berlin, currency: EUR}
            reps: [{id: anna, name: Anna, team: north}]
            goals: [{scope: company, period_kind: month, amount: "340000.00"}]
            """;

    private static PostgresServer server;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        broker = TestBroker.start();
        // Kept for ever, as ours are: what is drawn is older than a week.
        for (String topic : ResultWriter.TOPICS) {
            broker.createTopic(topic, 2, Map.of("retention.ms", "-1"));
        }
        for (String topic : DirectoryWriter.TOPICS) {
            broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
        }
        broker.send(records(SomeResults.drawn(11, 30_000, 300).updates()));
        broker.send(List.of(
                record(
                        Topics.REPS,
                        "otto",
                        "{\"id\":\"otto\",\"effective_from\":\"2025-01-01T00:00:00Z\",\"name\":\"Otto\",\"team\":\"south\","
                                + "\"manager\":\"mia\",\"deputy\":\"anna\"}"),
                record(
                        Topics.REPS,
                        "later",
                        "{\"id\":\"later\",\"effective_from\":\"2025-06-01T00:00:00Z\",\"team\":\"south\"}"),
                record(Topics.REPS, "bad", "{\"id\":7}"),
                record(
                        Topics.GOALS,
                        "g",
                        "{\"scope\":\"rep:otto\",\"measure\":\"won_count\",\"period_kind\":\"week\",\"count\":3,"
                                + "\"effective_from\":\"2025-02-01T00:00:00Z\"}")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.stop();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aKilledDatabaseChangesNothing() throws Exception {
        newLiveDatabase("calm");
        try (Store store = store("calm")) {
            store.start();
            awaitAll("calm store", store);
        }

        newLiveDatabase("killed");
        int killed = 0;
        try (Store store = store("killed")) {
            store.start();
            for (int atLeast : new int[] {1, 4_000, 12_000}) {
                Await.until("position " + atLeast, () -> written("killed") >= atLeast, store::readings);
                if (!store.isCaughtUp()) {
                    killed++;
                }
                server.kill();
                server.startAgain();
            }
            awaitAll("killed store", store);
            assertThat(store.readings().get(Topics.PROFILES).lagRecords()).isZero();
        }
        assertThat(killed).as("kills in mid-stream").isGreaterThanOrEqualTo(2);
        Map<String, List<String>> calm = tables("calm");
        assertThat(tables("killed")).allSatisfy((table, rows) -> assertThat(rows.equals(calm.get(table)))
                .as("equal " + table)
                .isTrue());
        assertThat(calm.get("correction")).hasSizeGreaterThan(1_000);
        assertThat(calm.get("band_change")).hasSizeGreaterThan(1_000);
        assertThat(written("calm")).isEqualTo(30_000);
    }

    @Test
    void aDatabaseThatComesLaterAndAStoreThatStartsAgain() throws Exception {
        server.newDatabase("later");
        server.stop();
        try (Store store = store("later")) {
            store.start();
            assertThat(store.isCaughtUp()).isFalse();
            assertThat(store.readings()).isEmpty();
            assertThat(store.wholeDirectory()).isEmpty();
            server.startAgain();
            awaitAll("store", store);
            assertThat(store.wholeDirectory().orElseThrow().reps()).contains("anna", "otto");
        }
        Map<String, List<String>> before = tables("later");
        try (Store store = store("later")) {
            store.start();
            awaitAll("store again", store);
        }
        assertThat(tables("later")).isEqualTo(before);
    }

    @Test
    void configurationIsThereAsOfNow() throws Exception {
        server.newDatabase("configuration");
        try (Store store = store("configuration");
                Connection database = connect("configuration")) {
            store.start();
            Await.until(
                    "reps",
                    () -> store.isCaughtUp()
                            && Tables.rows(database, "select 1 from leadpulse.rep where rep = 'otto'")
                                            .size()
                                    == 1,
                    store::readings);
            assertThat(Tables.rows(
                            database,
                            "select rep, name, team, team_lead, deputy, active from leadpulse.rep order by 1"))
                    .containsExactly("anna|Anna|north|-|-|t", "otto|Otto|south|mia|anna|t");
            assertThat(Tables.rows(
                            database,
                            "select scope, measure, period_kind, period, unit, amount,"
                                    + " effective_from = '-infinity' from leadpulse.goal_given order by 1"))
                    .containsExactly(
                            "company|won_amount|month||money|34000000|t", "rep:otto|won_count|week||count|3|f");
            assertThat(
                            Tables.rows(
                                    database,
                                    "select key, value from leadpulse.setting where key not in ('caught_up_at', 'live_since') order by key"))
                    .containsExactly(
                            "company|Example Pumps",
                            "currency|EUR",
                            "currency_code|EUR",
                            "minor_digits|2",
                            "public_url|https://sales.example",
                            "zone|Europe/Berlin");
            assertThat(Tables.rows(database, "select min(day), max(day), count(*) from leadpulse.like_day"))
                    .containsExactly("2025-03-01|2025-04-30|61");
            assertThat(Tables.rows(database, "select distinct team from leadpulse.alert where owner = 'anna'"))
                    .containsExactly("north");
        }
    }

    @Test
    void theCurveOfTodayReplacesItself() throws Exception {
        server.newDatabase("curve");
        try (Store store = store("curve");
                Connection database = connect("curve")) {
            store.start();
            Await.until("store", store::isCaughtUp, store::readings);
            LocalDate day = LocalDate.parse("2025-03-04");
            Instant nine = Instant.ofEpochMilli(NINE);
            store.writeCurve(List.of(
                    new CurvePoint("company", day, nine, 100, 1_000),
                    new CurvePoint("company", day, nine.plusSeconds(300), 150, 1_000),
                    new CurvePoint("team:north", day, nine, 50, 500)));
            store.writeCurve(List.of(new CurvePoint("company", day, nine, 120, 1_100)));
            assertThat(Tables.rows(
                            database, "select scope, day, expected_minor, goal_minor from leadpulse.expected_curve"))
                    .containsExactly("company|2025-03-04|120|1100");
        }
    }

    /** Waits for the results, and for the reps, whose teams stand beside them. */
    private static void awaitAll(String what, Store store) throws Exception {
        Await.until(what, () -> store.isCaughtUp() && store.wholeDirectory().isPresent(), store::readings);
    }

    private static Store store(String database) {
        return new Store(
                new StoreConfig(
                        server.url(database),
                        PostgresServer.USER,
                        PostgresServer.PASSWORD,
                        broker.connection(),
                        YAML,
                        "https://sales.example"),
                List::of,
                () -> true,
                CLOCK);
    }

    /** A database whose results are live from the first on, so that changes are told of all. */
    private static void newLiveDatabase(String name) throws SQLException {
        var source = StoredResults.source(server.newDatabase(name), PostgresServer.USER, PostgresServer.PASSWORD);
        Migrations.migrate(source);
        StoredResults.execute(
                source,
                "insert into leadpulse.setting values ('caught_up_at', '2025-01-01T00:00:00Z'),"
                        + " ('live_since', '2025-01-01T00:00:00Z')");
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private static Map<String, List<String>> tables(String database) throws SQLException {
        try (Connection connection = connect(database)) {
            return Tables.all(connection);
        }
    }

    /** Records written so far, by the positions; 0 before there are tables. */
    private static long written(String database) {
        try (Connection connection = connect(database)) {
            return Long.parseLong(
                    Tables.rows(connection, "select coalesce(sum(next_offset), 0) from leadpulse.consumer_position")
                            .get(0));
        } catch (SQLException notYet) {
            return 0;
        }
    }

    /** By key over two partitions, as the engine does. */
    private static List<ProducerRecord<byte[], byte[]>> records(List<ResultUpdate> updates) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ResultUpdate update : updates) {
            records.add(
                    new ProducerRecord<>(update.topic(), null, update.appendMillis(), update.key(), update.value()));
        }
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
