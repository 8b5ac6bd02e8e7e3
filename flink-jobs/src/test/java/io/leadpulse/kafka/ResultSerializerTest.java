package io.leadpulse.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ResultSerializerTest {
    private static final ResultSerializer SERIALIZER = new ResultSerializer();

    @Test
    void aResultIsWrittenUnderItsKey() {
        ProducerRecord<byte[], byte[]> record =
                SERIALIZER.serialize(new ResultRecord(Topics.PROFILES, "L-1", bytes("{}")), null, null);

        assertThat(record.topic()).isEqualTo(Topics.PROFILES);
        assertThat(record.key()).isEqualTo(bytes("L-1"));
        assertThat(record.value()).isEqualTo(bytes("{}"));
    }

    @Test
    void aDeadLetterIsTheOriginalByteForByteWithHeadersThatSayWhereFromAndWhy() {
        byte[] value = {(byte) 0xFF, 0, 7};
        RawHeader own = new RawHeader("trace", bytes("abc"));
        DeadLetterRecord letter =
                letter(new RawRecord(Topics.ACTIVITIES, 2, 17, 1_700_000_000_000L, bytes("L-1"), value, List.of(own)));

        ProducerRecord<byte[], byte[]> record = serialize(letter);

        assertThat(record.key()).isEqualTo(bytes("L-1"));
        assertThat(record.value()).isEqualTo(value);
        assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(record.headers().toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "trace=abc",
                        "__connect.errors.topic=crm.activities.v1",
                        "__connect.errors.partition=2",
                        "__connect.errors.offset=17",
                        "__connect.errors.exception.message=the value is not valid UTF-8",
                        "x-leadpulse-reason=invalid_utf8");

        DeadLetterRecord read = read(record);
        assertThat(read.id()).isEqualTo("crm.activities.v1/2/17");
        assertThat(read).usingRecursiveComparison().ignoringFields("asOfMillis").isEqualTo(letter);
    }

    @Test
    void aTombstoneWithoutAKeyStaysOne() {
        ProducerRecord<byte[], byte[]> record =
                serialize(letter(new RawRecord(Topics.ACTIVITIES, 0, 1, 5, null, null, List.of())));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(read(record).value()).isNull();
    }

    @Test
    void whatTheOriginalClaimsInItsHeadersDoesNotCount() {
        RawHeader forged = new RawHeader(DeadLetterRecord.OFFSET_HEADER, bytes("99"));

        DeadLetterRecord read =
                read(serialize(letter(new RawRecord(Topics.ACTIVITIES, 0, 1, 5, null, null, List.of(forged)))));

        assertThat(read.offset()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutTheHeadersIsNoDeadLetter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeadLetterRecord.ofKafka(null, null, List.of(), 0))
                .withMessageContaining(DeadLetterRecord.TOPIC_HEADER);
    }

    private static DeadLetterRecord letter(RawRecord record) {
        return DeadLetterRecord.of(
                new DeadLetter(record, Reason.INVALID_UTF8, "the value is not valid UTF-8"), 1_700_000_001_000L);
    }

    private static ProducerRecord<byte[], byte[]> serialize(DeadLetterRecord letter) {
        return SERIALIZER.serialize(new Results(new ResultCodecs("USD")).deadLetter(letter), null, null);
    }

    private static DeadLetterRecord read(ProducerRecord<byte[], byte[]> record) {
        List<RawHeader> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
        return DeadLetterRecord.ofKafka(record.key(), record.value(), headers, record.timestamp());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
