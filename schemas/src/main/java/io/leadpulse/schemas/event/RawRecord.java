package io.leadpulse.schemas.event;

import java.util.List;

/**
 * A record as it arrived, before anybody has looked into it. Kept beside the decoded event as far as the operator that
 * decides its fate, because a dead letter keeps the original bytes.
 *
 * <p>The arrays are never changed after construction; the record is shared between operators.
 *
 * @param topic topic, or the file's name for a line that is not a record
 * @param partition partition; of a line that names none the file's place among the files of the replay, from 0
 * @param offset offset; of a line that names none the line's number, from 1
 * @param timestampMillis log-append time, epoch milliseconds; {@link io.leadpulse.domain.event.Fact#NO_TIME} in files
 * @param key the key's bytes; null when it had none
 * @param value the value's bytes; null for a tombstone
 * @param headers the headers in their order; empty when it had none
 * @param line where the line stands that says itself which partition or offset it has, as {@code file/number}; else null
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte[] key,
        byte[] value,
        List<RawHeader> headers,
        String line) {

    /** A record at its own place: one of a topic, or of a line that names no other place. */
    public RawRecord(
            String topic,
            int partition,
            long offset,
            long timestampMillis,
            byte[] key,
            byte[] value,
            List<RawHeader> headers) {
        this(topic, partition, offset, timestampMillis, key, value, headers, null);
    }

    /**
     * Identifies the record among all of its input: {@code topic/partition/offset}. Lines may name any place, also one
     * that another line has or names; behind a place that was named stands the line's own. So the id of every line ends
     * with its file and its number, and no two lines have one id.
     */
    public String id() {
        String place = topic + '/' + partition + '/' + offset;
        return line == null ? place : place + '/' + line;
    }

    /** How many bytes it has, of key, value and headers. */
    public int bytes() {
        int bytes = length(key) + length(value);
        for (RawHeader header : headers) {
            bytes += header.name().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte[] bytesOrNull) {
        return bytesOrNull == null ? 0 : bytesOrNull.length;
    }
}
