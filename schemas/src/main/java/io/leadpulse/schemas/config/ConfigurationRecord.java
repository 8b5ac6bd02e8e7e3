package io.leadpulse.schemas.config;

import java.io.Serializable;

/**
 * One record of a configuration topic as it was read, so that it can travel with the job graph.
 *
 * @param topic one of {@link io.leadpulse.schemas.Topics#CONFIGURATION}
 * @param json the record's value
 */
public record ConfigurationRecord(String topic, String json) implements Serializable {}
