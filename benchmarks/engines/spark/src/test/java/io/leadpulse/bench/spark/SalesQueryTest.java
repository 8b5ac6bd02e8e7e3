package io.leadpulse.bench.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.result.Comparison;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** The query without a broker, in a session of its own, held against the oracle. */
class SalesQueryTest {
    private static final WorkloadSpec SPEC = new WorkloadSpec(3_000, 300, 20261123);
    private static final Engine ENGINE = Engines.of(List.of("g")).get(0);
    private static final int BATCHES = 6;

    @TempDir
    private static Path folder;

    private static SparkSession session;

    @BeforeAll
    static void open() {
        session = SparkProgram.session(folder);
    }

    @AfterAll
    static void close() {
        session.stop();
    }

    @Test
    void itsResultsAreTheOracles() throws Exception {
        assertThat(differences(records(), KafkaRecord::topic)).isEmpty();
    }

    /** Late events are late by up to 90 days here; the clock stands until the last one, of a partition of its own. */
    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<KafkaRecord> shuffled = records();
        KafkaRecord last = shuffled.remove(shuffled.size() - 1);
        Collections.shuffle(shuffled, new Random(SPEC.seed()));
        shuffled.add(last);

        assertThat(differences(shuffled, record -> record.equals(last) ? "last" : record.topic()))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsSeen() throws Exception {
        List<KafkaRecord> fewer = records();
        fewer.removeIf(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"deal_won\""));

        assertThat(differences(fewer, KafkaRecord::topic))
                .anyMatch(each -> each.startsWith("sum won_amount|company|2026-"));
    }

    /** In the workload a visitor is one lead's. */
    @Test
    void aLateIdentificationTakesActsAndTheirPlaces() throws Exception {
        try (Run run = new Run(List.of(EventDecoder.BEHAVIOUR))) {
            run.read(
                    List.of(
                            webAct("m1", 0, "V1", "\"userId\":\"L1\",\"type\":\"identify\""),
                            webAct("m2", 1_000, "V1", "\"type\":\"page\",\"properties\":{\"path\":\"/pricing\"}"),
                            // The second of a day does not count, until the first turns out to be another's.
                            webAct(
                                    "m3",
                                    2_000,
                                    "V2",
                                    "\"userId\":\"L1\",\"type\":\"page\",\"properties\":{\"path\":\"/pricing\"}")),
                    KafkaRecord::topic);
            assertThat(run.last()).containsEntry("score|L1", score(1_000));
            run.read(List.of(webAct("m4", 500, "V1", "\"userId\":\"L2\",\"type\":\"identify\"")), KafkaRecord::topic);

            assertThat(run.last()).containsEntry("score|L1", score(2_000)).containsEntry("score|L2", score(1_000));
        }
    }

    private static KafkaRecord webAct(String id, long afterMillis, String visitor, String more) {
        String json = "{\"messageId\":\"%s\",\"anonymousId\":\"%s\",\"timestamp\":\"%s\",%s}"
                .formatted(id, visitor, Instant.ofEpochMilli(WorkloadSpec.START_MILLIS + afterMillis), more);
        return new KafkaRecord(EventDecoder.BEHAVIOUR, 0, afterMillis, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String score(long afterMillis) {
        return "{\"as_of\":" + (WorkloadSpec.START_MILLIS + afterMillis) + ",\"score\":10.0,\"band\":\"cold\"}";
    }

    private static List<KafkaRecord> records() {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(SPEC, records::add);
        List<KafkaRecord> asRead = new ArrayList<>();
        for (WorkloadRecord record : records) {
            asRead.add(new KafkaRecord(record.topic(), 0, asRead.size(), record.value()));
        }
        return asRead;
    }

    /**
     * What is not the oracle's when records have been read in some batches, one after the other.
     *
     * @param partitionOf the source of a record
     */
    private static List<String> differences(List<KafkaRecord> records, Function<KafkaRecord, String> partitionOf)
            throws Exception {
        Comparison comparison = new Comparison(ExpectedResults.of(SPEC), WorkloadSpec.AS_OF_MILLIS);
        try (Run run =
                new Run(records.stream().map(partitionOf).distinct().sorted().toList())) {
            int size = (records.size() + BATCHES - 1) / BATCHES;
            for (int from = 0; from < records.size(); from += size) {
                run.read(records.subList(from, Math.min(records.size(), from + size)), partitionOf);
            }
            run.last().forEach((key, value) -> translate(key, value, comparison));
        }
        return comparison.differences(Integer.MAX_VALUE);
    }

    private static void translate(String key, String value, Comparison comparison) {
        ENGINE.translate(
                new ConsumerRecord<>(
                        "results", 0, 0, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)),
                comparison);
    }

    /** The query over sources in memory. */
    private static final class Run implements AutoCloseable {
        private final Map<String, MemoryStream<KafkaRecord>> sources = new HashMap<>();
        private final Map<String, String> last = new ConcurrentHashMap<>();
        private final StreamingQuery query;

        Run(Collection<String> partitions) throws IOException, TimeoutException {
            List<Dataset<KafkaRecord>> read = new ArrayList<>();
            for (String partition : partitions) {
                MemoryStream<KafkaRecord> source = MemoryStream.apply(KafkaRecord.ENCODER, session);
                sources.put(partition, source);
                read.add(source.toDS());
            }
            VoidFunction2<Dataset<Result>, Long> tell = (results, batch) ->
                    results.collectAsList().forEach(result -> last.put(result.key(), result.value()));
            query = SalesQuery.of(read, Task.of(WorkloadSpec.configYaml()))
                    .writeStream()
                    .option(
                            "checkpointLocation",
                            Files.createTempDirectory(folder, "checkpoint").toString())
                    .foreachBatch(tell)
                    .start();
        }

        /** Reads records in one batch, with what follows when the clock moves. */
        void read(List<KafkaRecord> records, Function<KafkaRecord, String> partitionOf) throws StreamingQueryException {
            records.stream()
                    .collect(Collectors.groupingBy(partitionOf))
                    .forEach((partition, each) -> sources.get(partition).addData(CollectionConverters.asScala(each)));
            query.processAllAvailable();
        }

        /** The last word on each key. */
        Map<String, String> last() {
            return last;
        }

        @Override
        public void close() throws StreamingQueryException, TimeoutException {
            query.stop();
        }
    }
}
