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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
        for (String topic : List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS)) {
            broker.createTopic(topic, 2, Map.of("message.timestamp.type", "LogAppendTime"));
        }
        broker.createTopic(Topics.TICKS, 1, Map.of());
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    void ticksSayTheTimeAndWhichSourcesAreSilentNow() throws Exception {
        broker.send(List.of(new ProducerRecord<>(Topics.ACTIVITIES, "k".getBytes(UTF_8), "{}".getBytes(UTF_8))));
        Instant spoke = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(spoke);
        Ticks ticks = new Ticks();
        try (TickWriter writer = new TickWriter(ConfigReader.parse(COMPANY), broker.connection(), now::get);
                ResultReader reader =
                        new ResultReader("test", broker.connection(), List.of(Topics.TICKS), Map.of(), ticks)) {
            writer.start();
            reader.start();
            Await.until("a tick", () -> ticks.newest() != null, ticks::newest);
            assertThat(ticks.newest()).isEqualTo(new Tick(spoke.toEpochMilli(), Set.of()));
            assertThat(writer.sources().get(Topics.BEHAVIOUR))
                    .isEqualTo(new SourceWatch.Source(null, false, null, 0, true));
            SourceWatch.Source activities = writer.sources().get(Topics.ACTIVITIES);
            assertThat(activities.lastAppendMillis()).isLessThanOrEqualTo(spoke.toEpochMilli());
            assertThat(activities.lagRecords()).as("no checkpoint has it").isEqualTo(1);
            assertThat(activities.begun()).isFalse();

            now.set(spoke.plusSeconds(31 * 60));
            Set<String> silent = Set.of(Topics.ACTIVITIES);
            Await.until("silence", () -> ticks.newest().silent().equals(silent), ticks::newest);
            assertThat(writer.sources().get(Topics.ACTIVITIES).silent()).isTrue();

            now.set(spoke);
            Await.until("speech", () -> ticks.newest().silent().isEmpty(), ticks::newest);
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

        private synchronized Tick newest() {
            return seen.isEmpty() ? null : seen.get(seen.size() - 1);
        }
    }
}
