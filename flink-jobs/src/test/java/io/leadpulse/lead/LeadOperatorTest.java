package io.leadpulse.lead;

import static io.leadpulse.lead.LeadInputs.call;
import static io.leadpulse.lead.LeadInputs.created;
import static io.leadpulse.lead.LeadInputs.deal;
import static io.leadpulse.lead.LeadInputs.fact;
import static io.leadpulse.lead.LeadInputs.moved;
import static io.leadpulse.lead.LeadInputs.opened;
import static io.leadpulse.lead.LeadInputs.plus;
import static io.leadpulse.lead.LeadInputs.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.Gathering;
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.LiveGathering;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.LedgerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The machine's clock is on the 30th of April, 2025; what is told is of March. */
@SuppressWarnings("try") // Closing a harness may throw anything.
class LeadOperatorTest {
    private static final String WALL = "2025-04-30T12:00:00Z";
    private static final long WALL_MILLIS = TestSettings.millis(WALL);
    private static final String FIRST = "2025-03-03T10:00:00Z";
    private static final String AS_OF = "2025-06-01T00:00:00Z";
    private static final long START_MILLIS = TestSettings.millis(FIRST);
    private static final long HOUR = 3_600_000;
    private static final int LEADS = 4;
    private static final long OTHERS = 41;
    private static final EngineSettings LIVE = TestSettings.live();

    @Test
    void historyOfALeadIsReadAtOnceAndWaitsNoLongerThanItMay() throws Exception {
        try (LeadHarness lead = history()) {
            int said = lead.profiles().size();
            lead.send(plus(created(1, FIRST)), plus(call(2, FIRST)), plus(call(3, FIRST)));
            lead.wallClock(at(WALL_MILLIS + HistoryPace.GATHER_MILLIS - 1));
            assertThat(lead.profiles()).hasSize(said);

            lead.wallClock(at(WALL_MILLIS + 2 * HistoryPace.GATHER_MILLIS));

            assertThat(lead.profiles()).hasSize(said + 1);
            assertThat(lead.sums()).containsEntry("rep:ann ACTIVITIES call 20150", 2L);
            assertThat(lead.outcomes().get("COUNTED")).isEqualTo(3 + OTHERS);
        }
    }

    @Test
    void whatHappensNowGoesOnSoonAndTakesAlongTheHistoryOfItsLeadAlone() throws Exception {
        try (LeadHarness lead = history()) {
            lead.send(plus(created(1, FIRST)), of("other", call(2, FIRST)));
            int said = lead.profiles().size();

            lead.send(plus(call(3, WALL)));
            assertThat(lead.profiles()).hasSize(said);
            lead.wallClock(at(WALL_MILLIS + LiveGathering.QUIET_MILLIS));

            assertThat(lead.profiles().subList(said, lead.profiles().size()))
                    .extracting(profile -> profile.lead())
                    .containsOnly(LeadInputs.LEAD);
            assertThat(lead.newestProfile().contacts().lastContactMillis()).isEqualTo(WALL_MILLIS);
            assertThat(lead.newestProfile().milestones().createdMillis()).isEqualTo(START_MILLIS);
            lead.barrier();
            assertThat(lead.newestProfile().lead()).isEqualTo("other");
        }
    }

    @Test
    void aWatermarkWaitsForWhatIsGathered() throws Exception {
        try (LeadHarness lead = history()) {
            int before = lead.outInOrder().size();
            lead.send(plus(call(2, FIRST))).watermark("2025-03-04T00:00:00Z").watermark("2025-03-05T00:00:00Z");
            assertThat(lead.outInOrder()).hasSize(before);

            lead.barrier();

            assertThat(lead.outInOrder().subList(before, lead.outInOrder().size()))
                    .containsExactly("company", "rep:ann", "team:north", "2025-03-05T00:00:00Z");
            lead.watermark("2025-03-06T00:00:00Z");
            assertThat(lead.outInOrder()).endsWith("2025-03-06T00:00:00Z");
        }
    }

    @Test
    void aWatermarkIsNotOvertakenByTheNextWhereWhatItWaitedForWasTakenAlong() throws Exception {
        try (LeadHarness lead = history()) {
            int before = lead.outInOrder().size();
            lead.send(plus(call(2, FIRST))).watermark("2025-03-04T00:00:00Z");

            lead.send(plus(call(3, WALL)))
                    .wallClock(at(WALL_MILLIS + LiveGathering.QUIET_MILLIS))
                    .watermark("2025-03-05T00:00:00Z")
                    .barrier();

            assertThat(lead.outInOrder().subList(before, lead.outInOrder().size()))
                    .containsExactly(
                            "company",
                            "rep:ann",
                            "team:north",
                            "company",
                            "rep:ann",
                            "team:north",
                            "2025-03-04T00:00:00Z",
                            "2025-03-05T00:00:00Z");
        }
    }

    @Test
    void whatHappensToALeadWithinAMomentIsReadAtOnceAndABusyLeadSoOftenAtMost() throws Exception {
        try (LeadHarness lead = LeadHarness.gathering(LIVE, null)) {
            lead.wallClock(WALL).send(plus(created(1, WALL)), plus(call(2, WALL)));
            assertThat(lead.profiles()).isEmpty();
            lead.wallClock(at(WALL_MILLIS + LiveGathering.QUIET_MILLIS));
            assertThat(lead.profiles()).hasSize(1);
            assertThat(lead.sums()).containsEntry("rep:ann ACTIVITIES call 20208", 1L);

            lead.send(plus(call(3, WALL)), of("other", call(4, WALL)));
            lead.wallClock(at(WALL_MILLIS + 2 * LiveGathering.QUIET_MILLIS));
            assertThat(lead.profiles()).hasSize(2);
            assertThat(lead.newestProfile().lead()).isEqualTo("other");
            for (long after = 3; after * LiveGathering.QUIET_MILLIS <= LiveGathering.BUSY_MILLIS; after += 2) {
                lead.send(plus(call(4 + after, WALL))).wallClock(at(WALL_MILLIS + after * LiveGathering.QUIET_MILLIS));
                assertThat(lead.profiles()).hasSize(2);
            }
            lead.wallClock(at(WALL_MILLIS + LiveGathering.QUIET_MILLIS + LiveGathering.MOST_MILLIS));

            assertThat(lead.profiles()).hasSize(3);
            assertThat(lead.sums()).containsEntry("rep:ann ACTIVITIES call 20208", 7L);
        }
    }

    @Test
    void whatHappensNowGoesOnBeforeTheClockABarrierAndMoreOfThePastOfItsLead() throws Exception {
        try (LeadHarness lead = history()) {
            lead.send(plus(created(1, WALL))).watermark("2025-03-05T00:00:00Z");
            assertThat(lead.outInOrder()).doesNotContain("2025-03-05T00:00:00Z");
            lead.barrier();
            assertThat(lead.outInOrder()).contains("2025-03-05T00:00:00Z");
            assertThat(profilesOf(LeadInputs.LEAD, lead)).isEqualTo(1);
            lead.send(plus(call(2, WALL))).barrier();
            assertThat(profilesOf(LeadInputs.LEAD, lead)).isEqualTo(2);
            lead.send(plus(call(3, WALL))).idle();
            assertThat(profilesOf(LeadInputs.LEAD, lead)).isEqualTo(3);
            lead.send(plus(call(4, WALL)), plus(call(5, FIRST)));
            assertThat(profilesOf(LeadInputs.LEAD, lead)).isEqualTo(4);
            assertThat(lead.sums()).doesNotContainKey("rep:ann ACTIVITIES call 20150");
            lead.send(plus(call(6, WALL))).end();
            assertThat(lead.sums())
                    .containsEntry("rep:ann ACTIVITIES call 20150", 1L)
                    .containsEntry("rep:ann ACTIVITIES call 20208", 4L);
        }
    }

    private static long profilesOf(String lead, LeadHarness said) {
        return said.profiles().stream()
                .filter(profile -> profile.lead().equals(lead))
                .count();
    }

    @Test
    void aBarrierPassesWhileTimersAreFiredAndTheWatermarkFollowsTheLastOfThem() throws Exception {
        String later = "2025-05-20T12:00:00Z";
        OperatorSubtaskState snapshot;
        try (LeadHarness lead = LeadHarness.inTurns(LIVE, null)) {
            lead.wallClock(WALL).watermark(WALL);
            for (int i = 0; i < 5; i++) {
                lead.send(of("lead-" + i, created(i, WALL)));
            }
            lead.barrier().wallClock(later);
            lead.watermark(later).idle();
            assertThat(alerted(lead)).as("of five, one by each turn").isEqualTo(1);
            lead.wallClock("2025-05-20T12:00:00.050Z");
            assertThat(alerted(lead)).isEqualTo(2);
            assertThat(lead.outInOrder()).doesNotContain(later, "idle");
            snapshot = lead.snapshot();
            lead.wallClock("2025-05-20T12:00:01Z");
            assertThat(lead.outInOrder()).doesNotContain(later);
        }
        try (LeadHarness lead = LeadHarness.inTurns(LIVE, snapshot)) {
            lead.wallClock(later).watermark(later).idle();
            for (int turn = 1; turn < 20; turn++) {
                lead.wallClock("2025-05-20T12:00:0" + turn % 10 + "Z");
            }
            assertThat(alerted(lead)).as("of the other three").isEqualTo(3);
            assertThat(lead.outInOrder()).endsWith(later, "idle");
        }
    }

    private static long alerted(LeadHarness lead) {
        return lead.allAlerts().stream().map(AlertRecord::lead).distinct().count();
    }

    /** As when it is corrected by hand, or a machine wakes. */
    @Test
    void aClockThatIsSetBackHoldsNoLeadUp() throws Exception {
        try (LeadHarness lead = LeadHarness.gathering(LIVE, null)) {
            lead.wallClock(WALL).send(plus(created(1, WALL)));
            lead.wallClock(at(WALL_MILLIS + LiveGathering.QUIET_MILLIS));
            long back = WALL_MILLIS - HOUR;
            lead.wallClock(at(back)).send(plus(call(2, WALL)));

            lead.wallClock(at(back + LiveGathering.QUIET_MILLIS));

            assertThat(lead.profiles()).hasSize(2);
        }
    }

    /** An import into an engine whose clock stands in the present. */
    @Test
    void aLeadIsNotJudgedBeforeWhatIsGatheredOfItIsTakenIn() throws Exception {
        try (LeadHarness lead = LeadHarness.gathering(LIVE, null)) {
            lead.wallClock(WALL).watermark(WALL);
            for (long i = 0; i < OTHERS; i++) {
                lead.send(of("early-" + i, fact(i, FIRST, EventKind.EMAIL_OPENED)));
            }
            lead.send(plus(created(100, FIRST))).barrier();
            for (long after : new long[] {1_000, 2_000, 3_000, 4_000, 4_900}) {
                lead.wallClock(at(WALL_MILLIS + after));
                for (long i = 0; i < 29; i++) {
                    lead.send(of("early-" + i, fact(after + i, FIRST, EventKind.EMAIL_OPENED)));
                }
                lead.send(plus(call(after, FIRST)));
            }

            lead.wallClock(at(WALL_MILLIS + 5_000));

            assertThat(lead.allAlerts()).isEmpty();
        }
    }

    @Test
    void aLeadIsNotJudgedWhileMoreOfThePastMayWaitBeforeIt() throws Exception {
        try (LeadHarness lead = LeadHarness.gathering(LIVE, null)) {
            lead.wallClock(WALL).watermark(WALL);
            for (long i = 0; i < OTHERS; i++) {
                lead.send(of("early-" + i, fact(i, FIRST, EventKind.EMAIL_OPENED)));
            }
            lead.send(plus(created(100, FIRST))).barrier();

            lead.wallClock(at(WALL_MILLIS + 5_000)).wallClock(at(WALL_MILLIS + 10_000));
            assertThat(lead.allAlerts()).isEmpty();

            lead.wallClock(at(WALL_MILLIS + 15_000));
            assertThat(lead.allAlerts()).isNotEmpty();
        }
    }

    @Test
    void goesOnBeforeTheInputIsIdleAndAtItsEnd() throws Exception {
        try (LeadHarness lead = history()) {
            int said = lead.profiles().size();
            lead.send(plus(call(2, FIRST))).idle();
            assertThat(lead.profiles()).hasSize(said + 1);

            lead.send(plus(call(3, FIRST))).end();
            assertThat(lead.sums()).containsEntry("rep:ann ACTIVITIES call 20150", 2L);
        }
    }

    @Test
    void goesOnWhenItHasBecomeMuch() throws Exception {
        try (LeadHarness lead = LeadHarness.gathering(TestSettings.replay(AS_OF), null)) {
            for (int i = 1; i < Gathering.MOST_INPUTS; i++) {
                lead.send(of("lead-" + i % 1_000, call(i, FIRST)));
            }
            assertThat(lead.deltas()).isZero();

            lead.send(plus(call(Gathering.MOST_INPUTS, FIRST)));

            assertThat(lead.deltas()).isPositive();
        }
    }

    @Test
    void goesOnWhenFewInputsAreLarge() throws Exception {
        byte[] value = new byte[500_000];
        try (LeadHarness lead = LeadHarness.gathering(TestSettings.replay(AS_OF), null)) {
            for (int i = 0; i < 100; i++) {
                Fact fact = call(i, FIRST).build();
                RawRecord record = new RawRecord("crm.activities.v1", 0, i, Fact.NO_TIME, null, value, List.of());
                lead.send(LeadInput.plus("lead-" + i, fact, record));
            }

            assertThat(lead.deltas()).isPositive();
        }
    }

    @Test
    void saysWhenTheBandWasAnotherAlsoWhereThatIsInTheMidst() throws Exception {
        try (LeadHarness lead = history()) {
            int said = lead.profiles().size();
            lead.send(
                            plus(fact(1, "2025-03-04T10:00:00Z", EventKind.DEMO_REQUESTED)
                                    .product("crm")),
                            plus(fact(2, "2025-03-04T11:00:00Z", EventKind.EMAIL_UNSUBSCRIBED)),
                            plus(call(3, "2025-03-04T12:00:00Z")))
                    .barrier();

            assertThat(lead.profiles().subList(said, lead.profiles().size()))
                    .extracting(profile ->
                            at(profile.asOfMillis()) + ' ' + profile.score().band())
                    .containsExactly(
                            "2025-03-04T10:00:00Z warm", "2025-03-04T11:00:00Z cold", "2025-03-04T12:00:00Z cold");
        }
    }

    @Test
    void whoSpeaksForALeadIsDecidedAfterItsHistory() throws Exception {
        try (LeadHarness lead = history()) {
            int before = lead.messages().size();
            lead.send(plus(call(2, FIRST)), LeadInput.under(LeadInputs.LEAD, "root", "root", WALL_MILLIS));

            List<LeadMessage> messages =
                    lead.messages().subList(before, lead.messages().size());
            assertThat(messages.get(0).result()).as("the lead itself").isNotNull();
            LeadMessage last = messages.get(messages.size() - 1);
            assertThat(last.lead()).isEqualTo("root");
            assertThat(last.part().facts()).hasSize(1);
        }
    }

    /** Whatever is gathered, and wherever watermarks, clocks and restarts cut it: in the end it is as without it. */
    @Property(tries = 10, seed = "20261122")
    void endsAsIfEachInputHadBeenTakenInByItself(@ForAll long seed) throws Exception {
        EngineSettings settings = new Random(seed).nextInt(3) == 0 ? TestSettings.replay(AS_OF) : TestSettings.live();

        assertThat(run(settings, seed, LeadHarness::gathering)).isEqualTo(run(settings, seed, LeadHarness::restored));
    }

    /** The same of timers that wait for their turn. */
    @Property(tries = 10, seed = "20261122")
    void endsAsIfAllTimersWereFiredAtOnce(@ForAll long seed) throws Exception {
        EngineSettings settings = new Random(seed).nextInt(3) == 0 ? TestSettings.replay(AS_OF) : TestSettings.live();

        assertThat(run(settings, seed, LeadHarness::inTurns)).isEqualTo(run(settings, seed, LeadHarness::restored));
    }

    /** Makes an engine, from a snapshot, or from nothing if it is null. */
    private interface Beginning {
        LeadHarness from(EngineSettings settings, OperatorSubtaskState snapshot) throws Exception;
    }

    private static Map<String, Object> run(EngineSettings settings, long seed, Beginning beginning) throws Exception {
        Random random = new Random(seed);
        Map<String, Object> end = new TreeMap<>();
        OperatorSubtaskState snapshot = null;
        long watermark = START_MILLIS;
        long wall = WALL_MILLIS;
        for (int part = 0; part < 3; part++) {
            try (LeadHarness lead = beginning.from(settings, snapshot)) {
                lead.wallClock(at(wall)).watermark(watermark);
                for (int step = 0; step < 60; step++) {
                    lead.send(input(random, watermark));
                    if (random.nextInt(6) == 0) {
                        watermark += random.nextInt(40) * HOUR;
                        lead.watermark(watermark);
                    }
                    if (random.nextInt(6) == 0) {
                        wall += random.nextInt(3_000);
                        lead.wallClock(at(wall));
                    }
                }
                if (part == 2) {
                    end(lead, settings);
                } else {
                    snapshot = lead.snapshot();
                }
                keep(lead, settings, end);
            }
        }
        end.values().removeIf(Long.valueOf(0)::equals);
        return end;
    }

    /** All that was ever late is judged, and each lead speaks once more. */
    private static void end(LeadHarness lead, EngineSettings settings) throws Exception {
        if (!settings.valuesAtEnd()) {
            lead.watermark(TestSettings.millis(AS_OF)).wallClock("2025-06-01T01:00:00Z");
            for (int i = 0; i < LEADS; i++) {
                lead.send(of("lead-" + i, fact(999, AS_OF, EventKind.EMAIL_OPENED)));
            }
            lead.wallClock("2025-06-01T01:00:30Z").end();
        } else {
            lead.watermark(Long.MAX_VALUE);
        }
    }

    /** Of a live run the newest lives of alerts, points in the ledger and profiles; of a replay all of it. */
    private static void keep(LeadHarness lead, EngineSettings settings, Map<String, Object> end) {
        lead.sumsWithSpans().forEach((key, sum) -> end.merge(key, sum, (a, b) -> (Long) a + (Long) b));
        lead.outcomes().forEach((key, sum) -> end.merge(key, sum, (a, b) -> (Long) a + (Long) b));
        end.merge("dead letters", (long) lead.deadLetters().size(), (a, b) -> (Long) a + (Long) b);
        if (settings.valuesAtEnd()) {
            end.putAll(lead.finalResults());
            return;
        }
        for (AlertRecord alert : lead.allAlerts()) {
            // Whether one that does not stand was told of before depends on how often it is looked.
            if (alert.state().equals("withdrawn")) {
                end.remove(alert.alert());
            } else {
                end.put(alert.alert(), alert.cause() + LeadHarness.life(alert));
            }
        }
        for (LedgerRecord entry : lead.ledger()) {
            end.put(entry.lead() + ' ' + entry.event(), (long) (entry.points() * 1_000));
        }
        lead.profiles().forEach(profile -> end.put(profile.lead(), profile));
    }

    private static LeadInput input(Random random, long watermark) {
        String lead = "lead-" + random.nextInt(LEADS);
        int id = random.nextInt(60);
        long late = random.nextInt(4) == 0 ? random.nextInt(200) * HOUR : random.nextInt((int) HOUR);
        String time = at(watermark - late);
        return switch (random.nextInt(10)) {
            case 0 -> of(lead, created(id, time).owner("bob"));
            case 1 -> of(lead, fact(id, time, EventKind.DEMO_REQUESTED).product("crm"));
            case 2 -> of(lead, fact(id, time, EventKind.EMAIL_REPLIED));
            case 3 -> of(lead, fact(id, time, EventKind.LEAD_ASSIGNED).owner("ann"));
            case 4 -> LeadInput.minus(lead, call(id, time).build());
            case 5 -> of(lead, fact(id, time, EventKind.TASK_PLANNED).dueMillis(watermark));
            case 6 -> dealOf(lead, opened(time, "ann", "meeting"));
            case 7 -> dealOf(lead, opened(time, "ann", "meeting"), moved(2, at(watermark - late + HOUR), "offer"));
            case 8 -> dealOf(lead, opened(time, "ann", "meeting"), won(3, at(watermark - late + HOUR), 100 + id));
            default -> of(lead, call(id, time).connected(true).seconds(90));
        };
    }

    private static LeadInput dealOf(String lead, DealEvent... events) {
        Deal deal = DealBook.resolve("d-" + lead, List.of(events), DealStages.DEFAULT);
        return LeadInput.plus(lead, deal.ofLead(lead));
    }

    /** A live engine that works off history: it has had more of it than passes for corrections. */
    private static LeadHarness history() throws Exception {
        LeadHarness lead = LeadHarness.gathering(LIVE, null);
        lead.wallClock(WALL).watermark(FIRST);
        for (long i = 0; i < OTHERS; i++) {
            lead.send(of("early-" + i, fact(i, FIRST, EventKind.EMAIL_OPENED)));
        }
        return lead.barrier();
    }

    private static LeadInput of(String lead, Fact.Builder builder) {
        Fact fact = builder.build();
        return LeadInput.plus(lead, fact, LeadInputs.record(fact));
    }

    private static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
