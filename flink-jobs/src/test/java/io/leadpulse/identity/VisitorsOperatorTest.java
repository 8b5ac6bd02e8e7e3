package io.leadpulse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.identity.VisitorBook;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.LiveGathering;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** The machine's clock is months after what visitors did. */
class VisitorsOperatorTest {
    private static final long WALL = TestSettings.millis("2025-12-30T12:00:00Z");
    private static final long START = TestSettings.millis("2025-03-03T10:00:00Z");
    private static final long DAY = 86_400_000L;
    /** More of the past in a second than passes for corrections. */
    private static final int OTHERS = 41;

    private static final EngineSettings LIVE = TestSettings.live();
    private static final EngineSettings REPLAY = TestSettings.replay("2025-12-01T00:00:00Z");

    @Test
    void historyOfAVisitorWaitsForABarrierOrItsTime() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> visitors = history();
        visitors.send(of("v1", 1, START, null));
        visitors.send(of("v1", 2, START + 1, "ada"));
        assertThat(told(visitors)).isEmpty();
        visitors.barrier();
        assertThat(told(visitors)).containsExactly("ada 1", "ada 2");

        visitors.send(of("v1", 3, START + 2, null));
        assertThat(told(visitors)).isEmpty();
        visitors.wallClock(WALL + HistoryPace.GATHER_MILLIS);
        assertThat(told(visitors)).containsExactly("ada 3");
        visitors.close();
    }

    @Test
    void whatHappensNowGoesOnSoonAfterWhatWasGatheredOfItsVisitor() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> visitors = history();
        visitors.send(of("v1", 1, START, "ada"));
        visitors.send(of("v2", 2, START, "bo"));
        visitors.send(of("v1", 3, WALL, null));
        assertThat(told(visitors)).isEmpty();
        visitors.wallClock(WALL + LiveGathering.QUIET_MILLIS);
        assertThat(told(visitors)).containsExactly("ada 1", "ada 3");
        visitors.close();
    }

    /** Whatever is gathered, and wherever watermarks, clocks and restarts cut it: in the end it is as without it. */
    @Property(tries = 40, seed = "20261122")
    void endsAsIfEachEventHadBeenTakenInByItself(@ForAll long seed) throws Exception {
        EngineSettings settings = new Random(seed).nextInt(3) == 0 ? REPLAY : LIVE;

        assertThat(run(settings, seed, VisitorsOperatorTest::gathering))
                .isEqualTo(run(settings, seed, VisitorsOperatorTest::function));
    }

    @Test
    void whatIsTooOldIsNotClaimedWhileItsTimerWaitsForItsTurn() throws Exception {
        long now = START + VisitorBook.KEEP_MILLIS + DAY;
        KeyedHarness<SalesEvent, LeadInput> visitors = inTurns(LIVE, null);
        visitors.wallClock(now);
        for (int id = 1; id <= 3; id++) {
            visitors.send(of("v" + id, id, START, null));
        }
        visitors.barrier();
        visitors.watermark(now);
        for (int id = 1; id <= 3; id++) {
            visitors.send(of("v" + id, 10 + id, START + 10 * DAY, "ada"));
        }
        visitors.barrier();

        assertThat(told(visitors)).containsExactly("ada 11", "ada 12", "ada 13");
        assertThat(visitors.deadLetters()).hasSize(3);
        assertThat(visitors.outcomes()).doesNotContainKey(Outcome.HELD);
        visitors.close();
    }

    /** The same of timers that wait for their turn. */
    @Property(tries = 40, seed = "20261122")
    void endsAsIfAllTimersWereFiredAtOnce(@ForAll long seed) throws Exception {
        EngineSettings settings = new Random(seed).nextInt(3) == 0 ? REPLAY : LIVE;

        assertThat(run(settings, seed, VisitorsOperatorTest::inTurns))
                .isEqualTo(run(settings, seed, VisitorsOperatorTest::function));
    }

    /** Makes an engine, from a snapshot, or from nothing if it is null. */
    private interface Beginning {
        KeyedHarness<SalesEvent, LeadInput> from(EngineSettings settings, OperatorSubtaskState snapshot)
                throws Exception;
    }

    private static Map<String, Object> run(EngineSettings settings, long seed, Beginning beginning) throws Exception {
        Random random = new Random(seed);
        LeadLedgers leads = new LeadLedgers();
        Map<String, Long> sums = new TreeMap<>();
        OperatorSubtaskState snapshot = null;
        long watermark = START;
        long wall = WALL;
        for (int part = 0; part < 3; part++) {
            KeyedHarness<SalesEvent, LeadInput> visitors = beginning.from(settings, snapshot);
            visitors.wallClock(wall);
            visitors.watermark(watermark);
            for (int step = 0; step < 80; step++) {
                visitors.send(event(random, watermark));
                if (random.nextInt(8) == 0) {
                    watermark += random.nextInt(60) * DAY / 12;
                    visitors.watermark(watermark);
                }
                if (random.nextInt(8) == 0) {
                    wall += random.nextInt(3_000);
                    visitors.wallClock(wall);
                }
            }
            if (part == 2) {
                visitors.watermark(settings.valuesAtEnd() ? Long.MAX_VALUE : watermark + VisitorBook.KEEP_MILLIS);
            }
            snapshot = visitors.snapshot();
            leads.take(visitors.out());
            keep(visitors, sums);
            visitors.close();
        }
        leads.outcomes().forEach((outcome, sum) -> sums.merge(outcome.name(), sum, Long::sum));
        sums.values().removeIf(sum -> sum == 0);
        Map<String, Object> end = new TreeMap<>(sums);
        end.putAll(leads.all());
        return end;
    }

    private static void keep(KeyedHarness<SalesEvent, LeadInput> visitors, Map<String, Long> sums) {
        for (RollupDelta delta : visitors.side(VisitorsFunction.ROLLUPS)) {
            for (PaneDelta pane : delta.panes()) {
                String key = String.join(
                        " ", delta.scope(), pane.measure().name(), pane.dimension(), String.valueOf(pane.pane()));
                sums.merge(key, pane.value(), Long::sum);
            }
        }
        for (Map.Entry<Outcome, Long> each : visitors.outcomes().entrySet()) {
            sums.merge(each.getKey().name(), each.getValue(), Long::sum);
        }
        for (DeadLetter letter : visitors.deadLetters()) {
            sums.merge(letter.reason() + " " + letter.record().offset(), 1L, Long::sum);
        }
    }

    /** Of one of three visitors, at most 20 days late, some of them twice or corrected; an id is of one day for ever. */
    private static SalesEvent event(Random random, long watermark) {
        long day = watermark / DAY - random.nextInt(20);
        long id = day * 6 + random.nextInt(6);
        long timeMillis = day * DAY + random.nextInt(2);
        EventKind kind = random.nextInt(3) == 0 ? EventKind.FORM_VIEWED : EventKind.PAGE_VIEWED;
        String lead = random.nextInt(5) == 0 ? "lead-" + random.nextInt(3) : null;
        return WebEvents.event(id, timeMillis, kind)
                .anonymousId("v" + id % 3)
                .asset("trial")
                .campaign("c" + id % 2)
                .version(random.nextInt(2))
                .contentHash(random.nextInt())
                .lead(lead)
                .build();
    }

    /** A live engine that works off history. */
    private static KeyedHarness<SalesEvent, LeadInput> history() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> visitors = gathering(LIVE, null);
        visitors.wallClock(WALL);
        for (int i = 0; i < OTHERS; i++) {
            visitors.send(of("other", 1_000 + i, START, null));
        }
        visitors.barrier();
        return visitors;
    }

    private static List<String> told(KeyedHarness<SalesEvent, LeadInput> visitors) {
        List<String> told = new ArrayList<>();
        for (LeadInput input : visitors.out()) {
            told.add(input.lead() + ' ' + input.fact().id());
        }
        return told;
    }

    private static SalesEvent of(String visitor, long id, long timeMillis, String lead) {
        return WebEvents.event(id, timeMillis, EventKind.PAGE_VIEWED)
                .anonymousId(visitor)
                .lead(lead)
                .build();
    }

    private static KeyedHarness<SalesEvent, LeadInput> function(EngineSettings settings, OperatorSubtaskState restored)
            throws Exception {
        return KeyedHarness.of(visitors(settings), SalesEvent::anonymousId, new HashMapStateBackend(), restored);
    }

    private static KeyedHarness<SalesEvent, LeadInput> gathering(EngineSettings settings, OperatorSubtaskState restored)
            throws Exception {
        return harness(new VisitorsOperator(settings, visitors(settings)), restored);
    }

    private static KeyedHarness<SalesEvent, LeadInput> inTurns(EngineSettings settings, OperatorSubtaskState restored)
            throws Exception {
        return harness(new VisitorsOperator(settings, visitors(settings), 0), restored);
    }

    private static KeyedHarness<SalesEvent, LeadInput> harness(VisitorsOperator visitors, OperatorSubtaskState restored)
            throws Exception {
        return KeyedHarness.of(visitors, SalesEvent::anonymousId, new HashMapStateBackend(), restored);
    }

    private static VisitorsFunction visitors(EngineSettings settings) {
        return new VisitorsFunction(settings, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES);
    }
}
