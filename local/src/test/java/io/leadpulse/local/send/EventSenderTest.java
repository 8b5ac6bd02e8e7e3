package io.leadpulse.local.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventSenderTest {
    private final MockProducer<byte[], byte[]> producer = producer(true);

    @Test
    void sendsBytesUnchangedUnderTheKeyOfTheLineOrOfTheContract() throws IOException {
        EventSender.Outcome outcome = send("""
                {"topic":"crm.activities.v1","key":"K","value":{"lead":"L-1",  "kind":"call"}}
                {"topic":"crm.activities.v1","headers":{"h":"1"},"value":{"kind":"call","lead":"L-1"}}

                {"topic":"web.behaviour.v1","value":{"context":{"anonymousId":"no"},"anonymousId":"v-1"}}
                {"topic":"org.reps.v1","value":{"id":"R-1","effective_from":"2025-01-01T00:00:00Z"}}
                {"topic":"crm.activities.v1","value_base64":"/w=="}
                """);

        assertThat(outcome).isEqualTo(new EventSender.Outcome(5, List.of()));
        assertThat(producer.history())
                .extracting(ProducerRecord::topic, record -> text(record.key()))
                .containsExactly(
                        tuple("crm.activities.v1", "K"),
                        tuple("crm.activities.v1", "L-1"),
                        tuple("web.behaviour.v1", "v-1"),
                        tuple("org.reps.v1", "R-1|2025-01-01T00:00:00Z"),
                        tuple("crm.activities.v1", null));
        assertThat(text(producer.history().get(0).value())).isEqualTo("{\"lead\":\"L-1\",  \"kind\":\"call\"}");
        assertThat(producer.history().get(1).headers().lastHeader("h").value()).isEqualTo(new byte[] {'1'});
        assertThat(producer.history().get(4).value()).isEqualTo(new byte[] {(byte) 0xff});
    }

    @Test
    void namesLinesThatAreNoRecordOrNoInputAndSendsTheOthers() throws IOException {
        EventSender.Outcome outcome = send("""
                not json
                {"topic":"lead.profiles.v1","value":{}}
                {"topic":"crm.activities.v1","value":{"lead":"L-1"}}""");

        assertThat(outcome.sent()).isEqualTo(1);
        assertThat(outcome.refused())
                .containsExactly(
                        new EventSender.Refused("test", 1, "the line is no valid JSON"),
                        new EventSender.Refused("test", 2, "topic is not one of the inputs"));
    }

    @Test
    void failsWhenTheBrokersDoNotTakeAnEvent() {
        MockProducer<byte[], byte[]> refusing = producer(false);
        refusing.sendException = new RecordTooLargeException("too large");

        assertThatThrownBy(() -> new EventSender(refusing)
                        .send("test", stream("{\"topic\":\"crm.activities.v1\",\"value\":{}}"), bytes -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too large");
    }

    private EventSender.Outcome send(String lines) throws IOException {
        try (EventSender sender = new EventSender(producer)) {
            return sender.send("test", stream(lines), bytes -> {});
        }
    }

    private static MockProducer<byte[], byte[]> producer(boolean completes) {
        return new MockProducer<>(
                completes, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ByteArrayInputStream stream(String lines) {
        return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
