package io.leadpulse.bench.plain;

import io.leadpulse.bench.agent.EngineAgent;
import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads, decodes and computes in one thread, and says every ten seconds, and when nothing is left to read, what has changed. */
public final class PlainProgram implements EngineProgram {
    private static final Duration POLL = Duration.ofMillis(100);
    /** The task allows a result to be so old. */
    private static final long SAY_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long OUT_OF_ORDER_MILLIS = 5_000;
    private static final int FETCH_BYTES = 8 << 20;

    private volatile boolean closed;

    private PlainProgram() {}

    public static void main(String[] arguments) throws IOException {
        EngineAgent.serve(arguments, new PlainProgram());
    }

    @Override
    public void start(Order order) throws IOException {
        String yaml = Files.readString(order.config());
        LeadpulseConfig config = ConfigReader.parse(yaml);
        EventDecoder decoder = new EventDecoder(config.decodeSettings(), new RecordCheck(yaml, List.of()));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(order);
                KafkaResults results = new KafkaResults(order.bootstrapServers(), order.resultTopic())) {
            SalesLoop loop = new SalesLoop(Directory.of(config, List.of()), results);
            Map<TopicPartition, Long> latest = new HashMap<>();
            for (TopicPartition partition : consumer.assignment()) {
                latest.put(partition, Long.MIN_VALUE);
            }
            long saidNanos = System.nanoTime();
            while (!closed) {
                ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
                for (TopicPartition partition : read.partitions()) {
                    long latestMillis = latest.get(partition);
                    for (ConsumerRecord<byte[], byte[]> record : read.records(partition)) {
                        Decoded decoded = decoder.decode(raw(record));
                        latestMillis = Math.max(latestMillis, loop.accept(decoded));
                    }
                    latest.put(partition, latestMillis);
                }
                loop.advance(watermark(latest.values()));
                if (read.isEmpty() || System.nanoTime() - saidNanos > SAY_EVERY_NANOS) {
                    loop.say();
                    results.requireTaken();
                    saidNanos = System.nanoTime();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Order order) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        order.bootstrapServers(),
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR)) {
            consumer.partitionsFor(topic).forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** How far time has certainly come; nowhere while a partition has not said anything. */
    private static long watermark(Collection<Long> latestMillis) {
        long least = Collections.min(latestMillis);
        return least == Long.MIN_VALUE ? least : least - OUT_OF_ORDER_MILLIS - 1;
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> message) {
        List<RawHeader> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(new RawHeader(header.key(), header.value()));
        }
        return new RawRecord(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                message.key(),
                message.value(),
                headers);
    }
}
