package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as two real processes that are killed while a transaction is open, against a run that nobody disturbs. */
class LeadpulseClusterITCase {
    private static final int PARTITIONS = 2;
    private static final int SALES = 30;
    /** Those of the sales, and those that move the clock of each partition. */
    private static final int ALL_LEADS = 3 * SALES + PARTITIONS;

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String CONFIG = """
            company:
              zone: UTC
              currency: USD
            retention_days: 3650
            """;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<TestBroker> brokers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Process each : processes) {
            each.destroyForcibly().waitFor();
        }
        for (TestBroker each : brokers) {
            each.stop();
        }
    }

    @Test
    void killedTaskManagerAndJobManagerLeaveTheResultsOfAnUndisturbedRun() throws Exception {
        // It goes on to the end, so that what it says a moment later is heard as well.
        TestBroker undisturbedBroker = startBroker();
        LeadpulseJob undisturbed = startUndisturbed(undisturbedBroker);

        TestBroker broker = startBroker();
        ClusterCommands commands = commands(broker, folder.resolve("killed"));
        Process jobManager = start(commands.jobManager(), "jobmanager");
        Process taskManager = start(commands.taskManager(), "taskmanager");
        int sent = 0;
        try (Results results = new Results(broker);
                Results expected = new Results(undisturbedBroker)) {
            sent += send(broker, sales(1, SALES));
            results.awaitWon(SALES);
            assertThat(get("http://127.0.0.1:" + commands.restPort() + "/jobs/overview"))
                    .contains("RUNNING");
            assertThat(get("http://127.0.0.1:" + commands.jobManagerMetricsPort() + "/metrics"))
                    .contains("flink_jobmanager_");
            assertThat(get("http://127.0.0.1:" + commands.taskManagerMetricsPort() + "/metrics"))
                    .contains("flink_taskmanager_");
            for (int port : List.of(commands.jobManagerMetricsPort(), commands.taskManagerMetricsPort())) {
                assertThatThrownBy(() -> get("http://127.0.0.2:" + port + "/metrics"))
                        .isInstanceOf(ConnectException.class);
            }

            sent += send(broker, sales(SALES + 1, 2 * SALES));
            awaitOpenTransaction(broker);
            taskManager.destroyForcibly().waitFor();
            Path working = folder.resolve("killed/tmp/taskmanager");
            Path left = Files.createFile(working.resolve("left behind"));
            start(commands.taskManager(), "taskmanager-again");
            results.awaitWon(2 * SALES);
            assertThat(left).doesNotExist();

            sent += send(broker, sales(2 * SALES + 1, 3 * SALES));
            awaitOpenTransaction(broker);
            jobManager.destroyForcibly().waitFor();
            left = Files.createFile(folder.resolve("killed/tmp/jobmanager/left behind"));
            start(commands.jobManager(), "jobmanager-again");
            results.awaitWon(3 * SALES);
            assertThat(left).doesNotExist();

            sent += send(broker, LiveHistory.clock("20:00:00", PARTITIONS));
            results.awaitAllIn(sent);
            expected.awaitAllIn(sent);
            results.awaitMeaning(expected);
        } finally {
            undisturbed.stop();
        }
        assertThat(countOf(broker, "read_uncommitted"))
                .as("results of aborted transactions")
                .isGreaterThan(countOf(broker, "read_committed"));
    }

    /** An embedded engine that reads the same history in one go. */
    private LeadpulseJob startUndisturbed(TestBroker broker) throws Exception {
        send(broker, sales(1, 3 * SALES));
        send(broker, LiveHistory.clock("20:00:00", PARTITIONS));
        return LeadpulseJob.start(LeadpulseJobConfig.of(new String[] {
            "--bootstrap-servers",
            broker.address(),
            "--data",
            folder.resolve("undisturbed").toString(),
            "--config",
            configFile().toString(),
            "--from-earliest",
            "--checkpoint-interval",
            "500 ms",
            "--idleness",
            "1 s"
        }));
    }

    private static List<ProducerRecord<byte[], byte[]>> sales(int from, int to) {
        LiveHistory history = new LiveHistory();
        for (int number = from; number <= to; number++) {
            history.sale(number, 100 + number);
        }
        return history.records();
    }

    private static int send(TestBroker broker, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        broker.send(records);
        return records.size();
    }

    private TestBroker startBroker() throws Exception {
        TestBroker broker = TestBroker.start();
        brokers.add(broker);
        try (Admin admin = broker.admin()) {
            assertThat(EngineTopics.create(admin, EngineTopics.all(PARTITIONS), (short) 1))
                    .isEmpty();
        }
        return broker;
    }

    private ClusterCommands commands(TestBroker broker, Path data) throws IOException {
        List<Integer> ports = freePorts(4);
        return new ClusterCommands(
                data,
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                2,
                List.of(
                        "--bootstrap-servers",
                        broker.address(),
                        "--config",
                        configFile().toString(),
                        "--from-earliest",
                        "--checkpoint-interval",
                        "2 s",
                        "--idleness",
                        "1 s"));
    }

    private Path configFile() throws IOException {
        return Files.writeString(folder.resolve("leadpulse.yaml"), CONFIG);
    }

    private Process start(List<String> arguments, String name) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "cluster-" + name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Waits until some results are written and not yet committed. */
    private static void awaitOpenTransaction(TestBroker broker) throws Exception {
        try (Admin admin = broker.admin()) {
            await("an open transaction", () -> {
                Map<TopicPartition, OffsetSpec> ends =
                        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    ends.put(new TopicPartition(Topics.ROLLUPS, partition), OffsetSpec.latest());
                }
                return written(admin, ends, IsolationLevel.READ_UNCOMMITTED)
                        > written(admin, ends, IsolationLevel.READ_COMMITTED);
            });
        }
    }

    private static long written(Admin admin, Map<TopicPartition, OffsetSpec> ends, IsolationLevel isolation)
            throws Exception {
        return admin.listOffsets(ends, new ListOffsetsOptions(isolation)).all().get().values().stream()
                .mapToLong(each -> each.offset())
                .sum();
    }

    private static int countOf(TestBroker broker, String isolation) {
        try (CommittedTopic<RollupRecord> rollups =
                new CommittedTopic<>(broker, new ResultCodecs("USD").rollups(), isolation)) {
            return rollups.readToEnd().records();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - deadline).as(what + " in time").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static String get(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(DEADLINE).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** So many different ones: each is held until all are chosen. */
    private static List<Integer> freePorts(int count) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> ports = count == 1 ? new ArrayList<>() : new ArrayList<>(freePorts(count - 1));
            ports.add(socket.getLocalPort());
            return ports;
        }
    }

    /** What readers of committed results see. */
    private static final class Results implements AutoCloseable {
        private final CommittedTopic<ProgressRecord> progress;
        private final CommittedTopic<RollupRecord> rollups;
        private final CommittedTopic<LeadProfile> profiles;
        private final CommittedTopic<LedgerRecord> ledger;
        private final CommittedTopic<ConservationRecord> conservation;

        Results(TestBroker broker) {
            ResultCodecs codecs = new ResultCodecs("USD");
            progress = new CommittedTopic<>(broker, codecs.progress());
            rollups = new CommittedTopic<>(broker, codecs.rollups());
            profiles = new CommittedTopic<>(broker, codecs.profiles());
            ledger = new CommittedTopic<>(broker, codecs.ledger());
            conservation = new CommittedTopic<>(broker, codecs.conservation());
        }

        void awaitWon(int count) {
            progress.await(
                    count + " won",
                    each -> each.scope().equals("company")
                            && each.periodKind().equals("total")
                            && each.sales().wonCount() == count);
        }

        void awaitAllIn(int sent) {
            ConservationRecord all =
                    conservation.await("a fate of all " + sent, each -> each.in() == sent && each.isBalanced());
            assertThat(all.duplicate()).isZero();
            // Sums are said a moment after the fates of what they are made of.
            rollups.await(
                    ALL_LEADS + " leads created",
                    each -> each.scope().equals("company")
                            && each.measure().equals(Measure.LEADS_CREATED.wireName())
                            && each.pane().equals(RollupRecord.TOTAL)
                            && each.value() == ALL_LEADS);
        }

        /** Waits until the same is said as there: sums and profiles are, some seconds after the facts that they are of. */
        void awaitMeaning(Results there) {
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (!meaning().equals(there.meaning()) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            assertThat(meaning()).isEqualTo(there.meaning());
            assertThat(profiles.newest()).hasSize(ALL_LEADS);
        }

        /** Every sum, sale, point and profile, but not as of when it was said. */
        Map<String, String> meaning() {
            Map<String, String> meaning = new TreeMap<>();
            // A sum that came back to nothing was said, or not: by what happened between two checkpoints.
            rollups.readToEnd().newest().entrySet().stream()
                    .filter(each -> each.getValue().value() != 0)
                    .forEach(each -> meaning.put(
                            "rollup " + each.getKey(), "" + each.getValue().value()));
            progress.readToEnd()
                    .newest()
                    .forEach((key, each) ->
                            meaning.put("progress " + key, each.sales().toString()));
            ledger.readToEnd()
                    .newest()
                    .forEach((key, each) -> meaning.put("ledger " + key, each.points() + " " + each.withdrawn()));
            profiles.readToEnd()
                    .newest()
                    .forEach((key, each) -> meaning.put(
                            "profile " + key,
                            each.status() + each.milestones() + each.contacts() + each.deals() + each.touches()));
            assertThat(kinds(meaning.keySet())).containsExactly("ledger", "profile", "progress", "rollup");
            return meaning;
        }

        private static List<String> kinds(Collection<String> keys) {
            return keys.stream()
                    .map(key -> key.substring(0, key.indexOf(' ')))
                    .distinct()
                    .sorted()
                    .collect(Collectors.toList());
        }

        @Override
        public void close() {
            progress.close();
            rollups.close();
            profiles.close();
            ledger.close();
            conservation.close();
        }
    }
}
