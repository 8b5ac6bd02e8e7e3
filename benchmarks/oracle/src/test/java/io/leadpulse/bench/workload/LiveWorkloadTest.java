package io.leadpulse.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Records that are sent while an engine is measured, and probes among them. */
class LiveWorkloadTest {
    private static final long START = Instant.parse("2026-11-02T10:00:00Z").toEpochMilli();
    private static final long SPAN = 60_000;
    private static final int EVENTS = 50_000;
    private static final int MOST_OF_A_LEAD = 300;

    @Test
    void allHappenWithinTheSpanInThatOrderButForAFewThatComeLater() throws Exception {
        long latestMillis = 0;
        int late = 0;
        for (Decoded decoded : decode(records(LiveWorkload.Ids.FIRST))) {
            if (decoded.event() == null) {
                continue;
            }
            long millis = decoded.event().timeMillis();
            assertThat(millis).isBetween(START, START + SPAN - 1);
            late += millis < latestMillis ? 1 : 0;
            latestMillis = Math.max(latestMillis, millis);
        }
        // Late ones and repeated ones, a hundredth each.
        assertThat(late).isBetween(EVENTS / 100, EVENTS * 3 / 100);
        // The repeated ones take the place of others, at the end.
        assertThat(latestMillis).isGreaterThan(START + SPAN * 98 / 100);
    }

    @Test
    void noLeadHasMoreThanADayMayHave() throws Exception {
        Map<String, Integer> ofLead = new HashMap<>();
        for (WorkloadRecord record : records(LiveWorkload.Ids.FIRST)) {
            ofLead.merge("L" + record.lead(), 1, Integer::sum);
        }
        assertThat(ofLead.values()).allMatch(events -> events <= MOST_OF_A_LEAD);
    }

    @Test
    void whatFollowsSharesNoLeadAndNoIdWithWhatWasBefore() throws Exception {
        LiveWorkload.Ids after = workload(LiveWorkload.Ids.FIRST).idsAfter();
        List<Decoded> before = decode(records(LiveWorkload.Ids.FIRST));
        List<Decoded> following = decode(records(after));

        assertThat(leads(before)).hasSizeGreaterThan(1_000);
        assertThat(ids(before)).hasSizeGreaterThan(EVENTS * 9 / 10);
        assertThat(Collections.disjoint(leads(before), leads(following))).isTrue();
        assertThat(Collections.disjoint(ids(before), ids(following))).isTrue();
    }

    @Test
    void aProbeSendsAFormAndWinsADealOfItsOwnAmountForItsRep() throws Exception {
        List<WorkloadRecord> records = Probes.records(37, START);
        List<SalesEvent> events = decode(records).stream().map(Decoded::event).toList();

        assertThat(records).hasSize(Probes.RECORDS);
        assertThat(events).doesNotContainNull().allSatisfy(event -> {
            assertThat(event.lead()).isEqualTo("probe-37");
            assertThat(event.timeMillis()).isEqualTo(START);
        });
        assertThat(events)
                .extracting(SalesEvent::kind)
                .containsExactly(EventKind.FORM_SUBMITTED, EventKind.DEAL_OPENED, EventKind.DEAL_WON);
        assertThat(events.get(1).amountMinor()).isEqualTo(1L << 5);
        assertThat(events.get(1).owner()).isEqualTo("P1");
        assertThat(Probes.ofLead("probe-37")).isEqualTo(37);
        assertThat(Probes.firstOfScope("rep:P1")).isEqualTo(32);
        assertThat(Probes.scope(37)).isEqualTo("rep:P1");
    }

    @Test
    void theRepsOfAllProbesAreInTheConfiguration() throws Exception {
        Directory directory = Directory.of(ConfigReader.parse(Probes.configYaml(65)), List.of());

        assertThat(directory.teamOf("P0", START)).isEqualTo("probes");
        assertThat(directory.teamOf("P2", START)).isEqualTo("probes");
        assertThat(directory.teamOf("P3", START)).isNull();
        assertThat(Probes.firstOfScope("rep:R3")).isNegative();
        assertThat(Probes.ofLead("L37")).isNegative();
    }

    private static Set<String> leads(List<Decoded> records) {
        return records.stream()
                .filter(each -> each.event() != null && each.event().lead() != null)
                .map(each -> each.event().lead())
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(List<Decoded> records) {
        return records.stream()
                .filter(each -> each.event() != null)
                .map(each -> each.event().event())
                .collect(Collectors.toSet());
    }

    private static LiveWorkload workload(LiveWorkload.Ids ids) {
        return new LiveWorkload(EVENTS, 2_000, 7, ids, START, SPAN);
    }

    private static List<WorkloadRecord> records(LiveWorkload.Ids ids) {
        LiveWorkload workload = workload(ids);
        List<WorkloadRecord> records = new ArrayList<>();
        for (int place = 0; place < EVENTS; place++) {
            records.add(workload.next());
        }
        return records;
    }

    private static List<Decoded> decode(List<WorkloadRecord> records) throws Exception {
        String yaml = Probes.configYaml(64);
        EventDecoder decoder =
                new EventDecoder(ConfigReader.parse(yaml).decodeSettings(), new RecordCheck(yaml, List.of()));
        List<Decoded> decoded = new ArrayList<>();
        for (WorkloadRecord record : records) {
            decoded.add(decoder.decode(new RawRecord(
                    record.topic(),
                    0,
                    decoded.size(),
                    START,
                    record.key().getBytes(StandardCharsets.UTF_8),
                    record.value(),
                    List.of())));
        }
        return decoded;
    }
}
