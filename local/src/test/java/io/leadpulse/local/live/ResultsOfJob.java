package io.leadpulse.local.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records sees of the result topics: the newest value of each key. */
final class ResultsOfJob implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Map<String, byte[]>> newest = new HashMap<>();

    /** Reads these topics, which must be there, from their beginning. */
    ResultsOfJob(Map<String, Object> connection, List<String> topics) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads on, to the end of what is committed now or for a while.
     *
     * @return whether there was anything new
     */
    boolean readOn() {
        boolean read = false;
        for (var records = consumer.poll(POLL); !records.isEmpty(); records = consumer.poll(Duration.ZERO)) {
            read = true;
            for (ConsumerRecord<byte[], byte[]> each : records) {
                newest.computeIfAbsent(each.topic(), topic -> new HashMap<>())
                        .put(new String(each.key(), StandardCharsets.UTF_8), each.value());
            }
        }
        return read;
    }

    /** The newest values of a topic by key. */
    Map<String, JsonNode> values(String topic) throws IOException {
        Map<String, JsonNode> values = new HashMap<>();
        for (Map.Entry<String, byte[]> each :
                newest.getOrDefault(topic, Map.of()).entrySet()) {
            values.put(each.getKey(), JSON.readTree(each.getValue()));
        }
        return values;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
