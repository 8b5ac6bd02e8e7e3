package io.leadpulse.identity;

import static io.leadpulse.domain.identity.VisitorBook.IDENTIFY_WITHIN_MILLIS;
import static io.leadpulse.domain.identity.VisitorBook.KEEP_MILLIS;
import static io.leadpulse.identity.WebEvents.event;
import static io.leadpulse.identity.WebEvents.identify;
import static io.leadpulse.identity.WebEvents.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.identity.VisitorBook;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorsFunctionTest {
    private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final long SECOND = 1_000;
    private static final long DAY = 86_400_000;
    private static final EngineSettings LIVE = new EngineSettings("", List.of(), Long.MAX_VALUE, false);
    private static final long HORIZON = EngineContext.of(LIVE).horizonMillis();

    private final LeadLedgers leads = new LeadLedgers();
    private final List<KeyedHarness<SalesEvent, LeadInput>> opened = new ArrayList<>();
    private KeyedHarness<SalesEvent, LeadInput> visitors;

    @BeforeEach
    void open() throws Exception {
        visitors = harness(LIVE);
    }

    @AfterEach
    void close() throws Exception {
        for (KeyedHarness<?, ?> each : opened) {
            each.close();
        }
    }

    @Test
    void anEventAfterTheIdentificationGoesToTheLeadWithItsRecord() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        SalesEvent view = view(2, NOON + SECOND);
        visitors.send(view);

        List<LeadInput> told = visitors.out();
        assertThat(told).extracting(VisitorsFunctionTest::shortly).containsExactly("+ada 1", "+ada 2");
        assertThat(told.get(1).record()).usingRecursiveComparison().isEqualTo(view.record());
        assertThat(visitors.outcomes()).isEmpty();
    }

    @Test
    void anEventIsHeldUntilItsVisitorIsIdentified() throws Exception {
        visitors.send(view(1, NOON));
        assertThat(visitors.out()).isEmpty();
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.HELD, 1L));

        visitors.send(identify(2, NOON + IDENTIFY_WITHIN_MILLIS, "ada"));
        assertThat(told()).containsExactly("+ada 1", "+ada 2");
        assertThat(visitors.outcomes()).isEmpty();
    }

    @Test
    void anIdentificationTooLateAfterTheEventLeavesItHeld() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(identify(2, NOON + IDENTIFY_WITHIN_MILLIS + 1, "ada"));

        assertThat(told()).containsExactly("+ada 2");
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.HELD, 1L));
    }

    /** Who views a form and never says who he is has viewed it all the same. */
    @Test
    void actsWithFormsCountOnceWhoseverTheyAre() throws Exception {
        visitors.send(event(1, NOON, EventKind.FORM_VIEWED).asset("trial").build());
        visitors.send(event(1, NOON, EventKind.FORM_VIEWED).asset("trial").build());
        visitors.send(identify(2, NOON + SECOND, "ada"));
        visitors.send(event(3, NOON + 2 * SECOND, EventKind.FORM_STARTED)
                .asset("trial")
                .build());
        assertThat(formActs()).containsExactly("trial form_viewed 1", "trial form_started 1");

        visitors.send(identify(4, NOON + SECOND + 1, "bo"));
        assertThat(formActs()).isEmpty();
        visitors.send(event(3, NOON + 2 * SECOND, EventKind.FORM_SUBMITTED)
                .asset("trial")
                .version(1)
                .build());
        assertThat(formActs()).containsExactly("trial form_started -1", "trial form_submitted 1");
    }

    /** As when months of behaviour are sent once more: of other events the lead knows that it has them. */
    @Test
    void actsWithFormsThatComeAgainWhenTheyHaveLeftCountOnce() throws Exception {
        SalesEvent.Builder ofLead =
                event(2, NOON + SECOND, EventKind.FORM_SUBMITTED).asset("trial");
        SalesEvent.Builder ofNobody =
                event(3, NOON, EventKind.FORM_VIEWED).asset("trial").anonymousId("other");
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(ofLead.build());
        visitors.send(ofNobody.build());
        visitors.watermark(NOON + KEEP_MILLIS + SECOND);
        assertThat(formActs()).containsExactly("trial form_submitted 1", "trial form_viewed 1");

        visitors.send(ofLead.build());
        visitors.send(ofLead.asset("demo").version(1).build());
        assertThat(formActs()).containsExactly("trial form_submitted -1", "demo form_submitted 1");
        assertThat(told()).containsExactly("+ada 1", "+ada 2", "+ada 2");
        visitors.send(ofLead.build());
        assertThat(formActs()).isEmpty();

        visitors.send(ofNobody.build());
        assertThat(formActs()).containsExactly("trial form_viewed -1", "trial form_viewed 1");
        assertThat(visitors.deadLetters())
                .as("was refused, and so is no duplicate")
                .extracting(DeadLetter::reason, letter -> letter.record().offset())
                .containsExactly(tuple(Reason.HELD_DROPPED, 3L), tuple(Reason.HELD_DROPPED, 3L));
        assertThat(sums())
                .containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.DUPLICATE, 2L), entry(Outcome.SUPERSEDED, 1L));

        visitors.watermark(NOON + HORIZON + SECOND);
        assertThat(visitors.keysKept()).isZero();
    }

    /** A form counts the same for all visitors and for those who are known, if all are. */
    @Test
    void whatSendsAFormForALeadSendsItForAVisitor() throws Exception {
        List<Fact> facts = new ArrayList<>();
        long id = 0;
        for (EventKind kind : EventKind.values()) {
            if (kind.stream() == EventKind.Stream.BEHAVIOUR && kind != EventKind.IDENTIFIED) {
                List<SalesEvent> acts = List.of(
                        event(++id, NOON + id, kind).asset("trial").build(),
                        event(++id, NOON + id, kind)
                                .asset("trial")
                                .automatic(true)
                                .build(),
                        event(++id, NOON + id, kind).build());
                for (SalesEvent act : acts) {
                    visitors.send(act);
                    facts.add(EventFacts.fact(act));
                }
            }
        }
        facts.sort(Fact.CANONICAL_ORDER);
        List<String> ofTheLead = new ArrayList<>();
        EngineContext.of(LIVE)
                .leadBook()
                .read("ada", facts, List.of())
                .contributions()
                .values()
                .forEach((key, sum) -> {
                    if (key.measure() == Measure.LEAD_FORM_ACTS) {
                        ofTheLead.add(key.scope().substring("form:".length()) + ' ' + key.dimension() + ' ' + sum);
                    }
                });
        assertThat(formActs())
                .hasSize(8)
                .contains("trial demo_requested 1", "trial newsletter_signed_up 1")
                .containsExactlyInAnyOrderElementsOf(ofTheLead);
    }

    private KeyedHarness<SalesEvent, LeadInput> release1() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> release1 = KeyedHarness.of(
                new VisitorsFunction(
                        LIVE, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES, Measure.COUNT_OF_RELEASE_1),
                SalesEvent::anonymousId,
                new HashMapStateBackend(),
                null);
        opened.add(release1);
        return release1;
    }

    @Test
    void actsWithFormsOfBeforeTheyWereCountedAreCountedOnceBeforeAnythingHappensToThem() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> release1 = release1();
        release1.send(event(1, NOON, EventKind.FORM_VIEWED).asset("trial").build());
        release1.send(
                event(2, NOON + SECOND, EventKind.FORM_STARTED).asset("trial").build());
        assertThat(release1.side(VisitorsFunction.ROLLUPS)).isEmpty();

        visitors = harness(LIVE, new HashMapStateBackend(), release1.snapshot());
        visitors.send(event(2, NOON + SECOND, EventKind.FORM_SUBMITTED)
                .asset("trial")
                .version(1)
                .build());
        assertThat(formActs())
                .containsExactly(
                        "trial form_viewed 1",
                        "trial form_started 1",
                        "trial form_started -1",
                        "trial form_submitted 1");
        visitors.send(event(1, NOON, EventKind.FORM_VIEWED).asset("trial").build());
        assertThat(formActs()).isEmpty();

        visitors = harness(LIVE, new HashMapStateBackend(), release1.snapshot());
        visitors.watermark(NOON + KEEP_MILLIS + SECOND);
        assertThat(formActs()).as("when they leave").containsExactly("trial form_viewed 1", "trial form_started 1");
    }

    private List<String> formActs() {
        List<String> acts = new ArrayList<>();
        for (RollupDelta delta : visitors.side(VisitorsFunction.ROLLUPS)) {
            for (PaneDelta pane : delta.panes()) {
                assertThat(delta.scope()).isEqualTo("company");
                assertThat(pane.measure()).isEqualTo(Measure.FORM_ACTS);
                acts.add(pane.dimension().replace(Dimension.SEPARATOR, ' ') + ' ' + pane.value());
            }
        }
        return acts;
    }

    @Test
    void aVisitorCountsOnceForACampaignOnTheDayOfTheFirstAct() throws Exception {
        visitors.send(touch(1, NOON + DAY, "video").build());
        visitors.send(touch(1, NOON + DAY, "video").build());
        visitors.send(touch(2, NOON + 2 * DAY, "video").build());
        visitors.send(touch(3, NOON, "video").automatic(true).build());
        assertThat(visits()).isEqualTo(Map.of("campaign:video VISITORS +1", 1L, "channel:paid VISITORS +1", 1L));

        visitors.send(touch(4, NOON, "video").build());
        assertThat(visits())
                .as("a late one was earlier")
                .isEqualTo(Map.of(
                        "campaign:video VISITORS +1", -1L,
                        "campaign:video VISITORS +0", 1L,
                        "channel:paid VISITORS +1", -1L,
                        "channel:paid VISITORS +0", 1L));

        visitors.send(identify(5, NOON + 2 * DAY + 1, "ada"));
        assertThat(visits())
                .isEqualTo(
                        Map.of("campaign:video VISITORS_IDENTIFIED +0", 1L, "channel:paid VISITORS_IDENTIFIED +0", 1L));

        visitors.send(touch(4, NOON, "search").version(2).build());
        assertThat(visits())
                .as("a correction names another campaign")
                .isEqualTo(Map.of(
                        "campaign:video VISITORS +0", -1L,
                        "campaign:video VISITORS_IDENTIFIED +0", -1L,
                        "campaign:video VISITORS +1", 1L,
                        "campaign:video VISITORS_IDENTIFIED +1", 1L,
                        "campaign:search VISITORS +0", 1L,
                        "campaign:search VISITORS_IDENTIFIED +0", 1L));
    }

    /** His records are gone by then, and most anonymous visitors never say who they are. */
    @Test
    void whoComesBackMonthsLaterIsNoNewVisitor() throws Exception {
        visitors.send(touch(1, NOON, "video").build());
        visitors.watermark(NOON + KEEP_MILLIS);
        assertThat(visits()).hasSize(2);

        visitors.send(touch(2, NOON + 2 * KEEP_MILLIS, "video").build());
        visitors.send(identify(3, NOON + 2 * KEEP_MILLIS + 1, "ada"));
        assertThat(visits())
                .isEqualTo(
                        Map.of("campaign:video VISITORS_IDENTIFIED +0", 1L, "channel:paid VISITORS_IDENTIFIED +0", 1L));
    }

    @Test
    void afterTheHorizonNothingIsKeptOfAVisit() throws Exception {
        visitors.send(touch(1, NOON, "video").build());
        visitors.watermark(NOON + KEEP_MILLIS);
        assertThat(visitors.keysKept()).isOne();
        visitors.watermark(NOON + HORIZON);
        assertThat(visitors.keysKept()).isZero();
    }

    @Test
    void visitsOfBeforeTheyWereCountedAreCountedOnceBeforeAnythingHappensToThem() throws Exception {
        KeyedHarness<SalesEvent, LeadInput> release1 = release1();
        release1.send(touch(1, NOON + DAY, "video").build());
        release1.send(touch(2, NOON, "search").build());
        release1.send(touch(3, NOON, "fair").automatic(true).build());
        assertThat(release1.side(VisitorsFunction.ROLLUPS)).isEmpty();
        Map<String, Long> kept = Map.of(
                "campaign:video VISITORS +1", 1L, "campaign:search VISITORS +0", 1L, "channel:paid VISITORS +0", 1L);

        visitors = harness(LIVE, new HashMapStateBackend(), release1.snapshot());
        visitors.send(view(4, NOON + 2 * DAY));
        assertThat(visits()).as("though what he does now names none").isEqualTo(kept);
        visitors.send(touch(5, NOON + 2 * DAY, "search").build());
        visitors.send(view(4, NOON + 2 * DAY));
        assertThat(visits()).isEmpty();

        visitors = harness(LIVE, new HashMapStateBackend(), release1.snapshot());
        visitors.watermark(NOON + DAY + KEEP_MILLIS + SECOND);
        assertThat(visits()).as("when they leave").isEqualTo(kept);
        visitors.send(touch(6, NOON + 3 * KEEP_MILLIS, "video").build());
        assertThat(visits()).as("he is no new visitor").isEmpty();
    }

    /** Late, repeated and corrected touches, and whoever they turn out to be of. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfArrivalCountsTheSameVisitors(long seed) throws Exception {
        Random random = new Random(seed);
        List<SalesEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long time = NOON + random.nextInt(40) * DAY + i;
            events.add(
                    random.nextInt(6) == 0
                            ? identify(i, time, random.nextBoolean() ? "ada" : "bo")
                            : touch(i, time, "c" + random.nextInt(4))
                                    .automatic(random.nextInt(5) == 0)
                                    .build());
            if (random.nextInt(4) == 0) {
                events.add(
                        touch(i, time + DAY, "c" + random.nextInt(4)).version(1).build());
            }
        }
        for (SalesEvent event : events) {
            visitors.send(event);
        }
        Map<String, Long> inOrder = visits();
        assertThat(inOrder).isNotEmpty();
        for (int run = 0; run < 5; run++) {
            Collections.shuffle(events, random);
            KeyedHarness<SalesEvent, LeadInput> other = harness(LIVE);
            for (SalesEvent event : events) {
                other.send(event);
                other.send(event);
            }
            assertThat(visits(other)).isEqualTo(inOrder);
        }
        long visitorsOfAny = inOrder.entrySet().stream()
                .filter(each -> each.getKey().startsWith("channel:paid VISITORS +"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(visitorsOfAny).as("one visitor").isOne();
    }

    private static SalesEvent.Builder touch(long id, long timeMillis, String campaign) {
        return event(id, timeMillis, EventKind.PAGE_VIEWED)
                .contentHash(campaign.hashCode())
                .campaign(campaign)
                .channel("paid");
    }

    private Map<String, Long> visits() {
        return visits(visitors);
    }

    /** What was said since the last look, by days after noon's. */
    private static Map<String, Long> visits(KeyedHarness<SalesEvent, LeadInput> of) {
        Map<String, Long> sums = new TreeMap<>();
        for (RollupDelta delta : of.side(VisitorsFunction.ROLLUPS)) {
            for (PaneDelta pane : delta.panes()) {
                long days = pane.pane() - NOON / DAY;
                sums.merge(delta.scope() + ' ' + pane.measure() + " +" + days, pane.value(), Long::sum);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    @Test
    void visitorsDoNotKnowOfEachOther() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(event(2, NOON, EventKind.PAGE_VIEWED).anonymousId("other").build());

        assertThat(told()).containsExactly("+ada 1");
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.HELD, 1L));
    }

    @Test
    void aLateIdentificationTakesFromTheOneAndGivesToTheOther() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(view(2, NOON + 10));
        visitors.send(view(3, NOON + 20));
        visitors.out();

        SalesEvent late = identify(4, NOON + 15, "bo");
        visitors.send(late);
        List<LeadInput> told = visitors.out();
        assertThat(told).extracting(VisitorsFunctionTest::shortly).containsExactly("+bo 4", "-ada 3", "+bo 3");
        assertThat(told.get(2).record().offset()).isEqualTo(3);
        assertThat(visitors.outcomes()).isEmpty();
    }

    @Test
    void everyOrderOfArrivalEndsTheSame() throws Exception {
        List<SalesEvent> events =
                List.of(view(1, NOON), identify(2, NOON + 1, "ada"), view(3, NOON + 2), identify(4, NOON + 3, "bo"));
        for (List<SalesEvent> order : permutations(events)) {
            KeyedHarness<SalesEvent, LeadInput> other = harness(LIVE);
            LeadLedgers ledgers = new LeadLedgers();
            for (SalesEvent event : order) {
                other.send(event);
            }
            ledgers.take(other.out());
            assertThat(ledgers.of("ada")).containsExactly(1L, 2L, 3L);
            assertThat(ledgers.of("bo")).containsExactly(4L);
            assertThat(other.outcomes()).isEmpty();
        }
    }

    @Test
    void aRepetitionIsReportedAndChangesNothing() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(view(1, NOON));
        visitors.send(identify(2, NOON, "ada"));
        visitors.send(identify(2, NOON, "ada"));
        visitors.send(view(1, NOON));

        assertThat(told()).containsExactly("+ada 1", "+ada 2");
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.DUPLICATE, 3L));
    }

    @Test
    void aCorrectionAtTheSameLeadIsReportedByTheLead() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(view(2, NOON + 1));
        visitors.send(view(2, NOON + 2, 1));

        assertThat(told()).containsExactly("+ada 1", "+ada 2", "+ada 2");
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.SUPERSEDED, 1L));
        assertThat(leads.all().get("ada").get(1).timeMillis()).isEqualTo(NOON + 2);
    }

    @Test
    void aCorrectionThatNamesAnotherLeadMovesTheEventAndWhatFollows() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(view(2, NOON + 1));
        visitors.send(identify(1, NOON, "bo", 1));

        assertThat(told()).containsExactly("+ada 1", "+ada 2", "-ada 1", "+bo 1", "-ada 2", "+bo 2");
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aCorrectionThatTakesTheLeadAwayHoldsTheEventAndWhatFollows() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(view(2, NOON + 1));
        visitors.send(view(1, NOON, 1));

        assertThat(told()).containsExactly("+ada 1", "+ada 2", "-ada 1", "-ada 2");
        assertThat(sums()).containsOnly(entry(Outcome.HELD, 2L), entry(Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aCorrectionThatAddsTheLeadReleasesTheEventAndWhatWasHeld() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(view(2, NOON + 1));
        visitors.send(identify(1, NOON, "ada", 1));

        assertThat(told()).containsExactly("+ada 1", "+ada 2");
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aCorrectionOfAHeldEventIsReportedHere() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(view(1, NOON + 5, 1));
        visitors.send(view(1, NOON));

        assertThat(visitors.outcomes()).containsOnly(entry(Outcome.HELD, 1L), entry(Outcome.SUPERSEDED, 2L));
        visitors.watermark(NOON + KEEP_MILLIS + 5);
        assertThat(visitors.deadLetters())
                .extracting(letter -> letter.record().timestampMillis())
                .containsExactly(NOON + 5);
    }

    @Test
    void aConflictIsADuplicateWhoeverReportsIt() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.send(event(2, NOON + 2, EventKind.PAGE_VIEWED).contentHash(7).build());
        visitors.send(event(2, NOON + 2, EventKind.PAGE_VIEWED).contentHash(5).build());
        visitors.send(event(2, NOON + 2, EventKind.PAGE_VIEWED).contentHash(6).build());
        visitors.send(event(2, NOON + 2, EventKind.PAGE_VIEWED)
                .lead("bo")
                .contentHash(4)
                .build());

        assertThat(told()).containsExactly("+ada 1", "+ada 2", "+ada 2", "-ada 2", "+bo 2");
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.DUPLICATE, 3L));
    }

    @Test
    void aHeldEventIsADeadLetterAtTheMillisecondOfTheBound() throws Exception {
        visitors.send(view(1, NOON));
        visitors.watermark(NOON + KEEP_MILLIS - 1);
        assertThat(visitors.deadLetters()).isEmpty();

        visitors.watermark(NOON + KEEP_MILLIS);
        assertThat(visitors.deadLetters())
                .extracting(DeadLetter::reason, DeadLetter::message)
                .containsExactly(tuple(
                        Reason.HELD_DROPPED, "nobody was identified at most 30 days after the event; waited 60 days"));
        assertThat(visitors.outcomes()).isEmpty();
        assertThat(visitors.keysKept()).isZero();
        assertThat(visitors.timers()).isZero();
    }

    @Test
    void anEarlierEventWakesTheVisitorEarlier() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(view(2, NOON - SECOND));
        visitors.watermark(NOON - SECOND + KEEP_MILLIS);
        assertThat(visitors.deadLetters())
                .extracting(letter -> letter.record().offset())
                .containsExactly(2L);

        visitors.watermark(NOON + KEEP_MILLIS);
        assertThat(visitors.deadLetters())
                .extracting(letter -> letter.record().offset())
                .containsExactly(1L);
        assertThat(visitors.keysKept()).isZero();
    }

    @Test
    void aTimerThatIsEarlyLooksAgain() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(view(1, NOON + SECOND, 1));
        visitors.watermark(NOON + SECOND + KEEP_MILLIS - 1);
        assertThat(visitors.deadLetters()).isEmpty();
        assertThat(visitors.timers()).isEqualTo(1);

        visitors.watermark(NOON + SECOND + KEEP_MILLIS);
        assertThat(visitors.deadLetters()).hasSize(1);
        assertThat(visitors.keysKept()).isZero();
    }

    @Test
    void anEventThatComesAfterTheBoundIsDecidedAtOnce() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.watermark(NOON + KEEP_MILLIS + SECOND);
        visitors.send(view(2, NOON + 1));
        visitors.send(event(3, NOON, EventKind.PAGE_VIEWED).anonymousId("other").build());

        assertThat(told()).containsExactly("+ada 1", "+ada 2");
        assertThat(visitors.deadLetters())
                .extracting(DeadLetter::reason, letter -> letter.record().offset())
                .containsExactly(tuple(Reason.HELD_DROPPED, 3L));
        assertThat(visitors.outcomes()).isEmpty();
        assertThat(visitors.keysKept()).isEqualTo(1);
    }

    @Test
    void anAttributedEventStaysWithItsLeadAndTheIdentificationIsRemembered() throws Exception {
        visitors.send(view(1, NOON));
        visitors.send(identify(2, NOON, "ada"));
        visitors.watermark(NOON + KEEP_MILLIS);
        assertThat(told()).containsExactly("+ada 1", "+ada 2");

        visitors.send(view(3, NOON + KEEP_MILLIS));
        visitors.send(identify(2, NOON, "ada"));
        assertThat(told()).containsExactly("+ada 3");
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.DUPLICATE, 1L));
        assertThat(visitors.deadLetters()).isEmpty();
    }

    @Test
    void aCorrectionOfARememberedIdentificationMovesIt() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.watermark(NOON + KEEP_MILLIS);
        visitors.send(view(2, NOON + KEEP_MILLIS));
        visitors.send(identify(1, NOON, "bo", 1));

        assertThat(told()).containsExactly("+ada 1", "+ada 2", "-ada 1", "+bo 1", "-ada 2", "+bo 2");
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, 2L), entry(Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aVisitorIsForgottenAHorizonAfterHisNewestIdentification() throws Exception {
        visitors.send(identify(1, NOON, "ada"));
        visitors.watermark(NOON + HORIZON - 1);
        assertThat(visitors.keysKept()).isEqualTo(1);

        visitors.watermark(NOON + HORIZON);
        assertThat(visitors.keysKept()).isZero();
        assertThat(visitors.timers()).isZero();
    }

    @Test
    void beyondTheBoundTheOldestHeldEventIsADeadLetter() throws Exception {
        for (int i = 0; i <= VisitorBook.MAX_RECORDS; i++) {
            visitors.send(view(i, NOON + i));
        }

        assertThat(visitors.deadLetters())
                .extracting(DeadLetter::reason, letter -> letter.record().offset())
                .containsExactly(tuple(Reason.HELD_DROPPED, 0L));
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.HELD, (long) VisitorBook.MAX_RECORDS));
    }

    /** As of a tracker that has one visitor for all people, and sends the page with each view of it. */
    @Test
    void beyondTheBoundOfTheirBytesTheOldestHeldEventsAreDeadLetters() throws Exception {
        int bytes = VisitorsFunction.MAX_BYTES / 8;
        for (int i = 0; i < 10; i++) {
            RawRecord large = new RawRecord("web.behaviour.v1", 0, i, NOON + i, null, new byte[bytes], List.of());
            visitors.send(SalesEvent.builder(i, "web/" + i, EventKind.PAGE_VIEWED, NOON + i, large)
                    .anonymousId("v1")
                    .build());
        }

        assertThat(visitors.deadLetters())
                .extracting(DeadLetter::reason, letter -> letter.record().offset())
                .containsExactly(tuple(Reason.HELD_DROPPED, 0L), tuple(Reason.HELD_DROPPED, 1L));
        assertThat(visitors.outcomes()).containsExactly(entry(Outcome.HELD, 8L));
    }

    @Test
    void beyondTheBoundTheOldestAttributedEventStaysWithItsLead() throws Exception {
        visitors.send(identify(1_000, NOON, "ada"));
        for (int i = 0; i < VisitorBook.MAX_RECORDS; i++) {
            visitors.send(view(i, NOON + i));
        }
        visitors.send(identify(1_001, NOON + 1, "bo"));

        assertThat(visitors.deadLetters()).isEmpty();
        leads.take(visitors.out());
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, VisitorBook.MAX_RECORDS + 2L));
        assertThat(leads.of("ada")).containsExactly(0L, 1_000L);
    }

    /** In a replay no time passes, so all that a visitor does in two years is kept together. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoComesForYearsIsReplayedAlikeInAnyOrder(long seed) throws Exception {
        List<SalesEvent> events = new ArrayList<>();
        for (int i = 0; i < 3 * VisitorBook.MAX_RECORDS; i++) {
            events.add(
                    switch (i % 100) {
                        case 0 -> identify(i, NOON + i * DAY / 2, i % 200 == 0 ? "ada" : "bo");
                        case 1 ->
                            event(i, NOON + i * DAY / 2, EventKind.FORM_VIEWED)
                                    .asset("trial")
                                    .build();
                        default -> view(i, NOON + i * DAY / 2);
                    });
        }
        EngineSettings replay = new EngineSettings("", List.of(), NOON + events.size() * DAY / 2, true);
        visitors = harness(replay);
        for (SalesEvent event : events) {
            visitors.send(event);
        }
        visitors.watermark(Long.MAX_VALUE);
        leads.take(visitors.out());
        assertThat(formActs()).hasSize(15);
        assertThat(sums()).containsOnly(entry(Outcome.COUNTED, (long) events.size()));

        List<SalesEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, events.size() / 20));
        Collections.shuffle(shuffled, new Random(seed));
        LeadLedgers others = new LeadLedgers();
        visitors = harness(replay);
        for (SalesEvent event : shuffled) {
            visitors.send(event);
        }
        visitors.watermark(Long.MAX_VALUE);
        others.take(visitors.out());
        assertThat(others.all()).isEqualTo(leads.all());
        assertThat(formActs()).hasSize(15);
        assertThat(visitors.deadLetters()).isEmpty();
    }

    @Test
    void nothingIsDroppedThatIsDueAfterAsOf() throws Exception {
        EngineSettings replay = new EngineSettings("", List.of(), NOON + KEEP_MILLIS, true);
        KeyedHarness<SalesEvent, LeadInput> bounded = harness(replay);
        bounded.send(view(1, NOON));
        bounded.send(view(2, NOON + 1));
        bounded.watermark(Long.MAX_VALUE);

        assertThat(bounded.deadLetters())
                .extracting(letter -> letter.record().offset())
                .containsExactly(1L);
        assertThat(bounded.outcomes()).containsExactly(entry(Outcome.HELD, 1L));
        assertThat(bounded.keysKept()).isEqualTo(1);
        assertThat(bounded.timers()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestoredVisitorGoesOnWhereTheSnapshotStood(StateBackend backend) throws Exception {
        SalesEvent held = view(1, NOON);
        KeyedHarness<SalesEvent, LeadInput> first = harness(LIVE, backend, null);
        first.send(held);
        first.send(identify(2, NOON + 50 * SECOND, "ada"));
        first.send(view(2, NOON + 50 * SECOND, 1));
        first.send(identify(3, NOON - 50 * SECOND, "bo"));
        first.send(view(3, NOON - 50 * SECOND, 1));
        OperatorSubtaskState snapshot = first.snapshot();
        KeyedHarness<SalesEvent, LeadInput> second = harness(LIVE, backend, snapshot);
        second.send(view(1, NOON));
        assertThat(second.outcomes()).containsExactly(entry(Outcome.DUPLICATE, 1L));
        second.watermark(NOON - 50 * SECOND + KEEP_MILLIS);
        assertThat(second.deadLetters())
                .extracting(letter -> letter.record().offset())
                .containsExactly(3L);
        second.send(identify(4, NOON + 1, "ada"));
        List<LeadInput> told = second.out();
        assertThat(told).extracting(VisitorsFunctionTest::shortly).containsExactly("+ada 1", "+ada 4", "+ada 2");
        assertThat(told.get(0).fact().attributes()).containsExactly(entry("country", "de"));
        assertThat(told.get(0).record()).usingRecursiveComparison().isEqualTo(held.record());
    }

    private static List<List<SalesEvent>> permutations(List<SalesEvent> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<SalesEvent>> permutations = new ArrayList<>();
        for (SalesEvent first : events) {
            List<SalesEvent> others = new ArrayList<>(events);
            others.remove(first);
            for (List<SalesEvent> rest : permutations(others)) {
                permutations.add(Stream.concat(Stream.of(first), rest.stream()).toList());
            }
        }
        return permutations;
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(true));
    }

    /** What the leads and the visitors operator counted together. */
    private Map<Outcome, Long> sums() throws Exception {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        visitors.outcomes().forEach(sums::put);
        leads.outcomes().forEach((outcome, count) -> sums.merge(outcome, count, Long::sum));
        return sums;
    }

    private List<String> told() {
        List<LeadInput> told = visitors.out();
        leads.take(told);
        return told.stream().map(VisitorsFunctionTest::shortly).toList();
    }

    private static String shortly(LeadInput input) {
        return (input.sign() > 0 ? "+" : "-") + input.lead() + " "
                + input.fact().id();
    }

    private KeyedHarness<SalesEvent, LeadInput> harness(EngineSettings settings) throws Exception {
        return harness(settings, new HashMapStateBackend(), null);
    }

    private KeyedHarness<SalesEvent, LeadInput> harness(
            EngineSettings settings, StateBackend backend, OperatorSubtaskState restored) throws Exception {
        VisitorsFunction function = new VisitorsFunction(settings, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES);
        opened.add(KeyedHarness.of(function, SalesEvent::anonymousId, backend, restored));
        return opened.get(opened.size() - 1);
    }
}
