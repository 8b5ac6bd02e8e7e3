package io.leadpulse.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.leadpulse.bench.result.FoundAlert;
import io.leadpulse.bench.result.ResultSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;

/** The neutral form of results, which TASK.md describes: one compacted topic, the kind of a result at the beginning of its key. */
final class NeutralResults {
    static final String TOPIC = "bench.results.v1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS_OF_ALERT = 4;

    private NeutralResults() {}

    static NewTopic topic(int partitions) {
        return new NewTopic(TOPIC, partitions, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    static void translate(ConsumerRecord<byte[], byte[]> record, ResultSink results) {
        String[] key = new String(record.key(), StandardCharsets.UTF_8).split("\\|", -1);
        JsonNode value = record.value() == null ? NullNode.getInstance() : json(record.value());
        switch (key[0]) {
            case "score" ->
                results.score(
                        key[1],
                        value.get("as_of").asLong(),
                        value.get("score").asDouble(),
                        value.get("band").asText());
            case "sales" -> {
                // What was there and is not any more is a tombstone.
                results.sum(
                        "won_amount",
                        key[1],
                        key[2],
                        value.path("won_amount_minor").asLong());
                results.sum("won_count", key[1], key[2], value.path("won_count").asLong());
            }
            case "stuck" -> {
                if (key.length != PARTS_OF_ALERT) {
                    throw new IllegalArgumentException("a key of stuck has %d parts".formatted(key.length));
                }
                results.alert(key[1], key[2], Long.parseLong(key[3]), alert(value));
            }
            case "dead" -> results.deadLetter(key[1], value.get("reason").asText());
            default -> throw new IllegalArgumentException("no kind of result: " + key[0]);
        }
    }

    private static FoundAlert alert(JsonNode value) {
        return value.isNull()
                ? null
                : new FoundAlert(
                        value.get("owner").isNull() ? null : value.get("owner").asText(),
                        value.get("raised").asLong(),
                        timeOrNull(value.get("escalated")),
                        timeOrNull(value.get("left")));
    }

    private static Long timeOrNull(JsonNode node) {
        return node.isNull() ? null : (Long) node.asLong();
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a result is no JSON", e);
        }
    }
}
