package io.leadpulse.serving.tick;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import io.leadpulse.serving.metrics.SourceWatch;
import io.leadpulse.serving.read.Await;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.serving.read.TestBroker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ticks on a real broker, and which sources they call silent. */
class TickWriterITCase {
    /** A company that always works, so that any instant is working time. */
    private static final String COMPANY = """
            working_hours:
              monday: [{from: "00:00", to: "24:00"}]
              tuesday: [{from: "00:00", to: "24:00"}]
              wednesday: [{from: "00:00", to: "24:00"}]
              thursday: [{from: "00:00", to: "24:00"}]
              friday: [{from: "00:00", to: "24:00"}]
              saturday: [{from: "00:00", to: "24:00"}]
              sunday: [{from: "00:00", to: "24:00"}]
            sources:
              crm.activities.v1: {silent_after_minutes: 30}
              web.behaviour.v1: {silent_after_minutes: 60}
            """;

    private static final int PARTITIONS = 2;

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start();
        for (String topic : List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS)) {
            broker.createTopic(topic, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
        }
        broker.createTopic(Topics.TICKS, 1, Map.of());
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    void ticksSayTheTimeHowFarSourcesAreHeardAndWhichAreSilentNow() throws Exception {
        say();
        Instant spoke = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(spoke);
        Ticks ticks = new Ticks();
        try (TickWriter writer = new TickWriter(ConfigReader.parse(COMPANY), broker.connection(), now::get);
                ResultReader reader =
                        new ResultReader("test", broker.connection(), List.of(Topics.TICKS), Map.of(), ticks)) {
            writer.start();
            reader.start();
            Await.until("a tick", () -> ticks.saidAt(spoke), ticks::newest);
            assertThat(writer.sources().get(Topics.BEHAVIOUR))
                    .isEqualTo(new SourceWatch.Source(null, false, null, 0, true));
            long appended = writer.sources().get(Topics.ACTIVITIES).lastAppendMillis();
            assertThat(appended).isLessThanOrEqualTo(spoke.toEpochMilli());
            assertThat(writer.sources().get(Topics.ACTIVITIES).lagRecords())
                    .as("no checkpoint has it")
                    .isEqualTo(1);
            assertThat(writer.sources().get(Topics.ACTIVITIES).begun()).isFalse();
            Tick first = ticks.newest();
            assertThat(first).isEqualTo(new Tick(spoke.toEpochMilli(), Set.of(), appended));

            Instant later = spoke.plusSeconds(19 * 60);
            goOn(now, later, ticks);
            assertThat(ticks.newest())
                    .as("what the engine has not worked off is not heard")
                    .isEqualTo(new Tick(later.toEpochMilli(), Set.of(), first.heardMillis()));
            workOff();
            Tick graceAgo = new Tick(
                    later.toEpochMilli(), Set.of(), later.minusSeconds(15 * 60).toEpochMilli());
            Await.until(
                    "what it has said no word of for the grace has not happened",
                    () -> graceAgo.equals(ticks.newest()),
                    ticks::newest);

            Set<String> activities = Set.of(Topics.ACTIVITIES);
            goOn(now, spoke.plusSeconds(39 * 60), ticks);
            assertThat(ticks.newest().silent()).isEqualTo(activities);
            assertThat(ticks.newest().heardMillis())
                    .as("from when it counts as silent nothing more is believed")
                    .isEqualTo(spoke.plusSeconds((29 - 15) * 60).toEpochMilli());
            assertThat(writer.sources().get(Topics.ACTIVITIES).silent()).isTrue();
        }
    }

    @Test
    void whenTheBrokerWasDownNobodyWasHeardUntilHeHasSpokenAgain() throws Exception {
        say();
        workOff();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Ticks ticks = new Ticks();
        Tick last;
        try (TickWriter writer = new TickWriter(ConfigReader.parse(COMPANY), broker.connection(), now::get);
                ResultReader reader =
                        new ResultReader("test", broker.connection(), List.of(Topics.TICKS), Map.of(), ticks)) {
            writer.start();
            reader.start();
            Instant before = now.get();
            Await.until("a tick", () -> ticks.saidAt(before), ticks::newest);
            last = ticks.newest();
            broker.goAway();
            Instant back = before.plusSeconds(25 * 60);
            now.set(back);
            broker.comeBack();
            Await.until("ticks again", () -> ticks.saidAt(back), ticks::newest);
            assertThat(ticks.newest().silent()).as("not longer than it may").isEmpty();
            assertThat(ticks.newest().heardMillis()).isEqualTo(last.heardMillis());
        }
        Instant restarted = now.get().plusSeconds(10);
        now.set(restarted);
        try (TickWriter writer = new TickWriter(ConfigReader.parse(COMPANY), broker.connection(), now::get);
                ResultReader reader =
                        new ResultReader("test", broker.connection(), List.of(Topics.TICKS), Map.of(), ticks)) {
            reader.start();
            writer.start();
            Await.until("ticks after a restart", () -> ticks.saidAt(restarted), ticks::newest);
            assertThat(ticks.newest().heardMillis()).isGreaterThanOrEqualTo(last.heardMillis());
        }
    }

    /** Puts the clock forward in steps that are no outage. */
    private static void goOn(AtomicReference<Instant> now, Instant to, Ticks ticks) throws Exception {
        while (now.get().isBefore(to)) {
            Instant step = now.get().plusSeconds(5 * 60);
            Instant next = step.isBefore(to) ? step : to;
            now.set(next);
            Await.until("the tick of " + next, () -> ticks.saidAt(next), ticks::newest);
        }
    }

    private void say() throws Exception {
        broker.send(List.of(new ProducerRecord<>(Topics.ACTIVITIES, "k".getBytes(UTF_8), "{}".getBytes(UTF_8))));
    }

    /** What the engine does when a checkpoint with all that was said is completed. */
    private void workOff() throws Exception {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                asked.put(new TopicPartition(Topics.ACTIVITIES, partition), OffsetSpec.latest());
            }
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets("leadpulse", ends).all().get();
        }
    }

    /** The newest tick, and that every one has the key of all. */
    private static final class Ticks implements ResultHandler {
        private final List<Tick> seen = new ArrayList<>();

        @Override
        public synchronized void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
            for (ResultUpdate update : updates) {
                assertThat(new String(update.key(), UTF_8)).isEqualTo(Tick.KEY);
                seen.add(TickCodec.decode(update.value()));
            }
        }

        @Override
        public void caughtUp() {
            // Ticks come one by one.
        }

        private synchronized boolean saidAt(Instant time) {
            return !seen.isEmpty() && seen.get(seen.size() - 1).timeMillis() == time.toEpochMilli();
        }

        private synchronized Tick newest() {
            return seen.isEmpty() ? null : seen.get(seen.size() - 1);
        }
    }
}
