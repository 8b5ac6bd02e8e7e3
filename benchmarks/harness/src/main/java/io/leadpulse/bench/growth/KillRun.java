package io.leadpulse.bench.growth;

import io.leadpulse.bench.drain.EventTopics;
import io.leadpulse.bench.drain.ResultReader;
import io.leadpulse.bench.drain.WrongResultsException;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kills an engine by force while it drains: each time after it has committed something new, and while it has results written that it
 * has not committed. It is started again in the same folder. An engine that is exactly once ends with the oracle's results, and nobody
 * reads what it had not committed.
 */
final class KillRun {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TO_ANSWER_SECONDS = 60;

    private final RunningEngine.Starter starter;
    private final String bootstrapServers;
    private final WorkloadSpec spec;
    private final Expected expected;

    /** Over a broker that holds the records of the spec. */
    KillRun(RunningEngine.Starter starter, String bootstrapServers, WorkloadSpec spec, Expected expected) {
        this.starter = starter;
        this.bootstrapServers = bootstrapServers;
        this.spec = spec;
        this.expected = expected;
    }

    /**
     * Runs it.
     *
     * @param folder a new folder for what the engine keeps
     * @param kills how often it is killed, if it does not end before
     * @throws WrongResultsException if the results are not the oracle's in the end
     */
    Killed run(Engine engine, Path folder, int kills)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, WrongResultsException {
        EventTopics.make(bootstrapServers, engine.resultTopics());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
                ResultReader results = new ResultReader(bootstrapServers, engine, expected)) {
            List<Long> firstResultMillis = new ArrayList<>();
            int killed = 0;
            long begunNanos = System.nanoTime();
            while (!results.isRight()) {
                try (RunningEngine running = starter.start(engine, folder)) {
                    long before = results.records();
                    boolean isToBeKilled = killed < kills;
                    long goNanos = System.nanoTime();
                    running.go();
                    results.begin();
                    boolean hasCommitted = false;
                    while (!results.isRight() && !(isToBeKilled && hasCommitted && uncommitted(admin, engine) > 0)) {
                        results.read(running);
                        if (!hasCommitted && results.records() > before) {
                            hasCommitted = true;
                            if (killed > 0) {
                                firstResultMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - goNanos));
                            }
                        }
                    }
                    if (results.isRight()) {
                        running.stop();
                    } else {
                        // Leaving this block kills it.
                        killed++;
                    }
                }
                // What it had committed is nothing new of the next one.
                results.catchUp();
            }
            long wallMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
            results.readToTheEnd();
            return new Killed(
                    engine.letter(),
                    spec.records(),
                    killed,
                    results.records(),
                    written(engine) - results.records(),
                    firstResultMillis,
                    wallMillis);
        } finally {
            EventTopics.delete(bootstrapServers, engine.resultTopics());
        }
    }

    /** Records of transactions that are open now. */
    private static long uncommitted(Admin admin, Engine engine)
            throws InterruptedException, ExecutionException, TimeoutException {
        // What is written and committed between the two questions is less than nothing open, not more.
        Map<TopicPartition, Long> written = ends(admin, engine, IsolationLevel.READ_UNCOMMITTED);
        long open = 0;
        for (Map.Entry<TopicPartition, Long> each :
                ends(admin, engine, IsolationLevel.READ_COMMITTED).entrySet()) {
            open += Math.max(0, written.get(each.getKey()) - each.getValue());
        }
        return open;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Engine engine, IsolationLevel isolation)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = ResultReader.partitions(engine).stream()
                .collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each : admin.listOffsets(
                        latest, new ListOffsetsOptions(isolation))
                .all()
                .get(TO_ANSWER_SECONDS, TimeUnit.SECONDS)
                .entrySet()) {
            ends.put(each.getKey(), each.getValue().offset());
        }
        return ends;
    }

    /** All records of results, committed or not. */
    private long written(Engine engine) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = ResultReader.partitions(engine);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                records += consumer.poll(POLL).count();
            }
            return records;
        }
    }
}
