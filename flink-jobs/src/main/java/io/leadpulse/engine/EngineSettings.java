package io.leadpulse.engine;

import io.leadpulse.schemas.config.ConfigurationRecord;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that the operators are built from, as text, so that it can travel with the job graph.
 *
 * @param configYaml the configuration file's text; empty for the defaults
 * @param configurationRecords records of the configuration topics that were read before the events
 * @param asOfMillis the end of time: no result speaks of later; {@code Long.MAX_VALUE} when live
 * @param valuesAtEnd publish values (profiles, rollups) once, at as-of, instead of after every change
 */
public record EngineSettings(
        String configYaml, List<ConfigurationRecord> configurationRecords, long asOfMillis, boolean valuesAtEnd)
        implements Serializable {}
