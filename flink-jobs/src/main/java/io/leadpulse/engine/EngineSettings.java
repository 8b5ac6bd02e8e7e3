package io.leadpulse.engine;

import io.leadpulse.schemas.config.ConfigurationRecord;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that the operators are built from, as text, so that it can travel with the job graph.
 *
 * @param configYaml the configuration file's text; empty for the defaults
 * @param configurationRecords records of the configuration topics that were read before the events; one that takes its
 *     key away has no value and no effect of its own
 * @param asOfMillis the end of time: no result speaks of later; {@link #NO_END} when live
 * @param valuesAtEnd publish values (profiles, rollups) once, at as-of, instead of after every change
 */
public record EngineSettings(
        String configYaml, List<ConfigurationRecord> configurationRecords, long asOfMillis, boolean valuesAtEnd)
        implements Serializable {
    /** Stands for "no end of time". */
    public static final long NO_END = Long.MAX_VALUE;

    public EngineSettings {
        configurationRecords = List.copyOf(configurationRecords);
    }

    /** Settings of an engine that publishes as it goes and has no end. */
    public static EngineSettings live(String configYaml, List<ConfigurationRecord> configurationRecords) {
        return new EngineSettings(configYaml, configurationRecords, NO_END, false);
    }

    /** The same with other records of configuration. */
    public EngineSettings withRecords(List<ConfigurationRecord> records) {
        return new EngineSettings(configYaml, records, asOfMillis, valuesAtEnd);
    }

    /** Whether there is no end of time. */
    public boolean isLive() {
        return asOfMillis == NO_END;
    }
}
