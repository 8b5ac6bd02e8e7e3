package io.leadpulse.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

class DealsFunctionTest {
    private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000L;
    private static final EngineSettings LIVE = new EngineSettings("", List.of(), Long.MAX_VALUE, false);
    private static final long HORIZON = EngineContext.of(LIVE).horizonMillis();

    private final List<KeyedHarness<SalesEvent, LeadInput>> opened = new ArrayList<>();
    private KeyedHarness<SalesEvent, LeadInput> deals;

    @BeforeEach
    void open() throws Exception {
        deals = harness(new HashMapStateBackend(), null);
    }

    @AfterEach
    void close() throws Exception {
        for (KeyedHarness<?, ?> each : opened) {
            each.close();
        }
    }

    @Test
    void everyRecordTellsTheLeadHowTheDealNowStands() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.send(won(2, NOON + DAY).build());

        List<LeadInput> told = deals.out();
        assertThat(told).extracting(DealsFunctionTest::shortly).containsExactly("+ada D1 OPEN", "+ada D1 WON");
        assertThat(told.get(1).deal().closedMillis()).isEqualTo(NOON + DAY);
        assertThat(deals.outcomes()).containsExactly(entry(Outcome.COUNTED, 2L));
    }

    @Test
    void recordsOutOfOrderEndInTheSameDeal() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.send(won(2, NOON + DAY).build());
        deals.send(reopened(3, NOON + 2 * DAY).build());
        Deal inOrder = last(deals.out());

        KeyedHarness<SalesEvent, LeadInput> other = harness(new HashMapStateBackend(), null);
        other.send(reopened(3, NOON + 2 * DAY).build());
        other.send(won(2, NOON + DAY).build());
        other.send(opened(1, NOON).build());
        assertThat(last(other.out())).isEqualTo(inOrder);
    }

    @Test
    void aRepetitionIsReportedAndTellsNothing() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.out();
        deals.send(opened(1, NOON).build());

        assertThat(deals.out()).isEmpty();
        assertThat(deals.outcomes()).containsOnly(entry(Outcome.COUNTED, 1L), entry(Outcome.DUPLICATE, 1L));
    }

    @Test
    void ofTwoVersionsTheHigherHoldsInEitherOrder() throws Exception {
        SalesEvent first = won(1, NOON).version(1).amountMinor(100L).build();
        SalesEvent second = won(1, NOON + 1).version(2).amountMinor(250L).build();
        deals.send(first);
        deals.send(second);
        assertThat(last(deals.out()).amountMinor()).isEqualTo(250);

        deals.send(first);
        assertThat(deals.out()).isEmpty();
        assertThat(deals.outcomes()).containsOnly(entry(Outcome.COUNTED, 1L), entry(Outcome.SUPERSEDED, 2L));
    }

    @Test
    void aConflictOfOneVersionIsADuplicate() throws Exception {
        deals.send(opened(1, NOON).contentHash(5).build());
        deals.send(opened(1, NOON).contentHash(4).owner("rep2").build());
        deals.send(opened(1, NOON).contentHash(6).owner("rep3").build());

        List<LeadInput> told = deals.out();
        assertThat(told).hasSize(2);
        assertThat(last(told).owners().get(0).owner()).isEqualTo("rep2");
        assertThat(deals.outcomes()).containsOnly(entry(Outcome.COUNTED, 1L), entry(Outcome.DUPLICATE, 2L));
    }

    @Test
    void aDealThatMovesIsTakenFromTheOneLeadAndGivenToTheOther() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.send(won(2, NOON + DAY).lead("bo").build());

        assertThat(told()).containsExactly("+ada D1 OPEN", "-ada D1", "+bo D1 WON");
    }

    @Test
    void aLateRecordOfTheFormerLeadDoesNotMoveTheDealBack() throws Exception {
        deals.send(won(2, NOON + DAY).lead("bo").build());
        deals.send(opened(1, NOON).build());

        assertThat(told()).containsExactly("+bo D1 WON", "+bo D1 WON");
    }

    @Test
    void aCorrectionThatNamesAnotherLeadMovesTheDealBack() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.send(won(2, NOON + DAY).version(1).lead("bo").build());
        deals.send(won(2, NOON + DAY).version(2).lead("ada").build());

        assertThat(told()).containsExactly("+ada D1 OPEN", "-ada D1", "+bo D1 WON", "-bo D1", "+ada D1 WON");
    }

    @Test
    void beyondTheBoundANewRecordIsADeadLetter() throws Exception {
        for (int i = 0; i < DealBook.MAX_RECORDS; i++) {
            deals.send(opened(i, NOON + i).build());
            deals.out();
        }
        deals.send(won(9_999, NOON + DAY).build());
        deals.send(opened(0, NOON).version(1).build());

        assertThat(deals.deadLetters())
                .extracting(DeadLetter::reason, letter -> letter.record().offset())
                .containsExactly(tuple(Reason.TOO_MANY, 9_999L));
        assertThat(told()).containsExactly("+ada D1 OPEN");
        assertThat(deals.outcomes())
                .containsOnly(entry(Outcome.COUNTED, (long) DealBook.MAX_RECORDS), entry(Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aDealIsDroppedAHorizonAfterItsNewestRecord() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.send(won(2, NOON + DAY).build());
        deals.out();

        deals.watermark(NOON + DAY + HORIZON - 1);
        assertThat(deals.keysKept()).isEqualTo(1);
        assertThat(deals.timers()).isEqualTo(1);
        deals.watermark(NOON + DAY + HORIZON);
        assertThat(deals.keysKept()).isZero();
        assertThat(deals.timers()).isZero();
        assertThat(deals.out()).isEmpty();
        assertThat(deals.outcomes()).containsExactly(entry(Outcome.COUNTED, 2L));
    }

    @Test
    void theEndOfABoundedInputTellsNothing() throws Exception {
        deals.send(opened(1, NOON).build());
        deals.out();
        deals.watermark(Long.MAX_VALUE);

        assertThat(deals.out()).isEmpty();
        assertThat(deals.deadLetters()).isEmpty();
        assertThat(deals.timers()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestoredDealGoesOnWhereTheSnapshotStood(StateBackend backend) throws Exception {
        KeyedHarness<SalesEvent, LeadInput> first = harness(backend, null);
        first.send(opened(1, NOON).amountMinor(700L).build());
        OperatorSubtaskState snapshot = first.snapshot();

        KeyedHarness<SalesEvent, LeadInput> second = harness(backend, snapshot);
        second.send(opened(1, NOON).amountMinor(700L).build());
        second.send(won(2, NOON + DAY).lead("bo").build());
        List<LeadInput> told = second.out();
        assertThat(told).extracting(DealsFunctionTest::shortly).containsExactly("-ada D1", "+bo D1 WON");
        assertThat(last(told).amountMinor()).isEqualTo(700);
        assertThat(second.outcomes()).containsOnly(entry(Outcome.COUNTED, 1L), entry(Outcome.DUPLICATE, 1L));
        second.watermark(NOON + HORIZON);
        assertThat(second.timers()).isEqualTo(1);
        second.watermark(NOON + DAY + HORIZON);
        assertThat(second.timers()).isZero();
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(true));
    }

    private List<String> told() {
        return deals.out().stream().map(DealsFunctionTest::shortly).toList();
    }

    private static String shortly(LeadInput input) {
        return input.sign() > 0
                ? "+" + input.lead() + " " + input.dealId() + " " + input.deal().outcome()
                : "-" + input.lead() + " " + input.dealId();
    }

    private static Deal last(List<LeadInput> told) {
        return told.get(told.size() - 1).deal();
    }

    private static SalesEvent.Builder opened(long id, long timeMillis) {
        return event(id, timeMillis, EventKind.DEAL_OPENED);
    }

    private static SalesEvent.Builder won(long id, long timeMillis) {
        return event(id, timeMillis, EventKind.DEAL_WON);
    }

    private static SalesEvent.Builder reopened(long id, long timeMillis) {
        return event(id, timeMillis, EventKind.DEAL_REOPENED);
    }

    private static SalesEvent.Builder event(long id, long timeMillis, EventKind kind) {
        RawRecord record =
                new RawRecord(Topics.ACTIVITIES, 0, id, timeMillis, new byte[] {1}, new byte[] {2}, List.of());
        return SalesEvent.builder(id, "crm/" + id, kind, timeMillis, record)
                .deal("D1")
                .lead("ada")
                .owner("rep1");
    }

    private KeyedHarness<SalesEvent, LeadInput> harness(StateBackend backend, OperatorSubtaskState restored)
            throws Exception {
        DealsFunction function = new DealsFunction(LIVE, KeyedHarness.DEAD_LETTERS, KeyedHarness.OUTCOMES);
        opened.add(KeyedHarness.of(function, SalesEvent::deal, backend, restored));
        return opened.get(opened.size() - 1);
    }
}
