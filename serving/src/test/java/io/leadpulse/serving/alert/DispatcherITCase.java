package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.serving.store.Migrations;
import io.leadpulse.tools.PostgresServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The dispatcher as it runs: real broker, database, Alertmanager, mail server and clock. */
class DispatcherITCase {

    private static final ResultCodec<AlertRecord> CODEC = new ResultCodecs("EUR").alerts();

    private static final int REPS = 100;
    private static final int LEADS_A_REP = 100;
    private static final int MESSAGES_A_MINUTE = 20;
    private static final String ALL_HOURS = """
            working_hours: {monday: H, tuesday: H, wednesday: H, thursday: H, friday: H, saturday: H, sunday: H}
            """.replace(": H", ": [{from: \"00:00\", to: \"24:00\"}]");

    @TempDir
    Path folder;

    private final AtomicBoolean engineHasReadAll = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();

    private final Directory directory = Directory.of(
            ConfigReader.parse(ALL_HOURS + "reps: [{id: anna, name: Anna Ahrens, email: anna@example.com}]"),
            List.of());

    @Test
    void anAlertInTheTopicIsAMailAndARowAndAfterARestartNoSecondMail() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                Inbox inbox = new Inbox();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.in(folder, inbox.environment())) {
            alertmanager.start();
            PostgresSentLog log = new PostgresSentLog(migrated(postgres));
            TestBroker broker = TestBroker.start();
            try {
                broker.createTopic(Topics.ALERTS, 2, Map.of("cleanup.policy", "compact"));
                send(broker, SalesForce.stuck("L-1", "anna", System.currentTimeMillis()));
                try (Dispatcher dispatcher = dispatcher(log, alertmanager)) {
                    dispatcher.start(broker.connection());
                    // The engine works off history: what it raises it takes back before it has read all.
                    send(broker, SalesForce.stuck("L-0", "anna", System.currentTimeMillis()));
                    Await.until("the engine is waited for", () -> asked.get() > 2, asked::get);
                    assertThat(log.load().firstCaughtUpMillis()).isEqualTo(SentLog.NEVER);
                    send(
                            broker,
                            SalesForce.stuck("L-0", "anna", System.currentTimeMillis())
                                    .resolved(System.currentTimeMillis()));
                    engineHasReadAll.set(true);
                    assertThat(inbox.mails(1).get(0).subject()).isEqualTo("lead L-1: Stuck in offer");
                }
                assertThat(log.load().tellings()).hasSize(1);

                try (Dispatcher dispatcher = dispatcher(log, alertmanager)) {
                    dispatcher.start(broker.connection());
                    send(broker, SalesForce.stuck("L-2", "anna", System.currentTimeMillis()));
                    Await.until(
                            "the mail about the second lead",
                            () -> inbox.subjects().contains("anna@example.com: lead L-2: Stuck in offer"),
                            inbox::subjects);
                }
                assertThat(inbox.mails()).hasSize(2);
            } finally {
                broker.stop();
            }
        }
    }

    /**
     * The storm goes the whole way: topic, plan, table, Alertmanager, mail and webhook. Only the clock is the test's: it
     * walks through the minutes that a hundred digests take.
     */
    @Test
    void tenThousandLeadsStuckAtOnceAreOneDigestARepTwentyMessagesAMinuteAndNothingLost() throws Exception {
        Directory force = salesForce();
        engineHasReadAll.set(true);
        AtomicLong now = new AtomicLong(System.currentTimeMillis() - SalesForce.HOUR);
        try (PostgresServer postgres = PostgresServer.start();
                Inbox inbox = new Inbox();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.in(folder, inbox.environment())) {
            alertmanager.start();
            PostgresSentLog log = new PostgresSentLog(migrated(postgres));
            TestBroker broker = TestBroker.start();
            try {
                broker.createTopic(Topics.ALERTS, 2, Map.of("cleanup.policy", "compact"));
                broker.send(IntStream.range(0, REPS * LEADS_A_REP)
                        .mapToObj(lead -> record(SalesForce.stuck("L-" + lead, "rep-" + lead % REPS, now.get())
                                .amount(lead)))
                        .toList());
                // It dies in the midst of it and begins anew.
                for (int run = 0; run < 2; run++) {
                    Dispatcher dispatcher =
                            dispatcher(() -> force, log, alertmanager, () -> Instant.ofEpochMilli(now.get()));
                    try (ResultReader reader = new ResultReader(
                            "alerts", broker.connection(), List.of(Topics.ALERTS), Map.of(), dispatcher)) {
                        reader.start();
                        Await.until("all alerts", reader::isCaughtUp, () -> "");
                        walk(dispatcher, now, run == 0 ? 2 * SalesForce.MINUTE : 8 * SalesForce.MINUTE);
                    }
                }

                Map<String, Instant> digests = new HashMap<>();
                try (Connection database = postgres.connect(PostgresServer.USER, PostgresServer.PASSWORD);
                        Statement statement = database.createStatement();
                        ResultSet row = statement.executeQuery("""
                                select recipient, kind, message_id, sent_at, count(distinct alert) as alerts
                                from leadpulse.alert_message group by recipient, kind, message_id, sent_at
                                """)) {
                    while (row.next()) {
                        assertThat(row.getString("kind")).isEqualTo("digest");
                        assertThat(row.getInt("alerts")).isEqualTo(LEADS_A_REP);
                        Instant sentAt = row.getTimestamp("sent_at").toInstant();
                        assertThat(digests.put(row.getString("recipient"), sentAt))
                                .as("an earlier digest of the same rep")
                                .isNull();
                    }
                }
                assertThat(digests).hasSize(REPS);
                List<Instant> times = digests.values().stream().sorted().toList();
                for (int first = 0; first + MESSAGES_A_MINUTE < times.size(); first++) {
                    assertThat(Duration.between(times.get(first), times.get(first + MESSAGES_A_MINUTE)))
                            .as("time in which more left than may in a minute")
                            .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
                }

                assertThat(inbox.mails(REPS))
                        .extracting(Inbox.Mail::to)
                        .doesNotHaveDuplicates()
                        .hasSize(REPS);
                assertThat(inbox.mails())
                        .allSatisfy(mail -> assertThat(mail.subject()).startsWith(LEADS_A_REP + " leads need you"));
                Await.until(
                        "the webhook's posts",
                        () -> inbox.posts().size() >= REPS,
                        () -> inbox.posts().size() + "");
                assertThat(inbox.posts()).hasSize(REPS);
            } finally {
                broker.stop();
            }
        }
    }

    private static void walk(Dispatcher dispatcher, AtomicLong now, long millis) {
        for (long end = now.get() + millis; now.get() < end; now.addAndGet(5 * SalesForce.SECOND)) {
            dispatcher.tick();
        }
    }

    /** A hundred reps who work at all hours. */
    private static Directory salesForce() {
        String reps = IntStream.range(0, REPS)
                .mapToObj(rep -> "{id: rep-%d, email: rep-%d@example.com}".formatted(rep, rep))
                .collect(Collectors.joining(", "));
        return Directory.of(ConfigReader.parse(ALL_HOURS + "reps: [" + reps + "]"), List.of());
    }

    private static PGSimpleDataSource migrated(PostgresServer postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.url());
        database.setUser(PostgresServer.USER);
        database.setPassword(PostgresServer.PASSWORD);
        Migrations.migrate(database);
        return database;
    }

    private boolean engineHasReadAll() {
        asked.incrementAndGet();
        return engineHasReadAll.get();
    }

    private Dispatcher dispatcher(SentLog log, AlertmanagerProcess alertmanager) {
        return dispatcher(() -> directory, log, alertmanager, InstantSource.system());
    }

    private Dispatcher dispatcher(
            Supplier<Directory> directory, SentLog log, AlertmanagerProcess alertmanager, InstantSource clock) {
        return new Dispatcher(
                CODEC,
                AlertDelivery.DEFAULT,
                () -> Optional.of(directory.get()),
                LeadOutlook.NONE,
                "http://leadpulse.example",
                null,
                MoneyUnit.of("EUR"),
                alertmanager.url(),
                log,
                new AlertMetrics(new PrometheusRegistry()),
                new Dispatcher.Engine(this::engineHasReadAll, Office.ENGINE_BEHIND),
                clock);
    }

    private static void send(TestBroker broker, SalesForce.Alert alert) throws Exception {
        broker.send(List.of(record(alert)));
    }

    private static ProducerRecord<byte[], byte[]> record(SalesForce.Alert alert) {
        AlertRecord record = alert.asRecord();
        return new ProducerRecord<>(
                Topics.ALERTS, record.alert().getBytes(StandardCharsets.UTF_8), CODEC.encode(record));
    }
}
