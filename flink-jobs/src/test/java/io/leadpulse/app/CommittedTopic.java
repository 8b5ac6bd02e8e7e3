package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.result.ResultCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records sees of a result topic: the newest record of each key. */
final class CommittedTopic<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** A minute and a half. */
    private static final int MAX_POLLS = 450;

    private final ResultCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, T> newest = new LinkedHashMap<>();
    private int records;

    CommittedTopic(TestBroker broker, ResultCodec<T> codec) {
        this(broker, codec, "read_committed");
    }

    /** Reads with another isolation level, by Kafka's name. */
    CommittedTopic(TestBroker broker, ResultCodec<T> codec, String isolation) {
        this.codec = codec;
        Properties properties = broker.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(codec.topic()).stream()
                .map(partition -> new TopicPartition(codec.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on until some record is as wanted; fails when none is in time. */
    T await(String what, Predicate<T> wanted) {
        for (int polls = 0; polls < MAX_POLLS; polls++) {
            for (T each : newest.values()) {
                if (wanted.test(each)) {
                    return each;
                }
            }
            read();
        }
        throw new AssertionError("%s did not come; newest in %s: %s".formatted(what, codec.topic(), newest.values()));
    }

    /** Reads all that is there now. */
    CommittedTopic<T> readToEnd() {
        var ends = consumer.endOffsets(consumer.assignment());
        for (int polls = 0; polls < MAX_POLLS; polls++) {
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                return this;
            }
            read();
        }
        throw new AssertionError("the end of %s was not reached".formatted(codec.topic()));
    }

    private void read() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            T record = codec.decode(message.value());
            assertThat(new String(message.key(), StandardCharsets.UTF_8)).isEqualTo(codec.key(record));
            newest.put(codec.key(record), record);
            records++;
        }
    }

    /** The newest record of each key, as far as read. */
    Map<String, T> newest() {
        return newest;
    }

    /** How many records were read, those that were replaced among them. */
    int records() {
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
