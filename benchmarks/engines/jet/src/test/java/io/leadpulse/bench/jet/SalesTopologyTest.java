package io.leadpulse.bench.jet;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.jet.core.Watermark;
import com.hazelcast.jet.core.test.TestOutbox;
import com.hazelcast.jet.core.test.TestProcessorContext;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processors of the job without a member, held against the oracle. */
class SalesTopologyTest {
    private static final WorkloadSpec SPEC = new WorkloadSpec(20_000, 2_000, 20261123);
    private static final int SAVED_EVERY = 1_000;
    private static final Engine ENGINE = Engines.of(List.of("f")).get(0);

    @TempDir
    private Path folder;

    /** What happens to the job on its way. */
    private enum Way {
        TIME_PASSES,
        TIME_COMES_AT_THE_END,
        IT_IS_STARTED_AGAIN
    }

    @Test
    void itsResultsAreTheOracles() throws Exception {
        assertThat(differences(records(), Way.TIME_PASSES)).isEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<WorkloadRecord> shuffled = records();
        Collections.shuffle(shuffled, new Random(SPEC.seed()));

        // Time comes at the end: acts of visitors are given up in time only if identifications are not a month late.
        assertThat(differences(shuffled, Way.TIME_COMES_AT_THE_END)).isEmpty();
    }

    @Test
    void whatIsMissingIsSeen() throws Exception {
        List<WorkloadRecord> fewer = records();
        fewer.removeIf(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"deal_won\""));

        assertThat(differences(fewer, Way.TIME_PASSES))
                .anyMatch(each -> each.startsWith("sum won_amount|company|2026-"));
    }

    @Test
    void itGoesOnFromASnapshot() throws Exception {
        assertThat(differences(records(), Way.IT_IS_STARTED_AGAIN)).isEmpty();
    }

    /** In the workload a visitor is one lead's. */
    @Test
    void aLateIdentificationTakesActsAndTheirPlaces() throws Exception {
        long millis = WorkloadSpec.START_MILLIS;
        Map<String, String> last = new HashMap<>();
        InMemoryTopology topology = new InMemoryTopology(task(), result -> last.put(result.key(), result.value()));

        topology.accept(webAct("m1", millis, "V1", "L1", null));
        topology.accept(webAct("m2", millis + 1_000, "V1", null, Rule.PRICE_LIST));
        // The second of a day does not count, until the first turns out to be another's.
        topology.accept(webAct("m3", millis + 2_000, "V2", "L1", Rule.PRICE_LIST));
        topology.save();
        assertThat(last).containsEntry("score|L1", score(millis + 1_000));
        topology.accept(webAct("m4", millis + 500, "V1", "L2", null));
        topology.save();

        assertThat(last)
                .containsEntry("score|L1", score(millis + 2_000))
                .containsEntry("score|L2", score(millis + 1_000));
    }

    @Test
    void timeIsToldBeforeASnapshot() throws Exception {
        TestOutbox told = new TestOutbox(1, 1, 1, 1);
        Split split = new Split();
        split.init(told, new TestProcessorContext());

        split.tryProcessWatermark(new Watermark(1));
        split.tryProcessWatermark(new Watermark(2));
        assertThat(split.saveToSnapshot()).isTrue();

        assertThat(told.queue(Split.LEADS)).containsExactly(new Watermark(2));
        assertThat(told.queue(Split.DEALS)).containsExactly(new Watermark(2));
    }

    private static Event webAct(String id, long millis, String visitor, String lead, Rule rule) {
        return new Event.WebAct(id, id, visitor, lead, rule, rule == null ? null : "a day", millis);
    }

    private static String score(long asOfMillis) {
        return "{\"as_of\":" + asOfMillis + ",\"score\":10.0,\"band\":\"cold\"}";
    }

    private static List<WorkloadRecord> records() {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(SPEC, records::add);
        return records;
    }

    private Task task() throws IOException {
        return Task.read(Files.writeString(folder.resolve("task.yaml"), WorkloadSpec.configYaml()));
    }

    private List<String> differences(List<WorkloadRecord> records, Way way) throws Exception {
        Task task = task();
        EventDecoder decoder = new EventDecoder(task.hours());
        Comparison comparison = new Comparison(ExpectedResults.of(SPEC), WorkloadSpec.AS_OF_MILLIS);
        InMemoryTopology topology = new InMemoryTopology(task, result -> translate(result, comparison));
        long latestMillis = Long.MIN_VALUE;
        int read = 0;
        for (WorkloadRecord record : records) {
            Event event = decoder.applyEx(new ConsumerRecord<>(record.topic(), 0, read++, null, record.value()));
            topology.accept(event);
            latestMillis = Math.max(latestMillis, event.timeMillis());
            if (way != Way.TIME_COMES_AT_THE_END) {
                topology.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS);
            }
            if (read % SAVED_EVERY == 0) {
                topology.save();
                if (way == Way.IT_IS_STARTED_AGAIN) {
                    topology.restart();
                }
            }
        }
        topology.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS);
        topology.save();
        return comparison.differences(Integer.MAX_VALUE);
    }

    private static void translate(Result result, Comparison comparison) {
        ENGINE.translate(
                new ConsumerRecord<>(
                        "results",
                        0,
                        0,
                        result.key().getBytes(StandardCharsets.UTF_8),
                        result.value().getBytes(StandardCharsets.UTF_8)),
                comparison);
    }
}
