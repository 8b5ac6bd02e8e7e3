package io.leadpulse.serving.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.result.LeadProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What serving tells is what the engine reads. */
class LearntRulesTest {
    private static final LocalDate DAY = LocalDate.parse("2025-03-05");
    private static final long MIDNIGHT =
            DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    private static final long TEN_DAYS = Duration.ofDays(10).toMillis();

    @Test
    void theEngineHasFromMidnightOnWhatWasLearnt() {
        List<EndedLead> leads = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            leads.add(ended("W-" + i, true, i < 100 ? Map.of("call", 1L) : Map.of()));
        }
        for (int i = 0; i < 100; i++) {
            leads.add(ended("L-" + i, false, Map.of("call", 1L, "meeting_cancelled", 2L)));
        }
        LearntRules rules = LearntRules.of(Lessons.of(leads, List.of("new", "offer")), DAY.toEpochDay(), MIDNIGHT);
        Directory directory = Directory.of(
                ConfigReader.parse(""),
                List.of(new ConfigurationRecord(Topics.RULES, new String(rules.value(), StandardCharsets.UTF_8))));
        // Of all 250 in "offer" 40 % were lost, of the 200 who were called 50 %, of those that cancelled all.
        Learnt learnt = directory.learnt().at(MIDNIGHT);
        assertThat(learnt)
                .isEqualTo(new Learnt(
                        Map.of("offer", new Learnt.Silence(TEN_DAYS, 150)),
                        Map.of(
                                EventKind.CALL,
                                new Learnt.LossAct(1.25, 200),
                                EventKind.MEETING_CANCELLED,
                                new Learnt.LossAct(2.5, 100)),
                        100));
        assertThat(learnt.warnsOfLoss(EventKind.MEETING_CANCELLED)).isTrue();
        assertThat(learnt.warnsOfLoss(EventKind.CALL)).isFalse();
        assertThat(directory.learnt().at(MIDNIGHT - 1)).isEqualTo(Learnt.NOTHING);
        assertThat(directory.candidateRules()).isNull();
    }

    @Test
    void aCandidateStaysWhenSomethingIsLearnt() {
        List<EndedLead> leads = new ArrayList<>();
        for (int i = 0; i < Learnt.MIN_WON_LEADS; i++) {
            leads.add(ended("W-" + i, true, Map.of()));
        }
        LearntRules rules = LearntRules.of(Lessons.of(leads, List.of("offer")), DAY.toEpochDay(), MIDNIGHT);
        Directory directory = Directory.of(
                ConfigReader.parse(""),
                List.of(
                        new ConfigurationRecord(
                                Topics.RULES,
                                "{\"version\":2,\"effective_from\":\"2025-01-01T00:00:00Z\",\"candidate\":true,"
                                        + "\"score\":{\"points\":{\"page_view\":9}}}"),
                        new ConfigurationRecord(Topics.RULES, new String(rules.value(), StandardCharsets.UTF_8))));
        assertThat(directory.candidateRules().at(MIDNIGHT).version()).isEqualTo(2);
        assertThat(directory.rules().at(MIDNIGHT).version()).isEqualTo(rules.version());
        assertThat(directory.learnt().at(MIDNIGHT).silenceMillis("offer")).isEqualTo(TEN_DAYS);
    }

    @Test
    void tooFewLeadsAreNotTold() {
        List<EndedLead> leads = new ArrayList<>();
        for (int i = 1; i < Learnt.MIN_WON_LEADS; i++) {
            leads.add(ended("W-" + i, true, Map.of()));
        }
        assertThat(LearntRules.of(Lessons.of(leads, List.of("offer")), DAY.toEpochDay(), MIDNIGHT))
                .isNull();
    }

    private static EndedLead ended(String lead, boolean won, Map<String, Long> acts) {
        return new EndedLead(
                lead,
                Map.of(),
                new LeadProfile.Outcome(
                        won, 0, "offer", List.of(new LeadProfile.Passed("offer", true, acts, TEN_DAYS)), null, null));
    }
}
