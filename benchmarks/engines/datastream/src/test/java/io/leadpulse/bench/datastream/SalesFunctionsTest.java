package io.leadpulse.bench.datastream;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.result.Comparison;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The functions of the job without a cluster, wired as the topology wires them, held against the oracle. */
class SalesFunctionsTest {
    private static final WorkloadSpec SPEC = new WorkloadSpec(20_000, 2_000, 20261123);
    private static final Engine ENGINE = Engines.of(List.of("b")).get(0);

    @Test
    void theirResultsAreTheOracles() throws Exception {
        assertThat(differences(records(), true)).isEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<WorkloadRecord> shuffled = records();
        Collections.shuffle(shuffled, new Random(SPEC.seed()));

        // Time comes at the end: acts of visitors are given up in time only if identifications are not a month late.
        assertThat(differences(shuffled, false)).isEmpty();
    }

    @Test
    void whatIsMissingIsSeen() throws Exception {
        List<WorkloadRecord> fewer = records();
        fewer.removeIf(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"deal_won\""));

        assertThat(differences(fewer, true)).anyMatch(each -> each.startsWith("sum won_amount|company|2026-"));
    }

    /** In the workload a visitor is one lead's. */
    @Test
    void aLateIdentificationTakesActsAndTheirPlaces() throws Exception {
        long millis = WorkloadSpec.START_MILLIS;
        Map<String, String> last = new HashMap<>();
        InMemoryTopology topology = new InMemoryTopology(
                Task.of(WorkloadSpec.configYaml()), result -> last.put(result.key(), result.value()));

        topology.accept(webAct("m1", millis, "V1", "L1", null));
        topology.accept(webAct("m2", millis + 1_000, "V1", null, Rule.PRICE_LIST));
        // The second of a day does not count, until the first turns out to be another's.
        topology.accept(webAct("m3", millis + 2_000, "V2", "L1", Rule.PRICE_LIST));
        assertThat(last).containsEntry("score|L1", score(millis + 1_000));
        topology.accept(webAct("m4", millis + 500, "V1", "L2", null));

        assertThat(last)
                .containsEntry("score|L1", score(millis + 2_000))
                .containsEntry("score|L2", score(millis + 1_000));
        topology.close();
    }

    private static Event webAct(String id, long millis, String visitor, String lead, Rule rule) {
        return new Event(
                id, null, id, millis, lead, visitor, null, null, null, null, null, rule, rule == null ? null : "a day");
    }

    private static String score(long asOfMillis) {
        return "{\"as_of\":" + asOfMillis + ",\"score\":10.0,\"band\":\"cold\"}";
    }

    private static List<WorkloadRecord> records() {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(SPEC, records::add);
        return records;
    }

    private static List<String> differences(List<WorkloadRecord> records, boolean timePasses) throws Exception {
        Task task = Task.of(WorkloadSpec.configYaml());
        EventDecoder decoder = new EventDecoder(task.hours());
        Comparison comparison = new Comparison(ExpectedResults.of(SPEC), WorkloadSpec.AS_OF_MILLIS);
        long offset = 0;
        long latestMillis = Long.MIN_VALUE;
        InMemoryTopology topology = new InMemoryTopology(task, result -> translate(result, comparison));
        for (WorkloadRecord record : records) {
            Event event = decoder.decode(record.topic(), 0, offset++, record.value());
            topology.accept(event);
            latestMillis = Math.max(latestMillis, event.timeMillis());
            if (timePasses) {
                topology.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS - 1);
            }
        }
        topology.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS - 1);
        topology.close();
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
