package io.leadpulse.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record of a result topic, ready to be written. It is bytes from where it is said to where it is written.
 *
 * @param topic result topic
 * @param key the record's key; the newest record of a key is the truth
 * @param bytes the value, one JSON object; not to be changed
 */
public record ResultRecord(String topic, String key, byte[] bytes) {

    /** The value as text. */
    public String value() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResultRecord that
                && topic.equals(that.topic)
                && key.equals(that.key)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, key, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return topic + ' ' + key + ' ' + value();
    }
}
