package io.leadpulse.schemas.config;

import java.io.Serializable;

/**
 * One record of a configuration topic as it was read, so that it can travel with the job graph.
 *
 * @param topic one of {@link io.leadpulse.schemas.Topics#CONFIGURATION}
 * @param key the record's key, which a later record of the same key replaces; null when it has none that counts, as in
 *     files
 * @param offset its place in the topic, which has one partition; {@link #NO_PLACE} in files
 * @param json the record's value; null if it takes its key away
 */
public record ConfigurationRecord(String topic, String key, long offset, String json) implements Serializable {
    /** Stands for "not from a topic". */
    public static final long NO_PLACE = -1;

    /** A record that stands in no topic. */
    public ConfigurationRecord(String topic, String json) {
        this(topic, null, NO_PLACE, json);
    }

    /** Whether it stands in a topic. */
    public boolean hasPlace() {
        return offset != NO_PLACE;
    }
}
