package io.leadpulse.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final WorkloadSpec SPEC = new WorkloadSpec(50_000, 5_000, 7);
    private static final Pattern OWNER = Pattern.compile("\"owner\":\"(R\\d+)\"");
    private static final Pattern REP = Pattern.compile("\"R\\d+\"");

    @Test
    void theSameSpecGivesTheSameRecords() {
        assertThat(texts(SPEC)).isEqualTo(texts(SPEC)).isNotEqualTo(texts(new WorkloadSpec(50_000, 5_000, 8)));
    }

    /** Of the records as they were before any lead or rep could be hot: what was measured with them stays comparable. */
    @Test
    void withNothingHotTheRecordsAreAsTheyEverWere() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Workload.forEach(SPEC, record -> {
            digest.update("%s %d %d %s "
                    .formatted(record.topic(), record.partition(), record.lead(), record.key())
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(record.value());
            digest.update((byte) '\n');
        });

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("e750304fd0e22a29cd5a3b54ee6a5347e19023c10cd5d67b3c0bb9f99df28099");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void aHotRepHasHisShareOfTheDealsAndNothingElseIsOther(double share) {
        WorkloadSpec hot = new WorkloadSpec(50_000, 5_000, 7, share, 0);
        Map<String, Integer> owners = new HashMap<>();
        int ofDeals = 0;
        for (WorkloadRecord record : records(hot)) {
            Matcher owner = OWNER.matcher(new String(record.value(), StandardCharsets.UTF_8));
            if (owner.find()) {
                owners.merge(owner.group(1), 1, Integer::sum);
                ofDeals++;
            }
        }

        assertThat((double) owners.get("R7") / ofDeals).isCloseTo(share, within(0.05));
        assertThat(owners).hasSize(40);
        assertThat(withoutReps(hot)).isEqualTo(withoutReps(SPEC));
    }

    @Test
    void hotLeadsHaveTheirShareOneAfterTheOtherAndNoneMoreThanItMay() {
        WorkloadSpec hot = new WorkloadSpec(20_000, 5_000, 7, 0, 0.5);
        List<Integer> leads = records(hot).stream()
                .limit(hot.events())
                .map(WorkloadRecord::lead)
                .filter(lead -> lead >= 4_990)
                .toList();

        assertThat(leads.size() / 20_000.0).isCloseTo(0.5, within(0.02));
        Map<Integer, Long> counts =
                leads.stream().collect(Collectors.groupingBy(lead -> lead, TreeMap::new, Collectors.counting()));
        assertThat(counts.get(4_999)).isBetween(1_600L, 1_700L);
        assertThat(counts.values()).allMatch(count -> count < 1_800);
        assertThat(leads.subList(0, 100)).allMatch(lead -> lead == 4_999);
    }

    @Test
    void hotLeadsThatWouldHaveTooManyFactsAreRefused() {
        assertThatThrownBy(() -> new WorkloadSpec(50_000, 5_000, 7, 0, 0.5))
                .hasMessageContaining("25000 events of hot leads; allowed: at most 22500");
        assertThatThrownBy(() -> new WorkloadSpec(40_000, 12, 7, 0, 0.5))
                .hasMessageContaining("12 leads cannot be hot for 20000 events");
        assertThatThrownBy(() -> new WorkloadSpec(1_000, 10, 7, 1.5, 0)).hasMessageContaining("allowed: 0 to 1");
        assertThatThrownBy(() -> new WorkloadSpec(1_000, 10, 7, 0, Double.NaN)).hasMessageContaining("allowed: 0 to 1");
    }

    @Test
    void theConfigurationsOfTheTaskAreValid() {
        assertThat(ConfigReader.parse(WorkloadSpec.configYaml(30)).decodeSettings())
                .isNotNull();
        assertThat(WorkloadSpec.configYaml(30)).startsWith(WorkloadSpec.configYaml());
    }

    @Test
    void aPartHasTheSameRecordsOfItsLeads() {
        List<String> whole = new ArrayList<>();
        Workload.forEach(SPEC, record -> {
            if (record.lead() % 3 == 1) {
                whole.add(text(record));
            }
        });
        List<String> part = new ArrayList<>();
        Workload.forEach(SPEC, lead -> lead % 3 == 1, record -> part.add(text(record)));

        assertThat(part).isEqualTo(whole).isNotEmpty();
    }

    @Test
    void aHundredthIsLateAndAHundredthRepeatedAndAThousandthBroken() {
        EventDecoder decoder = decoder();
        Set<String> known = new HashSet<>();
        long repeated = 0;
        long broken = 0;
        long late = 0;
        long latestMillis = 0;
        for (WorkloadRecord record : records(SPEC)) {
            Decoded decoded = decode(decoder, record);
            if (decoded.deadLetter() != null) {
                broken++;
            } else if (!known.add(record.key() + decoded.event().event())) {
                repeated++;
            } else if (decoded.event().timeMillis() < latestMillis - WorkloadSpec.MIN_DELAY_MILLIS / 2) {
                late++;
            }
            latestMillis = decoded.event() == null
                    ? latestMillis
                    : Math.max(latestMillis, decoded.event().timeMillis());
        }
        assertThat((double) late / SPEC.events()).isCloseTo(WorkloadSpec.LATE, within(0.002));
        assertThat((double) repeated / SPEC.events()).isCloseTo(WorkloadSpec.REPEATED, within(0.002));
        assertThat((double) broken / SPEC.events()).isCloseTo(WorkloadSpec.BROKEN, within(0.0005));
    }

    @Test
    void thereAreAsManyRecordsAsAskedForAndTheLastOfEachPartitionIsTheLatest() {
        List<WorkloadRecord> records = records(SPEC);
        EventDecoder decoder = decoder();

        assertThat(records).hasSize((int) SPEC.records());
        assertThat(records.subList((int) SPEC.events(), records.size()))
                .hasSize(WorkloadSpec.PARTITIONS * 2)
                .allSatisfy(
                        closing -> assertThat(decode(decoder, closing).event().timeMillis())
                                .isEqualTo(WorkloadSpec.CLOSING_MILLIS));
        assertThat(records.subList(0, (int) SPEC.events())).allSatisfy(record -> {
            Decoded decoded = decode(decoder, record);
            assertThat(decoded.deadLetter() != null || decoded.event().timeMillis() < WorkloadSpec.AS_OF_MILLIS)
                    .isTrue();
        });
    }

    @Test
    void noLeadComesNearTheBoundOfFacts() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (WorkloadRecord record : records(SPEC)) {
            counts.merge(record.lead(), 1, Integer::sum);
        }
        assertThat(counts.values()).allMatch(count -> count < 1_000).anyMatch(count -> count > 700);
    }

    @Test
    void sharesFallWithTheRankButForTheFirst() {
        double[] shares = LeadChoice.shares(1_000, 0.02);

        assertThat(shares[0]).isCloseTo(0.02, within(1e-9));
        assertThat(shares[499] / shares[999]).isCloseTo(2, within(1e-6));
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void aSpecThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new WorkloadSpec(10, 5, 1)).hasMessageContaining("at least 100 events");
        assertThatThrownBy(() -> new WorkloadSpec(100, 0, 1)).hasMessageContaining("1 lead");
        assertThatThrownBy(() -> new WorkloadSpec(10_000_000_000L, 5, 1)).hasMessageContaining("one a millisecond");
    }

    private static List<String> withoutReps(WorkloadSpec spec) {
        return texts(spec).stream()
                .map(text -> REP.matcher(text).replaceAll("a rep"))
                .toList();
    }

    private static EventDecoder decoder() {
        String yaml = WorkloadSpec.configYaml();
        LeadpulseConfig config = ConfigReader.parse(yaml);
        return new EventDecoder(config.decodeSettings(), new RecordCheck(yaml, List.of()));
    }

    private static Decoded decode(EventDecoder decoder, WorkloadRecord record) {
        return decoder.decode(new RawRecord(
                record.topic(),
                0,
                0,
                WorkloadSpec.CLOSING_MILLIS,
                record.key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                List.of()));
    }

    private static List<WorkloadRecord> records(WorkloadSpec spec) {
        List<WorkloadRecord> records = new ArrayList<>();
        Workload.forEach(spec, records::add);
        assertThat(records).extracting(WorkloadRecord::topic).contains(Topics.ACTIVITIES, Topics.BEHAVIOUR);
        return records;
    }

    private static List<String> texts(WorkloadSpec spec) {
        return records(spec).stream().map(WorkloadTest::text).toList();
    }

    private static String text(WorkloadRecord record) {
        return record.topic() + ' ' + record.key() + ' ' + new String(record.value(), StandardCharsets.UTF_8);
    }
}
