package io.leadpulse.serving.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.influence.ActCounts;
import io.leadpulse.schemas.result.LeadProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LessonsTest {
    private static final List<String> LADDER = List.of("new", "contacted", "qualified", "demo", "offer");
    private static final List<String> ACTS = List.of("call", "email_sent", "meeting_completed");

    @Test
    void whatReachedAStageReachedThoseBeforeItAndAWonLeadAll() {
        assertThat(ended("a", false, "new", "demo", "own").asCase(LADDER).reachedStages())
                .containsExactlyInAnyOrder("new", "contacted", "qualified", "demo", "own");
        assertThat(ended("a", true, "new").asCase(LADDER).reachedStages()).containsExactlyInAnyOrderElementsOf(LADDER);
        assertThat(ended("a", false).asCase(LADDER).reachedStages()).isEmpty();
    }

    @Test
    void theOrderInWhichLeadsAreReadTeachesNothing() {
        List<EndedLead> leads = drawn(7, 300);
        Lessons lessons = Lessons.of(leads, LADDER);
        assertThat(lessons.calibration().brierScore().value()).isBetween(0.0, 1.0);
        Collections.shuffle(leads, new Random(3));
        assertThat(Lessons.of(leads, LADDER)).isEqualTo(lessons);
    }

    /** Each lead of each stage asked anew, act by act. */
    @Test
    void anActIsCountedOnceALeadAndStageAndOnlyOfThoseThatStoodThereEarly() {
        List<EndedLead> leads = drawn(11, 400);
        Map<String, ActCounts> expected = new TreeMap<>();
        for (String act : ACTS) {
            for (String stage : LADDER) {
                for (EndedLead lead : leads) {
                    for (LeadProfile.Passed passed : lead.outcome().passed()) {
                        if (passed.stage().equals(stage) && passed.early()) {
                            ActCounts one = ActCounts.ofOne(
                                    lead.outcome().won(), passed.acts().containsKey(act));
                            expected.merge(stage + ' ' + act, one, ActCounts::plus);
                            expected.merge(' ' + act, one, ActCounts::plus);
                        }
                    }
                }
            }
        }
        expected.values().removeIf(counts -> counts.with() == 0);
        Map<String, ActCounts> found = new TreeMap<>();
        Lessons.of(leads, LADDER)
                .influences()
                .forEach(each -> found.put(each.stage() + ' ' + each.act(), each.counts()));
        assertThat(found).isEqualTo(expected).hasSize(ACTS.size() * (LADDER.size() + 1));
    }

    private static EndedLead ended(String lead, boolean won, String... stages) {
        List<LeadProfile.Passed> passed = new ArrayList<>();
        for (String stage : stages) {
            passed.add(new LeadProfile.Passed(stage, true, Map.of(), 0));
        }
        return new EndedLead(lead, Map.of(), new LeadProfile.Outcome(won, 0, null, passed, null, null));
    }

    private static List<EndedLead> drawn(long seed, int count) {
        Random random = new Random(seed);
        List<EndedLead> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<LeadProfile.Passed> passed = new ArrayList<>();
            for (String stage : LADDER.subList(0, random.nextInt(LADDER.size() + 1))) {
                boolean early = random.nextInt(5) > 0;
                Map<String, Long> acts = new TreeMap<>();
                for (String act : ACTS) {
                    if (early && random.nextBoolean()) {
                        acts.put(act, 1L + random.nextInt(3));
                    }
                }
                passed.add(new LeadProfile.Passed(stage, early, acts, random.nextInt(1_000)));
            }
            leads.add(new EndedLead(
                    "L-" + i,
                    Map.of("channel", "c" + random.nextInt(4)),
                    new LeadProfile.Outcome(
                            random.nextInt(3) == 0,
                            random.nextInt(50),
                            passed.isEmpty()
                                    ? null
                                    : passed.get(passed.size() - 1).stage(),
                            passed,
                            null,
                            null)));
        }
        return leads;
    }
}
