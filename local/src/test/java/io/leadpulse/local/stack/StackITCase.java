package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.cli.ExitCode;
import io.leadpulse.schemas.Topics;
import io.leadpulse.tools.DebianTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's processes: started, refused twice, healed, killed with their parent, started again, stopped. */
class StackITCase {
    private static final String[] OPTIONS = {"--no-simulator", "--no-grafana"};
    private static final int INTERRUPTED = 130;
    private static final int ANSWER_SECONDS = 5;

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void needPostgres() throws IOException {
        DebianTool.POSTGRES.require();
        DebianTool.PROMETHEUS.require();
        DebianTool.ALERTMANAGER.require();
        // PostgreSQL's own user must be able to go there, or its files would lie outside of the folder.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("my demo");
    }

    @Test
    void itHealsEndsWithItsParentGoesOnAndEndsInOrder() throws Exception {
        Properties first;
        try (DemoProcess demo = DemoProcess.start(data, OPTIONS)) {
            demo.awaitRunning();
            first = demo.endpoints();
            secretsAreTheOwnersOnly();
            memoryIsWithinTheBudget(demo);
            send(first.getProperty("kafka"));
            aSecondDemoIsRefused();

            // All at once; FaultsITCase kills one after the other, each in the middle of its work.
            List<String> parts = List.of(
                    "bin/postgres",
                    "kafka.Kafka",
                    "LeadpulseCluster",
                    "TaskManagerRunner",
                    "ServingMain",
                    "bin/prometheus ",
                    "bin/prometheus-alertmanager");
            Map<String, ProcessHandle> killed = new HashMap<>();
            for (String part : parts) {
                killed.put(part, demo.child(part));
            }
            killed.values().forEach(ProcessHandle::destroyForcibly);
            for (String part : parts) {
                ProcessHandle before = killed.get(part);
                demo.await(part + " runs again", () -> demo.children().stream()
                        .anyMatch(child -> child.pid() != before.pid()
                                && child.info().commandLine().orElse("").contains(part)));
            }
            MetricsReader metrics = new MetricsReader(first.getProperty("serving"));
            demo.await("metrics are served again", () -> read(metrics).isPresent());
            demo.await("Kafka answers", () -> answers(first));
            demo.await("PostgreSQL answers", () -> postgresAnswers(first));

            List<ProcessHandle> children = demo.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(7);
            demo.kill();
            demo.await("no child outlives its parent", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }

        try (DemoProcess demo = DemoProcess.start(data, OPTIONS)) {
            demo.awaitRunning();
            Properties again = demo.endpoints();
            demo.await("what was in Kafka is there", () -> answers(again));
            demo.await("PostgreSQL answers", () -> postgresAnswers(again));

            List<ProcessHandle> children = demo.children();
            demo.interrupt();

            assertThat(demo.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(Files.readString(data.resolve("logs/postgres.log"))).contains("database system is shut down");
        }
    }

    @Test
    void whatCannotStartIsSaidWithTheEndOfItsLogAndNothingIsLeft() throws Exception {
        Files.createDirectories(data.resolve("kafka"));
        // A file where Kafka wants its folder.
        Files.writeString(data.resolve("kafka/log"), "");

        try (DemoProcess demo = DemoProcess.start(data, OPTIONS)) {
            assertThat(demo.awaitEnd()).isEqualTo(ExitCode.FAILED);

            assertThat(demo.output())
                    .contains("leadpulse: formatting Kafka's folder failed")
                    .contains("kafka.log ends:");
            assertThat(demo.children()).isEmpty();
        }
    }

    private static Optional<MetricsPage> read(MetricsReader metrics) {
        try {
            return metrics.read();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void aSecondDemoIsRefused() throws Exception {
        try (DemoProcess second = DemoProcess.start(data, OPTIONS)) {
            assertThat(second.awaitEnd()).isEqualTo(ExitCode.FAILED);
            assertThat(second.output()).contains("another demo is running on " + data);
        }
    }

    private void secretsAreTheOwnersOnly() throws Exception {
        try (var secrets = Files.list(data.resolve("secrets"))) {
            assertThat(secrets.toList()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(secret -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------"));
        }
    }

    /** Prints what is resident, and holds it against the sum of what these processes may use. */
    private static void memoryIsWithinTheBudget(DemoProcess demo) {
        long bytes = ResidentMemory.bytes(demo.handle());
        long budgetMebibytes = EnumSet.complementOf(EnumSet.of(Role.GRAFANA)).stream()
                .mapToLong(Role::residentMebibytes)
                .sum();
        System.out.printf(Locale.ROOT, "resident: %d MiB of %d MiB%n", bytes >> 20, budgetMebibytes);
        assertThat(bytes >> 20).isPositive().isLessThan(budgetMebibytes);
    }

    private static void send(String kafka) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.ACTIVITIES, "lead", "{}")).get();
        }
    }

    private static boolean answers(Properties endpoints) {
        try {
            return records(endpoints.getProperty("kafka")) == 1;
        } catch (ExecutionException | TimeoutException e) {
            // Not yet.
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long records(String kafka) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            var topic = admin.describeTopics(List.of(Topics.ACTIVITIES))
                    .allTopicNames()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .get(Topics.ACTIVITIES);
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            topic.partitions()
                    .forEach(partition -> ends.put(
                            new TopicPartition(Topics.ACTIVITIES, partition.partition()), OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private boolean postgresAnswers(Properties endpoints) {
        try (Connection connection = DriverManager.getConnection(
                        endpoints.getProperty("postgres"),
                        PostgresService.OWNER,
                        Files.readString(data.resolve("secrets/postgres-leadpulse")));
                var statement = connection.createStatement();
                var result = statement.executeQuery("select 1")) {
            return result.next();
        } catch (SQLException e) {
            // Not yet.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
