package io.leadpulse.local.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.Topics;
import io.leadpulse.serving.read.ResultHandler;
import io.leadpulse.serving.read.ResultReader;
import io.leadpulse.serving.read.ResultUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** What stands in the result topics: the newest committed value of each key. */
final class CommittedResults implements ResultHandler, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READ =
            List.of(Topics.PROFILES, Topics.LEDGER, Topics.ALERTS, Topics.ROLLUPS, Topics.CONSERVATION);

    private final Map<String, Map<String, Value>> byTopic = new ConcurrentHashMap<>();
    private final ResultReader reader;

    CommittedResults(Map<String, ?> connection) {
        READ.forEach(topic -> byTopic.put(topic, new ConcurrentHashMap<>()));
        reader = new ResultReader("story", connection, READ, Map.of(), this);
        reader.start();
    }

    @Override
    public void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> next) {
        for (ResultUpdate update : updates) {
            Map<String, Value> values = byTopic.get(update.topic());
            String key = new String(update.key(), StandardCharsets.UTF_8);
            if (update.value() == null) {
                values.remove(key);
            } else {
                values.put(key, new Value(update.value()));
            }
        }
    }

    @Override
    public void caughtUp() {
        // The story waits for values, not for positions.
    }

    /** The newest value of a key; empty when it has none. */
    Optional<JsonNode> value(String topic, String key) {
        return Optional.ofNullable(byTopic.get(topic).get(key)).map(Value::json);
    }

    /** The newest values that are so. */
    List<JsonNode> values(String topic, Predicate<JsonNode> wanted) {
        return byTopic.get(topic).values().stream()
                .map(Value::json)
                .filter(wanted)
                .toList();
    }

    /** A sum of the company's or somebody's; empty when it was never told. */
    Optional<JsonNode> rollup(String scope, String measure, String pane) {
        return value(Topics.ROLLUPS, scope + '|' + measure + "||" + pane);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What was said, parsed when it is first looked at. */
    private static final class Value {
        private final byte[] bytes;
        private JsonNode json;

        Value(byte[] bytes) {
            this.bytes = bytes;
        }

        JsonNode json() {
            if (json == null) {
                try {
                    json = JSON.readTree(bytes);
                } catch (IOException e) {
                    throw new IllegalStateException("a result that is no JSON", e);
                }
            }
            return json;
        }
    }
}
