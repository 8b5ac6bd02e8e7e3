package io.leadpulse.serving.read;

import org.apache.kafka.common.TopicPartition;

/**
 * One committed record of a result topic.
 *
 * @param partition where it stands
 * @param offset its offset there
 * @param appendMillis when the broker or the producer stamped it, epoch milliseconds
 * @param key its key
 * @param value its value; null when the key was deleted
 */
public record ResultUpdate(TopicPartition partition, long offset, long appendMillis, byte[] key, byte[] value) {
    /** The topic's name. */
    public String topic() {
        return partition.topic();
    }
}
