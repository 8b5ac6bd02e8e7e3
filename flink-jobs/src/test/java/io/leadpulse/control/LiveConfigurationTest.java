package io.leadpulse.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveConfigurationTest {
    private static final List<Fact> FACTS = List.of(
            Fact.builder(1, "test/1", TestSettings.millis("2025-03-03T09:00:00Z"), EventKind.LEAD_CREATED)
                    .direction(Direction.INBOUND)
                    .campaign("fair")
                    .build(),
            Fact.builder(2, "test/2", TestSettings.millis("2025-03-03T09:30:00Z"), EventKind.PAGE_VIEWED)
                    .build());

    private final List<ConfigurationRecord> records = new ArrayList<>();

    @Test
    void whatIsLearntEveryDayMakesNoVersionForLeadsOfAnyAge() {
        rules("\"score\":{\"points\":{\"page_view\":7}}");
        List<ConfigVersion> ages = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            learnt(day);
            ages.add(configuration().version());
        }
        rules("\"candidate\":true,\"score\":{\"points\":{\"page_view\":90}}");
        ages.add(configuration().version());

        assertThat(contexts(ages)).hasSize(1);
        assertThat(configuration()
                        .current()
                        .leadBook()
                        .policy()
                        .learnt()
                        .at(Long.MAX_VALUE)
                        .silenceMillis("contacted"))
                .as("in force all the same")
                .isEqualTo(20 * 86_400_000L);
        assertThat(configuration().current().candidateRules()).isNotNull();
    }

    @Test
    void leadsOfAnEarlierRuleAreReadByItWhateverWasLearntInBetween() {
        List<ConfigVersion> ages = new ArrayList<>();
        List<Map<ContributionKey, Long>> counted = new ArrayList<>();
        for (int points : List.of(7, 19)) {
            rules("\"score\":{\"points\":{\"page_view\":" + points + "}}");
            for (int day = 1; day <= 20; day++) {
                learnt(day);
                ages.add(configuration().version());
                counted.add(counts(configuration().current()));
            }
        }
        assertThat(contexts(ages)).hasSize(2);
        assertThat(counted.get(0)).isNotEqualTo(counted.get(39));
        LiveConfiguration all = configuration();
        for (int i = 0; i < ages.size(); i++) {
            assertThat(counts(all.at(ages.get(i)))).isEqualTo(counted.get(i));
            assertThat(all.countsAlike(ages.get(i))).isEqualTo(i >= 20);
        }
    }

    @Test
    void aVersionThatStateHoldsFromBetweenTwoLearntRecordsIsThatOfTheRuleBefore() {
        rules("\"score\":{\"points\":{\"page_view\":7}}");
        learnt(1);
        learnt(2);
        assertThat(configuration().countsAlike(new ConfigVersion(0, 2))).isTrue();
        assertThat(configuration().countsAlike(ConfigVersion.FILE)).isFalse();
    }

    @Test
    void whatIsLearntInThePlaceOfARuleIsAVersion() {
        rules("\"score\":{\"points\":{\"page_view\":7}}");
        ConfigVersion before = configuration().version();
        Map<ContributionKey, Long> counted = counts(configuration().current());
        ConfigurationRecord rule = records.get(0);
        records.add(new ConfigurationRecord(
                rule.topic(),
                rule.key(),
                records.size(),
                "{\"version\":2,\"effective_from\":\"2025-01-01T00:00:00Z\",\"learnt\":{\"lost_leads\":5}}"));

        assertThat(configuration().countsAlike(before)).isFalse();
        assertThat(counts(configuration().current())).isNotEqualTo(counted);
        assertThat(counts(configuration().at(before))).isEqualTo(counted);
    }

    @Test
    void theVersionIsTheSameInWhateverOrderRecordsAreRestored() {
        rules("\"score\":{\"points\":{\"page_view\":7}}");
        learnt(1);
        rules("\"limits\":{\"meeting\":3}");
        learnt(2);
        ConfigVersion version = configuration().version();
        assertThat(version).isEqualTo(new ConfigVersion(0, 3));
        Collections.reverse(records);

        assertThat(configuration().version()).isEqualTo(version);
    }

    /** The contexts by which leads are read that were last read by these versions, each once. */
    private Set<EngineContext> contexts(List<ConfigVersion> versions) {
        LiveConfiguration all = configuration();
        Set<EngineContext> contexts = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int round = 0; round < 2; round++) {
            versions.forEach(version -> contexts.add(all.at(version)));
        }
        return contexts;
    }

    private static Map<ContributionKey, Long> counts(EngineContext engine) {
        return engine.leadBook()
                .read("lead-1", FACTS, List.<Deal>of())
                .contributions()
                .values();
    }

    private LiveConfiguration configuration() {
        EngineSettings settings = TestSettings.live();
        return new LiveConfiguration(settings.withRecords(List.copyOf(records)));
    }

    /** A version from the beginning of the month that its number says. */
    private void rules(String fields) {
        int version = records.size() + 2;
        int month = 1
                + (int) records.stream()
                        .filter(each -> !each.json().contains("learnt"))
                        .count();
        add(version, "2025-%02d-01T00:00:00Z".formatted(month), fields);
    }

    private void learnt(int days) {
        int version = 1_000_000 + records.size();
        String from = "2025-06-01T00:00:%02dZ".formatted(records.size());
        add(
                version,
                from,
                "\"learnt\":{\"silence\":[{\"stage\":\"contacted\",\"days\":%d,\"won_leads\":20}]}".formatted(days));
    }

    private void add(int version, String from, String fields) {
        records.add(new ConfigurationRecord(
                Topics.RULES,
                version + "|" + from,
                records.size(),
                "{\"version\":%d,\"effective_from\":\"%s\",%s}".formatted(version, from, fields)));
    }
}
