package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records sees of a result topic: the newest record of each key. */
final class CommittedTopic<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** A killed TaskManager is missed after its heartbeats, and restarts wait for each other: on a busy machine minutes. */
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final ResultCodec<T> codec;
    private final Function<ConsumerRecord<byte[], byte[]>, T> decoder;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, T> newest = new LinkedHashMap<>();
    private int records;

    CommittedTopic(TestBroker broker, ResultCodec<T> codec) {
        this(broker, codec, "read_committed");
    }

    /** Reads with another isolation level, by Kafka's name. */
    CommittedTopic(TestBroker broker, ResultCodec<T> codec, String isolation) {
        this(broker, codec, message -> decoded(codec, message), isolation);
    }

    private CommittedTopic(
            TestBroker broker,
            ResultCodec<T> codec,
            Function<ConsumerRecord<byte[], byte[]>, T> decoder,
            String isolation) {
        this.codec = codec;
        this.decoder = decoder;
        Properties properties = broker.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(codec.topic()).stream()
                .map(partition -> new TopicPartition(codec.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The dead letters, which are the original records with headers. */
    static CommittedTopic<DeadLetterRecord> deadLetters(TestBroker broker) {
        return new CommittedTopic<>(
                broker, new ResultCodecs("USD").deadLetters(), CommittedTopic::deadLetter, "read_committed");
    }

    private static DeadLetterRecord deadLetter(ConsumerRecord<byte[], byte[]> message) {
        List<RawHeader> headers = new ArrayList<>();
        message.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
        return DeadLetterRecord.ofKafka(message.key(), message.value(), headers, message.timestamp());
    }

    private static <T> T decoded(ResultCodec<T> codec, ConsumerRecord<byte[], byte[]> message) {
        T record = codec.decode(message.value());
        assertThat(new String(message.key(), StandardCharsets.UTF_8)).isEqualTo(codec.key(record));
        return record;
    }

    /** Reads on until some record is as wanted; fails when none is in time. */
    T await(String what, Predicate<T> wanted) {
        for (long began = System.nanoTime(); System.nanoTime() - began < DEADLINE.toNanos(); ) {
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
        for (long began = System.nanoTime(); System.nanoTime() - began < DEADLINE.toNanos(); ) {
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                return this;
            }
            read();
        }
        throw new AssertionError("the end of %s was not reached".formatted(codec.topic()));
    }

    private void read() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            T record = decoder.apply(message);
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
