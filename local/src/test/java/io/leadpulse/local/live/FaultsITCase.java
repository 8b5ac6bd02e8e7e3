package io.leadpulse.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.local.send.EventSender;
import io.leadpulse.local.stack.DemoProcess;
import io.leadpulse.schemas.Topics;
import io.leadpulse.serving.alert.Inbox;
import io.leadpulse.serving.app.Serving;
import io.leadpulse.serving.app.ServingConfig;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the broker, JobManager, TaskManager, serving and PostgreSQL of the demo, in a drawn order, each in the middle of
 * its work while events come in: all stores are at the end as after a run of the same events that nothing disturbs, and
 * everybody was told of everything once.
 */
class FaultsITCase {
    private static final String MILESTONES =
            "select a.limit_text || ' reached: company, ' || (a.details ->> 'period_label') as reached"
                    + " from leadpulse.alert a where a.cause = 'milestone' and a.scope = 'company'";

    /**
     * Those that the sums of their days have reached still. The story takes some wins back a moment later: if a kill comes
     * between, their milestones may be told, and then stay told.
     */
    private static final String STANDING_MILESTONES = MILESTONES
            + " and exists (select from leadpulse.rollup_day r where r.scope = a.scope and r.measure = 'won_amount'"
            + " and r.dimension = '' and r.day::text = a.details ->> 'period'"
            + " and 100 * r.value >= (a.details ->> 'step')::int * (a.details ->> 'goal_minor')::bigint) order by reached";

    private static final long SEED = 20261122;
    private static final int LEADS = 40;
    private static final Duration WITHIN = Duration.ofMinutes(3);

    /** Who is killed, by what is peculiar to its command. */
    private enum Victim {
        BROKER("kafka.Kafka"),
        JOBMANAGER("LeadpulseCluster"),
        TASKMANAGER("TaskManagerRunner"),
        SERVING("ServingMain"),
        POSTGRES("bin/postgres");

        private final String command;

        Victim(String command) {
            this.command = command;
        }
    }

    private final Instant base = Instant.now();
    private final FaultStory story = new FaultStory(SEED, LEADS, Victim.values().length, base);

    @TempDir
    private Path folder;

    private DemoProcess demo;
    private Stores killed;
    private EventSender events;
    private long sent;

    @BeforeEach
    void needPrograms() throws IOException {
        DebianTool.POSTGRES.require();
        DebianTool.ALERTMANAGER.require();
        // PostgreSQL's own user must be able to go there, or its files would lie outside of the folder.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void killedInTurnInMidStreamAllStoresAreAsIfNothingHadHappenedAndEverybodyWasToldOnce() throws Exception {
        Path data = folder.resolve("killed");
        Path config = Files.writeString(folder.resolve("config.yaml"), story.configYaml());
        try (Inbox inbox = new Inbox();
                DemoProcess started = DemoProcess.start(
                        data,
                        inbox.environment(),
                        "--no-simulator",
                        "--no-grafana",
                        "--no-prometheus",
                        "--config",
                        config.toString())) {
            demo = started;
            demo.awaitRunning();
            Properties at = demo.endpoints();
            String broker = at.getProperty("kafka");
            try (EventSender sender = EventSender.to(broker);
                    Stores stores = new Stores(
                            broker,
                            at.getProperty("postgres"),
                            Files.readString(data.resolve("secrets/postgres-leadpulse")),
                            at.getProperty("serving") + "/metrics",
                            base)) {
                events = sender;
                killed = stores;
                begin();
                awaitTold(inbox, FaultStory.BEFORE, FaultStory.BEFORE);
                killAll();
                awaitTold(inbox, 0, story.pieces().size() - 1);
                send(events, story.end());
                sent += story.end().size();
                awaitToldOfTheEnd(inbox);
                assertThat(records(broker, "read_uncommitted"))
                        .as("results of aborted transactions")
                        .isGreaterThan(records(broker, "read_committed"));
                awaitSameAsCalm();
                toldOnce(inbox);
            }
        }
    }

    private void begin() throws Exception {
        send(events, story.configuration());
        send(events, story.beginning());
        sent = (long) story.configuration().size() + story.beginning().size();
        awaitWorkedOff(killed);
        awaitLive(killed);
        assertThat(killed.rows(MILESTONES)).as("reached by the beginning").isEmpty();
    }

    private void killAll() throws Exception {
        List<Victim> order = new ArrayList<>(List.of(Victim.values()));
        Collections.shuffle(order, new Random(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int turn = 0; turn < order.size(); turn++) {
            List<String> piece = story.pieces().get(turn);
            int until = random.nextInt(piece.size() / 4, piece.size() * 3 / 4);
            System.out.printf("%s is killed after %d of %d records%n", order.get(turn), until, piece.size());
            killIn(order.get(turn), piece.subList(0, until), piece.subList(until, piece.size()));
            sent += piece.size();
            awaitWorkedOff(killed);
        }
    }

    /** Writes the one part, kills while it is worked off, and goes on writing while the victim is down. */
    private void killIn(Victim victim, List<String> before, List<String> after) throws Exception {
        ProcessHandle process = demo.child(victim.command);
        switch (victim) {
            case SERVING, POSTGRES -> killWhileItWrites(process, before);
            default -> {
                send(events, before);
                Await.moment("an open transaction", () -> killed.open() > 0 && killed.unread() > 0, killed::progress);
                kill(process);
            }
        }
        assertThat(process.isAlive()).isFalse();
        // The broker's writers wait for it.
        CompletableFuture<Void> rest = CompletableFuture.runAsync(() -> {
            try {
                send(events, after);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        demo.await(victim + " runs again", () -> demo.children().stream()
                .anyMatch(child -> child.pid() != process.pid()
                        && child.info().commandLine().orElse("").contains(victim.command)));
        rest.join();
    }

    /** Kills when a transaction of the tables has written some of them and waits, by our doing, for the next. */
    private void killWhileItWrites(ProcessHandle process, List<String> before) throws Exception {
        try (Connection lock = killed.connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table leadpulse.rollup_day in exclusive mode");
            send(events, before);
            // Beside the writer may wait who deletes what is too old, once after each start.
            Await.until(
                    "a transaction in the middle",
                    () -> !killed.value("select count(*) from pg_locks where not granted and relation ="
                                            + " 'leadpulse.rollup_day'::regclass")
                                    .equals("0")
                            && killed.unstored() > 0,
                    killed::progress);
            kill(process);
        }
    }

    private static void kill(ProcessHandle process) {
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitWorkedOff(Stores stores) throws Exception {
        Await.until("all worked off", WITHIN, () -> answers(() -> stores.hasWorkedOff(sent)), stores::progress);
    }

    private static void awaitLive(Stores stores) throws Exception {
        Await.until(
                "live",
                WITHIN,
                () -> answers(() -> !stores.rows("select value from leadpulse.setting where key = 'live_since'")
                        .isEmpty()),
                stores::progress);
    }

    private interface Question {
        boolean ask() throws Exception;
    }

    /** The answer; no while PostgreSQL does not give one. */
    private static boolean answers(Question question) throws Exception {
        try {
            return question.ask();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Waits until every rep has heard of each of his leads in these pieces. */
    private void awaitTold(Inbox inbox, int from, int to) throws Exception {
        List<String> expected = new ArrayList<>();
        for (int piece = from; piece <= to; piece++) {
            FaultStory.stuck(piece)
                    .forEach(lead -> expected.add(FaultStory.mailOf(lead) + ": lead " + lead + ": Stuck in offer"));
        }
        await(expected, inbox);
    }

    /** Waits until everybody has heard of those whose deals moved on that they did. */
    private void awaitToldOfTheEnd(Inbox inbox) throws Exception {
        await(
                story.movedOn().stream()
                        .map(lead -> FaultStory.mailOf(lead) + ": Done: lead " + lead)
                        .toList(),
                inbox);
    }

    private static void await(List<String> expected, Inbox inbox) throws Exception {
        Await.until(
                "all are told",
                WITHIN,
                () -> inbox.subjects().containsAll(expected),
                () -> missing(expected, inbox.subjects()) + " of " + inbox.subjects());
    }

    private static Set<String> missing(List<String> expected, List<String> found) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        return missing;
    }

    private void toldOnce(Inbox inbox) throws Exception {
        List<String> milestones = killed.rows(MILESTONES);
        List<String> expected = new ArrayList<>();
        for (String reader : FaultStory.READERS) {
            milestones.forEach(milestone -> expected.add(FaultStory.mail(reader) + ": " + milestone));
        }
        await(expected, inbox);
        List<String> toReaders = inbox.subjects().stream()
                .filter(subject ->
                        FaultStory.READERS.stream().anyMatch(reader -> subject.startsWith(FaultStory.mail(reader))))
                .toList();
        assertThat(toReaders).doesNotHaveDuplicates();
        assertThat(toReaders)
                .as("days of the past that what comes late brings to milestones, which all are told of")
                .filteredOn(subject -> subject.contains(" % reached: company, "))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(toReaders)
                .as("in all")
                .hasSize(expected.size()
                        + (story.pieces().size() + 1) * FaultStory.READERS.size()
                        + story.movedOn().size());
        assertThat(killed.rows("select measure from leadpulse.correction where scope = 'company' and day = '"
                        + story.dayOfWins() + "'"))
                .contains("won_amount", "won_count");
        assertThat(killed.rows("select alert from leadpulse.alert_message group by alert, severity, recipient"
                        + " having count(*) > 1"))
                .isEmpty();
    }

    /** The same events in the same order, with nobody disturbed, until all stores are the same. */
    private void awaitSameAsCalm() throws Exception {
        TestBroker broker = TestBroker.start();
        try (PostgresServer postgres = PostgresServer.start();
                EventSender sender = EventSender.to(broker.address())) {
            try (Admin admin = broker.admin()) {
                assertThat(EngineTopics.create(admin, EngineTopics.all(partitions()), (short) 1))
                        .isEmpty();
            }
            send(sender, story.configuration());
            send(sender, story.beginning());
            sent = (long) story.configuration().size() + story.beginning().size();
            ServingConfig config = ServingConfig.of(
                    List.of(
                            "--bootstrap-servers", broker.address(),
                            "--http-port", "0",
                            "--postgres", postgres.url()),
                    Map.of(
                            ServingConfig.USER_VARIABLE, PostgresServer.USER,
                            ServingConfig.PASSWORD_VARIABLE, PostgresServer.PASSWORD));
            LeadpulseJob job = LeadpulseJob.start(job(broker.address()));
            try (Serving serving = new Serving(config, story.configYaml(), Clock.systemUTC())) {
                serving.start();
                try (Stores calm = new Stores(
                        broker.address(),
                        postgres.url(),
                        PostgresServer.PASSWORD,
                        "http://127.0.0.1:" + serving.address().getPort() + "/metrics",
                        base)) {
                    awaitWorkedOff(calm);
                    awaitLive(calm);
                    for (List<String> piece : story.pieces()) {
                        send(sender, piece);
                        sent += piece.size();
                    }
                    send(sender, story.end());
                    sent += story.end().size();
                    awaitWorkedOff(calm);
                    Await.until("the same", WITHIN, () -> differences(calm).isEmpty(), () -> shown(calm));
                    System.out.printf(
                            "%d values are the same%n",
                            calm.contents(story.dayOfWins()).size());
                    // Goals are judged seconds after the sums of which they are, by the engine's clock.
                    Await.until(
                            "the same milestones",
                            WITHIN,
                            () -> !calm.rows(STANDING_MILESTONES).isEmpty()
                                    && calm.rows(STANDING_MILESTONES).equals(killed.rows(STANDING_MILESTONES)),
                            () -> milestones(calm) + " and " + milestones(killed));
                }
            } finally {
                job.stop();
            }
        } finally {
            broker.stop();
        }
    }

    private static String milestones(Stores stores) {
        try {
            return stores.rows(STANDING_MILESTONES).toString();
        } catch (SQLException e) {
            return e.toString();
        }
    }

    private static int partitions() {
        // As the demo makes them, so that every record has the same place.
        return 4;
    }

    private List<String> differences(Stores calm) throws Exception {
        Map<String, Integer> expected = calm.contents(story.dayOfWins());
        Map<String, Integer> found = killed.contents(story.dayOfWins());
        assertThat(expected).isNotEmpty();
        List<String> differences = new ArrayList<>();
        expected.forEach((each, times) -> {
            if (!times.equals(found.get(each))) {
                differences.add("calm only: " + each);
            }
        });
        found.forEach((each, times) -> {
            if (!times.equals(expected.get(each))) {
                differences.add("killed only: " + each);
            }
        });
        return differences.stream().sorted().toList();
    }

    private String shown(Stores calm) {
        try {
            List<String> differences = differences(calm);
            return differences.size() + " differences:\n"
                    + String.join("\n", differences.subList(0, Math.min(differences.size(), 60)));
        } catch (Exception e) {
            return e.toString();
        }
    }

    private LeadpulseJobConfig job(String bootstrapServers) {
        return new LeadpulseJobConfig(
                bootstrapServers,
                Map.of(),
                folder.resolve("calm"),
                story.configYaml(),
                true,
                2,
                partitions(),
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    /** How many results a reader of this isolation sees. */
    private static long records(String bootstrapServers, String isolation) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(Topics.ROLLUPS, Topics.PROFILES, Topics.LEDGER).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                records += consumer.poll(Duration.ofMillis(500)).count();
            }
            return records;
        }
    }

    private static void send(EventSender to, List<String> lines) throws IOException {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        EventSender.Outcome outcome = to.send("story", new ByteArrayInputStream(bytes), read -> {});
        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.sent()).isEqualTo(lines.size());
    }
}
