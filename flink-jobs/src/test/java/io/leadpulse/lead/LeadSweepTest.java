package io.leadpulse.lead;

import static io.leadpulse.lead.LeadInputs.call;
import static io.leadpulse.lead.LeadInputs.created;
import static io.leadpulse.lead.LeadInputs.fact;
import static io.leadpulse.lead.LeadInputs.plus;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.control.Control;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.SalesEvent;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.LedgerRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Leads go on from what release 1 left of them. */
@SuppressWarnings("try") // Closing a harness may throw anything.
class LeadSweepTest {
    private static final EngineSettings LIVE = TestSettings.live();
    private static final String END = "2025-06-01T00:00:00Z";

    /** Merges among them, of which release 1 did not keep where to: their leads have gone away. */
    @Property(tries = 40, seed = "20261122")
    void whatItContributedAndWhatFollowsIsWhatAnUninterruptedRunContributes(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<LeadInput> inputs = inputs(new MergePropertyTest.Story(random));
        Collections.shuffle(inputs, random);
        int cut = random.nextInt(inputs.size() + 1);
        boolean isSweptFirst = random.nextBoolean();

        Map<String, Long> sums = new TreeMap<>();
        OperatorSubtaskState left;
        try (LeadHarness release1 = LeadHarness.ofRelease1(LIVE)) {
            release1.send(inputs.subList(0, cut).toArray(LeadInput[]::new)).watermark("2025-04-01T00:00:00Z");
            add(release1, sums);
            left = release1.snapshot();
        }
        try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
            if (isSweptFirst) {
                today.control(Control.SETTLED);
            }
            today.send(inputs.subList(cut, inputs.size()).toArray(LeadInput[]::new));
            today.control(Control.SETTLED).watermark(END);
            add(today, sums);
        }
        sums.values().removeIf(sum -> sum == 0);

        try (LeadHarness uninterrupted = LeadHarness.of(LIVE)) {
            uninterrupted.send(inputs.toArray(LeadInput[]::new)).watermark(END);
            assertThat(sums).isEqualTo(uninterrupted.sumsWithSpans());
        }
    }

    @Test
    void aClosedLeadContributesToWhatIsNewWithoutAnInputAndOnce() throws Exception {
        OperatorSubtaskState left = leftByRelease1(
                plus(created(1, "2025-03-03T10:00:00Z")),
                plus(fact(2, "2025-03-04T10:00:00Z", EventKind.LEAD_REJECTED)));
        OperatorSubtaskState swept;
        try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
            today.control(Control.SETTLED);
            assertThat(today.sums()).containsEntry("company DISQUALIFIED  20151", 1L);
            assertThat(today.sums().keySet()).noneMatch(key -> key.startsWith("company LEADS_CREATED"));
            assertThat(today.newestProfile().outcome().won()).isFalse();
            swept = today.snapshot();
        }
        try (LeadHarness later = LeadHarness.restored(LIVE, swept)) {
            later.control(Control.SETTLED);
            assertThat(later.deltas()).isZero();
            assertThat(later.profiles()).isEmpty();
        }
    }

    /** By a clock that lets a hundred be looked at at the first message. */
    @Test
    void theOthersAreLookedAtShareByShareAndEachOnce() throws Exception {
        long[] now = {0};
        LeadSweep sweep = new LeadSweep(Measure.COUNT, () -> now[0] += 10_000_000);
        BroadcastState<String, Integer> swept = new MemoryState();
        assertThat(sweep.isDue(swept, Control.PULSE))
                .as("nothing is configured")
                .isFalse();

        Map<String, Integer> looks = new TreeMap<>();
        int most = 0;
        for (int message = 0; message <= LeadSweep.SHARES; message++) {
            assertThat(sweep.isDue(swept, Control.silence(Control.ALL_SOURCES, message)))
                    .as("a tick")
                    .isFalse();
            assertThat(sweep.isDue(swept, message == 0 ? Control.SETTLED : Control.PULSE))
                    .isTrue();
            int before = looks.size();
            for (int lead = 0; lead < 200_000; lead++) {
                if (sweep.takes("lead-" + lead)) {
                    looks.merge("lead-" + lead, 1, Integer::sum);
                }
            }
            most = Math.max(most, looks.size() - before);
            if (message == 0) {
                assertThat(looks).hasSize(99);
            }
            sweep.looked(swept);
        }
        assertThat(looks).hasSize(200_000);
        assertThat(looks.values().stream().filter(times -> times > 1))
                .as("those of the first message")
                .hasSize(99);
        assertThat(most).isLessThan(2 * 200_000 / LeadSweep.SHARES);
        assertThat(sweep.isDue(swept, Control.SETTLED)).as("all have been").isFalse();
        assertThat(new LeadSweep(Measure.COUNT).isDue(swept, Control.SETTLED)).isFalse();
        assertThat(new LeadSweep(Measure.COUNT + 1).isDue(swept, Control.SETTLED))
                .isTrue();
    }

    @Test
    void aRestartBeforeTheEndBeginsAgainAndContributesNothingTwice() throws Exception {
        OperatorSubtaskState left = leftByRelease1(
                plus(created(1, "2025-03-03T10:00:00Z")),
                plus(fact(2, "2025-03-04T10:00:00Z", EventKind.LEAD_REJECTED)));
        for (int restart = 0; restart < 3; restart++) {
            try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
                today.control(Control.SETTLED);
                for (int message = 0; message <= LeadSweep.SHARES; message++) {
                    today.control(Control.PULSE);
                }
                assertThat(today.deltas() > 0).isEqualTo(restart == 0);
                left = today.snapshot();
            }
        }
    }

    @Test
    void whatADeletedLeadContributedIsTakenBack() throws Exception {
        Map<String, Long> sums = new TreeMap<>();
        OperatorSubtaskState left;
        try (LeadHarness release1 = LeadHarness.ofRelease1(LIVE)) {
            release1.send(
                    plus(created(1, "2025-03-03T10:00:00Z")),
                    plus(call(2, "2025-03-03T11:00:00Z").connected(true)),
                    plus(fact(3, "2025-03-03T12:00:00Z", EventKind.DEMO_REQUESTED)),
                    plus(fact(4, "2025-03-04T10:00:00Z", EventKind.LEAD_DELETED).actor("ann")));
            add(release1, sums);
            assertThat(sums).containsEntry("company ACTIVITIES lead_deleted 20151", 1L);
            assertThat(release1.ledger()).isNotEmpty();
            left = release1.snapshot();
        }
        try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
            today.control(Control.SETTLED);
            add(today, sums);
            sums.values().removeIf(sum -> sum == 0);
            assertThat(sums).isEmpty();
            assertThat(today.ledger()).isNotEmpty().allMatch(entry -> isWithdrawn(entry));
        }
    }

    @Test
    void aLeadThatWasMergedAwayStaysClosedUntilItIsTakenOut() throws Exception {
        OperatorSubtaskState left = leftByRelease1(
                plus(created(1, "2025-03-03T10:00:00Z")),
                plus(call(2, "2025-03-03T10:05:00Z").connected(true)),
                plus(fact(3, "2025-03-04T10:00:00Z", EventKind.LEAD_MERGED)));
        try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
            today.control(Control.SETTLED).watermark("2025-05-01T00:00:00Z");
            assertThat(today.allAlerts()).extracting(AlertRecord::cause).doesNotContain("idle", "stuck");

            today.send(plus(fact(4, "2025-05-02T10:00:00Z", EventKind.LEAD_UNMERGED)))
                    .watermark("2025-05-03T00:00:00Z");
            assertThat(today.allAlerts()).extracting(AlertRecord::cause).contains("idle");
        }
    }

    /** What was read by release 1 has no place in what knows the merges; sent again it counts as the duplicate that it is. */
    @Test
    void aMergeThatIsSentAgainHolds() throws Exception {
        LeadInput merged = plus(fact(3, "2025-03-04T10:00:00Z", EventKind.LEAD_MERGED));
        OperatorSubtaskState left = leftByRelease1(plus(created(1, "2025-03-03T10:00:00Z")), merged);
        try (LeadHarness today = LeadHarness.restored(LIVE, left)) {
            today.control(Control.SETTLED)
                    .send(
                            LeadInput.under(
                                    LeadInputs.LEAD, "root", "root", TestSettings.millis("2025-03-04T10:00:00Z")),
                            merged);
            assertThat(today.outcomes()).containsEntry("DUPLICATE", 1L);
            assertThat(today.messages())
                    .filteredOn(message -> message.part() != null)
                    .extracting(LeadMessage::lead)
                    .containsExactly(LeadInputs.LEAD, "root");
        }
    }

    private static boolean isWithdrawn(LedgerRecord entry) {
        return entry.withdrawn() != null;
    }

    private static OperatorSubtaskState leftByRelease1(LeadInput... inputs) throws Exception {
        try (LeadHarness release1 = LeadHarness.ofRelease1(LIVE)) {
            return release1.send(inputs).watermark("2025-03-05T00:00:00Z").snapshot();
        }
    }

    private static void add(LeadHarness harness, Map<String, Long> sums) {
        harness.sumsWithSpans().forEach((key, sum) -> sums.merge(key, sum, Math::addExact));
    }

    /** The records of merges as facts, which is what release 1 read. */
    private static List<LeadInput> inputs(MergePropertyTest.Story story) {
        List<LeadInput> inputs = new ArrayList<>();
        for (Object each : story.inputs) {
            inputs.add(
                    each instanceof SalesEvent merge
                            ? LeadInput.plus(merge.lead(), EventFacts.fact(merge), merge.record())
                            : (LeadInput) each);
        }
        return inputs;
    }

    /** On the heap, and of nobody else. */
    private static final class MemoryState implements BroadcastState<String, Integer> {
        private final Map<String, Integer> values = new TreeMap<>();

        @Override
        public void put(String key, Integer value) {
            values.put(key, value);
        }

        @Override
        public void putAll(Map<String, Integer> map) {
            values.putAll(map);
        }

        @Override
        public void remove(String key) {
            values.remove(key);
        }

        @Override
        public Iterator<Map.Entry<String, Integer>> iterator() {
            return values.entrySet().iterator();
        }

        @Override
        public Iterable<Map.Entry<String, Integer>> entries() {
            return values.entrySet();
        }

        @Override
        public Integer get(String key) {
            return values.get(key);
        }

        @Override
        public boolean contains(String key) {
            return values.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<String, Integer>> immutableEntries() {
            return values.entrySet();
        }

        @Override
        public void clear() {
            values.clear();
        }
    }
}
