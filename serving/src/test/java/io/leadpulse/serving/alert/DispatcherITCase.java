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
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.serving.store.Migrations;
import io.leadpulse.tools.PostgresServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The dispatcher as it runs: real broker, database, Alertmanager, mail server and clock. */
class DispatcherITCase {

    private static final ResultCodec<AlertRecord> CODEC = new ResultCodecs("EUR").alerts();

    @TempDir
    Path folder;

    private final Directory directory =
            Directory.of(ConfigReader.parse("""
            working_hours: {monday: H, tuesday: H, wednesday: H, thursday: H, friday: H, saturday: H, sunday: H}
            reps: [{id: anna, name: Anna Ahrens, email: anna@example.com}]
            """.replace(": H", ": [{from: \"00:00\", to: \"24:00\"}]")), List.of());

    @Test
    void anAlertInTheTopicIsAMailAndARowAndAfterARestartNoSecondMail() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                Inbox inbox = new Inbox();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.in(folder, inbox.environment())) {
            alertmanager.start();
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(postgres.url());
            database.setUser(PostgresServer.USER);
            database.setPassword(PostgresServer.PASSWORD);
            Migrations.migrate(database);
            PostgresSentLog log = new PostgresSentLog(database);
            TestBroker broker = TestBroker.start();
            try {
                broker.createTopic(Topics.ALERTS, 2, Map.of("cleanup.policy", "compact"));
                send(broker, SalesForce.stuck("L-1", "anna", System.currentTimeMillis()));
                try (Dispatcher dispatcher = dispatcher(log, alertmanager)) {
                    dispatcher.start(broker.connection());
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

    private Dispatcher dispatcher(SentLog log, AlertmanagerProcess alertmanager) {
        return new Dispatcher(
                CODEC,
                AlertDelivery.DEFAULT,
                () -> directory,
                "http://leadpulse.example",
                MoneyUnit.of("EUR"),
                alertmanager.url(),
                log,
                new AlertMetrics(new PrometheusRegistry()),
                InstantSource.system());
    }

    private static void send(TestBroker broker, SalesForce.Alert alert) throws Exception {
        AlertRecord record = alert.asRecord();
        broker.send(List.of(new ProducerRecord<>(
                Topics.ALERTS, record.alert().getBytes(StandardCharsets.UTF_8), CODEC.encode(record))));
    }
}
