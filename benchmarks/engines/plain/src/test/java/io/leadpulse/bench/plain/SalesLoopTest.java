package io.leadpulse.bench.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.oracle.Expected;
import io.leadpulse.bench.result.Comparison;
import io.leadpulse.bench.result.FoundAlert;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loop without a broker, held against the oracle. */
class SalesLoopTest {
    private static final WorkloadSpec SPEC = new WorkloadSpec(30_000, 2_000, 20261123);
    private static final int SAY_EVERY = 1_000;

    @Test
    void itsResultsAreTheOracles() {
        assertThat(differences(records(), true)).isEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<WorkloadRecord> shuffled = records();
        Collections.shuffle(shuffled, new Random(SPEC.seed()));

        // Time comes at the end: acts of visitors are given up in time only if identifications are not a month late.
        assertThat(differences(shuffled, false)).isEmpty();
    }

    @Test
    void whatIsMissingIsSeen() {
        List<WorkloadRecord> fewer = records();
        fewer.removeIf(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"deal_won\""));

        assertThat(differences(fewer, true)).anyMatch(each -> each.startsWith("sum won_amount|company|2026-"));
    }

    private static List<WorkloadRecord> records() {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(SPEC, records::add);
        return records;
    }

    private static List<String> differences(List<WorkloadRecord> records, boolean timePasses) {
        String yaml = WorkloadSpec.configYaml();
        LeadpulseConfig config = ConfigReader.parse(yaml);
        EventDecoder decoder = new EventDecoder(config.decodeSettings(), new RecordCheck(yaml, List.of()));
        Expected expected = ExpectedResults.of(SPEC);
        Comparison comparison = new Comparison(expected, WorkloadSpec.AS_OF_MILLIS);
        SalesLoop loop = new SalesLoop(Directory.of(config, List.of()), new Compared(comparison));
        long offset = 0;
        long latestMillis = Long.MIN_VALUE;
        for (WorkloadRecord record : records) {
            latestMillis = Math.max(
                    latestMillis,
                    loop.accept(decoder.decode(new RawRecord(
                            record.topic(),
                            0,
                            offset++,
                            WorkloadSpec.CLOSING_MILLIS,
                            record.key().getBytes(StandardCharsets.UTF_8),
                            record.value(),
                            List.of()))));
            if (timePasses) {
                loop.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS - 1);
            }
            if (offset % SAY_EVERY == 0) {
                loop.say();
            }
        }
        loop.advance(latestMillis - WorkloadSpec.OUT_OF_ORDER_MILLIS - 1);
        loop.say();
        return comparison.differences(Integer.MAX_VALUE);
    }

    private record Compared(Comparison comparison) implements Results {
        @Override
        public void score(String lead, long asOfMillis, double score, String band) {
            comparison.score(lead, asOfMillis, score, band);
        }

        @Override
        public void sum(SalesLoop.SumKey key, long amountMinor, long count) {
            String day = LocalDate.ofEpochDay(key.epochDay()).toString();
            comparison.sum("won_amount", key.scope(), day, amountMinor);
            comparison.sum("won_count", key.scope(), day, count);
        }

        @Override
        public void alert(String deal, String stay, Deal.Alert alert) {
            String[] parts = stay.split("\\|", -1);
            comparison.alert(
                    deal,
                    parts[0],
                    Long.parseLong(parts[1]),
                    new FoundAlert(
                            alert.owner(),
                            alert.raisedMillis(),
                            orNull(alert.escalatedMillis()),
                            orNull(alert.leftMillis())));
        }

        @Override
        public void withdrawn(String deal, String stay) {
            String[] parts = stay.split("\\|", -1);
            comparison.alert(deal, parts[0], Long.parseLong(parts[1]), null);
        }

        @Override
        public void deadLetter(String record, String reason) {
            comparison.deadLetter(record, reason);
        }

        private static Long orNull(long millis) {
            return millis == Lead.NEVER ? null : (Long) millis;
        }
    }
}
