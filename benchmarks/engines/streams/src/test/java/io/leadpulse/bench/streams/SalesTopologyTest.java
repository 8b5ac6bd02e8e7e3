package io.leadpulse.bench.streams;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology without a broker, in one task, held against the oracle. */
class SalesTopologyTest {
    /** Few: the driver commits, and writes to disk, after each record. */
    private static final WorkloadSpec SPEC = new WorkloadSpec(500, 60, 20261123);

    private static final int TIME_PASSES_EVERY = 25;
    private static final String RESULTS = "results";

    @TempDir
    private Path folder;

    @Test
    void itsResultsAreTheOracles() throws IOException {
        assertThat(differences(records(), true)).isEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws IOException {
        List<WorkloadRecord> shuffled = records();
        Collections.shuffle(shuffled, new Random(SPEC.seed()));

        // Time comes at the end: acts of visitors are given up in time only if identifications are not a month late.
        assertThat(differences(shuffled, false)).isEmpty();
    }

    @Test
    void whatIsMissingIsSeen() throws IOException {
        List<WorkloadRecord> fewer = records();
        fewer.removeIf(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"deal_won\""));

        assertThat(differences(fewer, true)).anyMatch(each -> each.startsWith("sum won_amount|company|2026-"));
    }

    private static List<WorkloadRecord> records() {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(SPEC, records::add);
        return records;
    }

    private List<String> differences(List<WorkloadRecord> records, boolean timePasses) throws IOException {
        TaskConfig config = TaskConfig.read(Files.writeString(folder.resolve("task.yaml"), WorkloadSpec.configYaml()));
        List<String> partitions = List.of(SalesTopology.ACTIVITIES + "/0", SalesTopology.BEHAVIOUR + "/0");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
        Comparison comparison = new Comparison(ExpectedResults.of(SPEC), WorkloadSpec.AS_OF_MILLIS);
        try (TopologyTestDriver driver = new TopologyTestDriver(
                SalesTopology.of(config, partitions, new SalesTopology.Between("leads", "sales"), RESULTS), settings)) {
            Map<String, TestInputTopic<byte[], byte[]>> topics = new HashMap<>();
            for (String topic : List.of(SalesTopology.ACTIVITIES, SalesTopology.BEHAVIOUR)) {
                topics.put(topic, driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()));
            }
            int read = 0;
            for (WorkloadRecord record : records) {
                topics.get(record.topic())
                        .pipeInput(new TestRecord<>(
                                record.key().getBytes(StandardCharsets.UTF_8),
                                record.value(),
                                null,
                                WorkloadSpec.CLOSING_MILLIS));
                if (timePasses && ++read % TIME_PASSES_EVERY == 0) {
                    driver.advanceWallClockTime(SalesTopology.SAYING);
                }
            }
            // Once they tell how far they are, once they hear it, once they say what follows.
            for (int i = 0; i < 3; i++) {
                driver.advanceWallClockTime(Duration.ofSeconds(1));
            }
            tell(driver, comparison);
        }
        return comparison.differences(Integer.MAX_VALUE);
    }

    private static void tell(TopologyTestDriver driver, Comparison comparison) {
        Engine engine = Engines.of(List.of("d")).get(0);
        for (TestRecord<byte[], byte[]> each : driver.createOutputTopic(
                        RESULTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()) {
            engine.translate(new ConsumerRecord<>(RESULTS, 0, 0, each.key(), each.value()), comparison);
        }
    }
}
