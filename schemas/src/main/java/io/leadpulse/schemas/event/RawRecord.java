package io.leadpulse.schemas.event;

import java.util.List;

/**
 * A record as it arrived, before anybody has looked into it. Kept beside the decoded event as far as the operator that
 * decides its fate, because a dead letter keeps the original bytes.
 *
 * <p>The arrays are never changed after construction; the record is shared between operators.
 *
 * @param topic topic, or the file's name for a line that is not a record
 * @param partition partition, 0 in files
 * @param offset offset; in files the line number, from 1
 * @param timestampMillis log-append time, epoch milliseconds; {@link io.leadpulse.domain.event.Fact#NO_TIME} in files
 * @param key the key's bytes; null when it had none
 * @param value the value's bytes; null for a tombstone
 * @param headers the headers in their order; empty when it had none
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte[] key,
        byte[] value,
        List<RawHeader> headers) {

    /** Identifies the record for ever: {@code topic/partition/offset}. */
    public String id() {
        return topic + '/' + partition + '/' + offset;
    }
}
