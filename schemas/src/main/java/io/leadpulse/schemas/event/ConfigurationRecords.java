package io.leadpulse.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Optional;

/** Judges the records of configuration topics (reps, goals, rules), which are read before the events. */
@FunctionalInterface
public interface ConfigurationRecords extends Serializable {

    /**
     * What is wrong with a record. Must not throw for any object.
     *
     * @param topic one of {@link io.leadpulse.schemas.Topics#CONFIGURATION}
     * @param value the record's value, a JSON object
     * @return what is wrong and what is allowed, without a person's data; empty if the record is valid
     */
    Optional<String> problem(String topic, JsonNode value);
}
