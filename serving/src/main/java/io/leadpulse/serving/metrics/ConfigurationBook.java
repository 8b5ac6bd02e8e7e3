package io.leadpulse.serving.metrics;

import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.read.ResultUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reps, goals and rules as their topics have them now, on top of the configuration file. Of records with one key the
 * newest counts; a tombstone takes its key away; a record that is not valid has no effect. Bounded by the keys of
 * compacted topics.
 */
final class ConfigurationBook {
    private record Key(String topic, String key) {}

    private final LeadpulseConfig config;
    private final Map<Key, String> records = new LinkedHashMap<>();
    private Directory directory;

    ConfigurationBook(LeadpulseConfig config) {
        this.config = config;
        this.directory = Directory.of(config, List.of());
    }

    /** Takes a record; it counts from the next {@link #directory()} on. */
    void take(ResultUpdate update) {
        String name = update.key() == null
                ? update.partition() + "/" + update.offset()
                : new String(update.key(), StandardCharsets.UTF_8);
        Key key = new Key(update.topic(), name);
        // The order in which records were written decides between equals.
        records.remove(key);
        if (update.value() != null) {
            records.put(key, new String(update.value(), StandardCharsets.UTF_8));
        }
        directory = null;
    }

    /** Everything that the records say so far. */
    Directory directory() {
        if (directory == null) {
            List<ConfigurationRecord> all = new ArrayList<>();
            records.forEach((key, json) -> all.add(new ConfigurationRecord(key.topic(), json)));
            directory = Directory.of(config, all);
        }
        return directory;
    }
}
