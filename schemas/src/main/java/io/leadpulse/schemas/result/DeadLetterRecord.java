package io.leadpulse.schemas.result;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A dead letter as it is published ({@code dead.letters.v1}, key: {@link RawRecord#id}): the original key,
 * value and headers, and with Kafka Connect's header names where it came from and why it is here. In Kafka these are the
 * record's own key, value and headers; in files one JSON object holds them.
 *
 * @param id identifies the record among all of its input, see {@link RawRecord#id}
 * @param topic original topic, or the file's name
 * @param partition original partition
 * @param offset original offset, or the line's number
 * @param timestampMillis original log-append time, epoch milliseconds; null when there was none
 * @param reason why, as on the wire
 * @param message what is wrong and what is allowed
 * @param key original key; null when it had none
 * @param value original value; null when it had none
 * @param headers original headers, then those that say where from and why
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record DeadLetterRecord(
        String id,
        String topic,
        int partition,
        long offset,
        Long timestampMillis,
        String reason,
        String message,
        byte[] key,
        byte[] value,
        List<RawHeader> headers,
        long asOfMillis) {

    /** Names of the headers that are added; the first four are Kafka Connect's. */
    public static final String TOPIC_HEADER = "__connect.errors.topic";

    public static final String PARTITION_HEADER = "__connect.errors.partition";
    public static final String OFFSET_HEADER = "__connect.errors.offset";
    public static final String MESSAGE_HEADER = "__connect.errors.exception.message";
    public static final String REASON_HEADER = "x-leadpulse-reason";

    /** The record of a dead letter. */
    public static DeadLetterRecord of(DeadLetter letter, long asOfMillis) {
        RawRecord record = letter.record();
        String reason = letter.reason().wireName();
        List<RawHeader> headers = new ArrayList<>(record.headers());
        headers.add(header(TOPIC_HEADER, record.topic()));
        headers.add(header(PARTITION_HEADER, String.valueOf(record.partition())));
        headers.add(header(OFFSET_HEADER, String.valueOf(record.offset())));
        headers.add(header(MESSAGE_HEADER, letter.message()));
        headers.add(header(REASON_HEADER, reason));
        return new DeadLetterRecord(
                record.id(),
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestampMillis() == Fact.NO_TIME ? null : record.timestampMillis(),
                reason,
                letter.message(),
                record.key(),
                record.value(),
                headers,
                asOfMillis);
    }

    private static RawHeader header(String name, String text) {
        return new RawHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
