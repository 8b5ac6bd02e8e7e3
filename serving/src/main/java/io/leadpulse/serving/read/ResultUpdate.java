package io.leadpulse.serving.read;

import io.leadpulse.schemas.event.RawHeader;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One record of a result topic.
 *
 * @param partition where it stands
 * @param offset its offset there
 * @param appendMillis when the broker or the producer stamped it, epoch milliseconds
 * @param key its key
 * @param value its value; null when the key was deleted
 * @param headers its headers, in their order; those of dead letters say why they are
 */
public record ResultUpdate(
        TopicPartition partition, long offset, long appendMillis, byte[] key, byte[] value, List<RawHeader> headers) {

    /** A record without headers. */
    public ResultUpdate(TopicPartition partition, long offset, long appendMillis, byte[] key, byte[] value) {
        this(partition, offset, appendMillis, key, value, List.of());
    }

    /** The topic's name. */
    public String topic() {
        return partition.topic();
    }
}
