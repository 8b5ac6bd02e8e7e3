package io.leadpulse.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.app.LeadpulseJob;
import io.leadpulse.app.LeadpulseJobConfig;
import io.leadpulse.kafka.EngineTopics;
import io.leadpulse.schemas.Topics;
import io.leadpulse.serving.alert.AlertmanagerProcess;
import io.leadpulse.serving.alert.Inbox;
import io.leadpulse.serving.app.Serving;
import io.leadpulse.serving.app.ServingConfig;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.serving.read.TestBroker;
import io.leadpulse.tools.DebianTool;
import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * First the broker is down for two minutes, then the CRM says nothing for two minutes while the web site goes on. Deals reach
 * their limits meanwhile; of some the CRM knows that they moved on before, and says so when it can again, last of all. Real
 * broker, engine, serving, PostgreSQL, Alertmanager and mail server. The clock, which the records of events have, too, stands an
 * hour behind the machine's unless it is put forward.
 */
class OutageITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 4;
    private static final int LEADS = 6;
    private static final Duration LIMIT = Duration.ofDays(1);
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration WITHIN = Duration.ofMinutes(3);
    /** As far as the clock is put forward at once while ticks come: less than a grace. */
    private static final Duration STEP = Duration.ofSeconds(10);
    /** Beyond the time for which sources are heard out, and the next look at what was held. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(3);

    private static final String CONFIG = """
            company: {name: Outage, zone: UTC, currency: EUR}
            working_hours:
              monday: [{from: "00:00", to: "24:00"}]
              tuesday: [{from: "00:00", to: "24:00"}]
              wednesday: [{from: "00:00", to: "24:00"}]
              thursday: [{from: "00:00", to: "24:00"}]
              friday: [{from: "00:00", to: "24:00"}]
              saturday: [{from: "00:00", to: "24:00"}]
              sunday: [{from: "00:00", to: "24:00"}]
            deal_stages:
              - {name: contact, limit_business_days: 30}
              - {name: offer, limit_business_days: 1}
            sources:
              crm.activities.v1: {silent_after_minutes: 1}
              web.behaviour.v1: {silent_after_minutes: 5}
            grace_minutes: 1
            alerts: {digest_over: 100, max_messages_per_minute: 1000, daily_digest: {enabled: false}}
            """;
    private static final String REP = "anna";
    private static final String MAIL = "anna@example.com";

    private final StoryClock clock =
            new StoryClock(Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
    private final Alerts alerts = new Alerts();
    private TestBroker broker;
    private long sent;
    private int messages;

    @TempDir
    private Path directory;

    @Test
    void nobodyIsToldOfFalseStallsAfterTwoMinutesWithoutBrokerAndWithoutCrmAndOnceOfTrueOnes() throws Exception {
        DebianTool.ALERTMANAGER.require();
        broker = TestBroker.start();
        try (Admin admin = broker.admin();
                PostgresServer postgres = PostgresServer.start();
                Inbox inbox = new Inbox();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.in(
                        Files.createDirectory(directory.resolve("alertmanager")), inbox.environment())) {
            EngineTopics.create(admin, topics(), (short) 1);
            alertmanager.start();
            ServingConfig config = ServingConfig.of(
                    List.of(
                            "--bootstrap-servers", broker.address(),
                            "--http-port", "0",
                            "--postgres", postgres.url(),
                            "--alertmanager", alertmanager.url().toString()),
                    Map.of(
                            ServingConfig.USER_VARIABLE, PostgresServer.USER,
                            ServingConfig.PASSWORD_VARIABLE, PostgresServer.PASSWORD));
            send(Topics.REPS, REP, """
                    {"id":"%1$s","effective_from":"2020-01-01T00:00:00Z","name":"Anna","team":"north","email":"%2$s"}""".formatted(REP, MAIL));
            LeadpulseJob job = LeadpulseJob.start(job());
            try (Serving serving = new Serving(config, CONFIG, clock);
                    ResultReader reader = new ResultReader(
                            "outage",
                            broker.connection(),
                            List.of(Topics.ALERTS, Topics.CONSERVATION),
                            Map.of(),
                            alerts)) {
                serving.start();
                reader.start();
                withoutBroker(inbox);
                withoutCrm(inbox);
            } finally {
                job.stop();
            }
        } finally {
            broker.stop();
        }
    }

    private void withoutBroker(Inbox inbox) throws Exception {
        Instant before = clock.instant();
        Deals deals = new Deals("B", before.plusSeconds(60));
        deals.enter();
        talk();
        awaitWorkedOff();
        // With this tick the engine knows how far the sources have been heard.
        goOn(Duration.ofSeconds(1));

        broker.goAway();
        clock.forwardTo(before.plus(OUTAGE));
        broker.comeBack();

        // The web site is the first that is heard again, in all partitions, then the CRM's newest.
        visit();
        talk();
        goOn(Duration.ofSeconds(5));
        // What it had kept back comes last, and slowly.
        goOn(Duration.ofSeconds(3));
        deals.moveOn();
        awaitTold(deals, inbox);
    }

    private void withoutCrm(Inbox inbox) throws Exception {
        Instant before = clock.instant();
        Deals deals = new Deals("C", before.plusSeconds(50));
        deals.enter();
        talk();
        awaitWorkedOff();

        while (clock.instant().isBefore(before.plus(OUTAGE))) {
            visit();
            goOn(STEP);
        }
        assertThat(alerts.of(deals.stuck.get(0))).as("held").isEmpty();
        talk();
        goOn(Duration.ofSeconds(2));
        visit();
        goOn(Duration.ofSeconds(2));
        deals.moveOn();
        awaitTold(deals, inbox);
    }

    /** Lets time go on, with events from everywhere, until everything true was told. */
    private void awaitTold(Deals deals, Inbox inbox) throws Exception {
        Instant end = clock.instant().plus(AFTERWARDS);
        while (clock.instant().isBefore(end)) {
            talk();
            visit();
            goOn(STEP.multipliedBy(2));
        }
        awaitWorkedOff();
        List<String> expected = deals.stuck.stream().map(OutageITCase::subject).toList();
        Await.until("true stalls", WITHIN, () -> onward(inbox.subjects().containsAll(expected)), inbox::subjects);
        // Read beside the dispatcher.
        Await.until(
                "what is said of them",
                () -> deals.stuck.stream().noneMatch(lead -> alerts.of(lead).isEmpty()),
                alerts::balance);
        for (String lead : deals.stuck) {
            assertThat(alerts.of(lead)).last().satisfies(alert -> assertThat(Instant.parse(
                            alert.get("transitions").get(0).get("time").asText()))
                    .isEqualTo(deals.due));
            assertThat(inbox.subjects()).filteredOn(subject(lead)::equals).hasSize(1);
        }
        for (String lead : deals.moved) {
            assertThat(alerts.of(lead))
                    .as("said of a lead that was never stuck")
                    .isEmpty();
            assertThat(inbox.subjects()).noneMatch(mail -> mail.contains(lead));
        }
    }

    private static String subject(String lead) {
        return MAIL + ": lead " + lead + ": Stuck in offer";
    }

    /** Some deals that are due at one time: half of them moves on before. */
    private final class Deals {
        private final Instant due;
        private final List<String> stuck;
        private final List<String> moved;

        private Deals(String name, Instant due) {
            this.due = due;
            this.stuck = IntStream.range(0, LEADS)
                    .mapToObj(i -> name + "-stuck-" + i)
                    .toList();
            this.moved = IntStream.range(0, LEADS)
                    .mapToObj(i -> name + "-moved-" + i)
                    .toList();
        }

        private void enter() throws Exception {
            Instant entered = due.minus(LIMIT);
            for (List<String> leads : List.of(stuck, moved)) {
                for (String lead : leads) {
                    activity(lead, "lead_created", entered.minusSeconds(7200), "");
                    activity(lead, "lead_assigned", entered.minusSeconds(7000), ",\"owner\":\"" + REP + '"');
                    activity(
                            lead,
                            "call",
                            entered.minusSeconds(6900),
                            ",\"actor\":\"" + REP + "\",\"direction\":\"outbound\",\"connected\":true,\"seconds\":90");
                    activity(
                            lead,
                            "deal_opened",
                            entered,
                            ",\"deal\":\"D-%s\",\"version\":1,\"owner\":\"%s\",\"stage\":\"offer\""
                                    .formatted(lead, REP));
                }
            }
        }

        private void moveOn() throws Exception {
            for (String lead : moved) {
                activity(
                        lead,
                        "deal_stage_changed",
                        due.minusSeconds(20),
                        ",\"deal\":\"D-%s\",\"version\":2,\"stage\":\"contact\"".formatted(lead));
            }
        }
    }

    private void activity(String lead, String kind, Instant time, String more) throws Exception {
        send(
                Topics.ACTIVITIES,
                lead,
                "{\"source\":\"crm\",\"id\":\"%1$s-%2$s-%3$d\",\"kind\":\"%2$s\",\"time\":\"%4$s\",\"lead\":\"%1$s\"%5$s}"
                        .formatted(lead, kind, ++messages, time, more));
    }

    /** In every partition of the CRM something happens now. */
    private void talk() throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(
                    Topics.ACTIVITIES,
                    partition,
                    "T-" + partition,
                    "{\"source\":\"crm\",\"id\":\"t-%d\",\"kind\":\"email_delivered\",\"time\":\"%s\",\"lead\":\"T-%d\",\"asset\":\"mail\"}"
                            .formatted(++messages, clock.instant(), partition));
        }
    }

    /** In every partition of the web site something happens now. */
    private void visit() throws Exception {
        for (int visitor = 0; visitor < PARTITIONS; visitor++) {
            send(
                    Topics.BEHAVIOUR,
                    visitor,
                    "V-" + visitor,
                    "{\"type\":\"page\",\"messageId\":\"m-%d\",\"anonymousId\":\"V-%d\",\"timestamp\":\"%s\",\"properties\":{\"path\":\"/\"}}"
                            .formatted(++messages, visitor, clock.instant()));
        }
    }

    private void send(String topic, String key, String value) throws Exception {
        send(topic, null, key, value);
    }

    /** Writes a record at the time of the story's clock. */
    private void send(String topic, Integer partition, String key, String value) throws Exception {
        broker.send(List.of(new ProducerRecord<>(
                topic,
                partition,
                clock.millis(),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8))));
        sent++;
    }

    /** All topics; records of events have the time that they are given. */
    private static List<EngineTopics.Topic> topics() {
        List<EngineTopics.Topic> topics = new ArrayList<>();
        for (EngineTopics.Topic topic : EngineTopics.all(PARTITIONS)) {
            Map<String, String> settings = new HashMap<>(topic.settings());
            if (EngineTopics.EVENTS.contains(topic.name())) {
                settings.put("message.timestamp.type", "CreateTime");
            }
            topics.add(new EngineTopics.Topic(topic.name(), topic.partitions(), settings));
        }
        return topics;
    }

    private void awaitWorkedOff() throws Exception {
        Await.until("all worked off", WITHIN, () -> alerts.fates(sent), alerts::balance);
    }

    /** Lets time pass as long as something has not come: messages wait for company. */
    private boolean onward(boolean come) {
        if (!come) {
            clock.forwardTo(clock.instant().plusMillis(100));
        }
        return come;
    }

    /** Puts the clock forward and waits until the engine has worked off a tick of then. */
    private void goOn(Duration step) throws Exception {
        Instant at = clock.instant().plus(step);
        clock.forwardTo(at);
        Await.until("the tick of " + at, WITHIN, () -> alerts.hasTickOf(at), alerts::balance);
    }

    /** Everything that was ever said of alerts, and the engine's balance. */
    private static final class Alerts implements ResultHandler {
        private final List<JsonNode> said = new ArrayList<>();
        private JsonNode balance;

        @Override
        public synchronized void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) throws IOException {
            for (ResultUpdate update : updates) {
                JsonNode value = JSON.readTree(update.value());
                if (update.topic().equals(Topics.ALERTS)) {
                    said.add(value);
                } else {
                    balance = value;
                }
            }
        }

        @Override
        public void caughtUp() {
            // What comes is waited for.
        }

        /** Of its having been too long in its stage, in the order in which it was said. */
        private synchronized List<JsonNode> of(String lead) {
            return said.stream()
                    .filter(alert -> lead.equals(alert.path("lead").asText())
                            && alert.path("cause").asText().equals("stuck"))
                    .toList();
        }

        private synchronized boolean fates(long records) {
            return balance != null
                    && balance.get("in").asLong() == records
                    && balance.get("balanced").asBoolean();
        }

        private synchronized boolean hasTickOf(Instant at) {
            return Optional.ofNullable(balance)
                    .map(each -> each.at("/sources/" + Topics.TICKS + "/last_event_at")
                            .asText())
                    .filter(time -> !time.isEmpty() && !Instant.parse(time).isBefore(at))
                    .isPresent();
        }

        private synchronized String balance() {
            return balance + " " + said.size() + " said of alerts";
        }
    }

    private LeadpulseJobConfig job() {
        return new LeadpulseJobConfig(
                broker.address(),
                Map.of(),
                directory.resolve("engine"),
                CONFIG,
                true,
                2,
                PARTITIONS,
                (short) 1,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
