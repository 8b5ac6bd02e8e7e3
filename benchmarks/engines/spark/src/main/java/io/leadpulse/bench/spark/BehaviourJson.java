package io.leadpulse.bench.spark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A record of {@code web.behaviour.v1} as it is written; what it does not say is null. */
@JsonIgnoreProperties(ignoreUnknown = true)
record BehaviourJson(
        String type,
        String event,
        String messageId,
        String anonymousId,
        String userId,
        String timestamp,
        String originalTimestamp,
        String sentAt,
        String receivedAt,
        JsonNode properties,
        JsonNode context) {

    /** A value of one of its two free objects, {@code properties} or {@code context}; a missing node if it is not there. */
    JsonNode at(String object, String name) {
        JsonNode node = object.equals("context") ? context : properties;
        return node == null ? MissingNode.getInstance() : node.path(name);
    }
}
