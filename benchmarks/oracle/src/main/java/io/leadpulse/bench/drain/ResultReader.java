package io.leadpulse.bench.drain;

import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.result.Comparison;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what an engine has committed, from the beginning on, and holds it against the oracle.
 *
 * <p>Not thread-safe.
 */
public final class ResultReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private static final int FETCH_BYTES = 8 << 20;
    private static final int SHOWN = 20;

    private final Engine engine;
    private final Comparison comparison;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long records;
    private long heard;
    private long heardNanos = System.nanoTime();

    /** Begins before the first record of topics that there are. */
    public ResultReader(String bootstrapServers, Engine engine, Expected expected) {
        this.engine = engine;
        comparison = new Comparison(expected, WorkloadSpec.AS_OF_MILLIS);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(engine);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All partitions of the topics of an engine's results. */
    public static List<TopicPartition> partitions(Engine engine) {
        return engine.resultTopics().stream().flatMap(ResultReader::partitions).toList();
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }

    /** An engine was started again: it has all its time anew. */
    public void begin() {
        heardNanos = System.nanoTime();
    }

    /**
     * Reads what is there, after a moment if nothing is.
     *
     * @throws WrongResultsException if results are wrong and it has been silent for too long
     * @throws IOException if it has ended by itself
     */
    public void read(RunningEngine running) throws WrongResultsException, IOException {
        take();
        if (comparison.heard() > heard) {
            heard = comparison.heard();
            heardNanos = System.nanoTime();
        }
        if (isRight()) {
            return;
        }
        if (!running.isAlive()) {
            throw new IOException("%s has ended by itself; its log: %s".formatted(engine.title(), running.log()));
        }
        if (System.nanoTime() - heardNanos > engine.patience().toNanos()) {
            throw wrong(
                    "and has said nothing for %d s".formatted(engine.patience().toSeconds()));
        }
    }

    /** Whether all results are the oracle's and none is missing. */
    public boolean isRight() {
        return comparison.isRight();
    }

    /** Committed records read so far. */
    public long records() {
        return records;
    }

    /** Reads all that is committed by now. */
    public void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            take();
        }
    }

    /**
     * Reads all that is there.
     *
     * @throws WrongResultsException if the results are not right then
     */
    public void readToTheEnd() throws WrongResultsException {
        catchUp();
        if (!isRight()) {
            throw wrong("after they had all been right");
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void take() {
        ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : read) {
            engine.translate(record, comparison);
        }
        records += read.count();
    }

    private WrongResultsException wrong(String when) {
        return new WrongResultsException("engine (%s) %s: %d results are not the oracle's, %s%n  %s"
                .formatted(
                        engine.letter(),
                        engine.title(),
                        comparison.wrongs(),
                        when,
                        String.join(System.lineSeparator() + "  ", comparison.differences(SHOWN))));
    }
}
