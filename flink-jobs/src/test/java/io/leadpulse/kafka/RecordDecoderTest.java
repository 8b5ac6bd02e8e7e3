package io.leadpulse.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private static final String ARRIVED = "2025-03-03T12:00:00Z";

    @Test
    void anEventMovesTheClockToItsOwnTime() {
        Decoded decoded = decode(call("2025-03-03T09:00:00Z"));

        assertThat(decoded.event().lead()).isEqualTo("L-1");
        assertThat(decoded.event().record().id()).isEqualTo("crm.activities.v1/1/42");
        assertThat(EventClock.timeOf(decoded)).isEqualTo(TestSettings.millis("2025-03-03T09:00:00Z"));
    }

    @Test
    void anEventIsJudgedByItsArrival() {
        assertThat(decode(call("2025-03-03T12:05:00Z")).event()).isNotNull();
        assertThat(decode(call("2025-03-03T12:05:01Z")).deadLetter().reason()).isEqualTo(Reason.FUTURE);
        assertThat(decode(call("2019-03-03T12:00:00Z")).deadLetter().reason()).isEqualTo(Reason.TOO_LATE);
    }

    @Test
    void whatIsNoEventDoesNotMoveTheClock() {
        Decoded broken = decode("{not json".getBytes(StandardCharsets.UTF_8));
        Decoded tombstone = decode(null);

        assertThat(broken.deadLetter().reason()).isEqualTo(Reason.INVALID_JSON);
        assertThat(tombstone.deadLetter().reason()).isEqualTo(Reason.NULL_VALUE);
        assertThat(List.of(EventClock.timeOf(broken), EventClock.timeOf(tombstone)))
                .containsOnly(Fact.NO_TIME);
    }

    private static byte[] call(String time) {
        return "{\"source\":\"crm\",\"id\":\"1\",\"kind\":\"call\",\"time\":\"%s\",\"lead\":\"L-1\"}"
                .formatted(time)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Decoded decode(byte[] value) {
        RecordDecoder decoder = new RecordDecoder(TestSettings.live());
        decoder.open(null);
        List<Decoded> out = new ArrayList<>();
        decoder.deserialize(
                new ConsumerRecord<>(
                        Topics.ACTIVITIES,
                        1,
                        42,
                        TestSettings.millis(ARRIVED),
                        TimestampType.LOG_APPEND_TIME,
                        1,
                        value == null ? -1 : value.length,
                        new byte[] {7},
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return out.get(0);
    }
}
