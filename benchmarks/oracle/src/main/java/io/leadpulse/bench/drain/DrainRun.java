package io.leadpulse.bench.drain;

import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.result.Comparison;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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
 * Runs an engine over all events once. It has drained them at the moment at which every result that can be read in Kafka, committed, is the
 * oracle's and none is missing; after it has ended, all is read to the end and must still be so.
 */
public final class DrainRun {
    private static final Duration POLL = Duration.ofMillis(50);
    /**
     * So long an engine may say nothing that the task asks for, with results still wrong, before it is given up. On a busy machine a
     * planner alone takes more than a minute before the first word.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int FETCH_BYTES = 8 << 20;
    private static final int SHOWN = 20;

    private final RunningEngine.Starter starter;
    private final String bootstrapServers;
    private final WorkloadSpec spec;
    private final Expected expected;

    /**
     * What is to be done.
     *
     * @param spec of the events that the broker holds, see {@link EventTopics#load}
     * @param expected what the oracle makes of them
     */
    public DrainRun(RunningEngine.Starter starter, String bootstrapServers, WorkloadSpec spec, Expected expected) {
        this.starter = starter;
        this.bootstrapServers = bootstrapServers;
        this.spec = spec;
        this.expected = expected;
    }

    /**
     * Runs it.
     *
     * @param folder a new folder for what it keeps
     * @throws WrongResultsException if its results are not the oracle's
     */
    public Drain run(Engine engine, Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, WrongResultsException {
        EventTopics.make(bootstrapServers, engine.resultTopics());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(engine);
                RunningEngine running = starter.start(engine, folder)) {
            Comparison comparison = new Comparison(expected, WorkloadSpec.AS_OF_MILLIS);
            long cpuBefore = running.cpuNanos();
            long begun = System.nanoTime();
            running.go();
            long records = drain(engine, running, consumer, comparison);
            long wallNanos = System.nanoTime() - begun;
            long cpuNanos = running.cpuNanos() - cpuBefore;
            running.stop();
            readToTheEnd(engine, consumer, comparison);
            return new Drain(engine.letter(), spec.records(), cpuNanos, wallNanos, records);
        } finally {
            EventTopics.delete(bootstrapServers, engine.resultTopics());
        }
    }

    private long drain(
            Engine engine, RunningEngine running, KafkaConsumer<byte[], byte[]> consumer, Comparison comparison)
            throws WrongResultsException, IOException {
        long records = 0;
        long heard = 0;
        long heardNanos = System.nanoTime();
        while (!comparison.isRight()) {
            ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
            records += take(engine, read, comparison);
            if (comparison.heard() > heard) {
                heard = comparison.heard();
                heardNanos = System.nanoTime();
            }
            if (!running.isAlive()) {
                throw new IOException("%s has ended by itself; its log: %s".formatted(engine.title(), running.log()));
            }
            if (System.nanoTime() - heardNanos > PATIENCE.toNanos()) {
                throw wrong(engine, comparison, "and has said nothing for %d s".formatted(PATIENCE.toSeconds()));
            }
        }
        return records;
    }

    private static void readToTheEnd(Engine engine, KafkaConsumer<byte[], byte[]> consumer, Comparison comparison)
            throws WrongResultsException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            take(engine, consumer.poll(POLL), comparison);
        }
        if (!comparison.isRight()) {
            throw wrong(engine, comparison, "after they had all been right");
        }
    }

    private static int take(Engine engine, ConsumerRecords<byte[], byte[]> read, Comparison comparison) {
        for (ConsumerRecord<byte[], byte[]> record : read) {
            engine.translate(record, comparison);
        }
        return read.count();
    }

    private static WrongResultsException wrong(Engine engine, Comparison comparison, String when) {
        return new WrongResultsException("engine (%s) %s: %d results are not the oracle's, %s%n  %s"
                .formatted(
                        engine.letter(),
                        engine.title(),
                        comparison.wrongs(),
                        when,
                        String.join(System.lineSeparator() + "  ", comparison.differences(SHOWN))));
    }

    private KafkaConsumer<byte[], byte[]> consumer(Engine engine) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
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
        List<TopicPartition> partitions =
                engine.resultTopics().stream().flatMap(DrainRun::partitions).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }
}
