package io.leadpulse.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ConservationOperatorTest {
    private static final String AS_OF = "2025-06-30T00:00:00Z";

    @Test
    void saysNothingInAReplayBeforeTheEndAndThenEverythingOnce() throws Exception {
        var operator = harness(TestSettings.replay(AS_OF), null);
        send(operator, OutcomeCount.one(Outcome.IN), OutcomeCount.one(Outcome.COUNTED));
        watermark(operator, TestSettings.millis("2025-03-01T00:00:00Z"));
        watermark(operator, Long.MAX_VALUE);
        assertThat(told(operator)).isEmpty();

        end(operator);

        assertThat(told(operator))
                .containsExactly(new ConservationRecord(
                        1, 1, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), 0, TestSettings.millis(AS_OF)));
        operator.close();
    }

    @Test
    void saysAnEmptyBalanceOfAnEmptyReplay() throws Exception {
        var operator = harness(TestSettings.replay(AS_OF), null);
        end(operator);
        assertThat(told(operator)).hasSize(1);
        assertThat(told(operator).get(0).isBalanced()).isTrue();
        operator.close();
    }

    @Test
    void addsSignedCountsAndKeepsReasonsOfDeadLettersApart() throws Exception {
        var operator = harness(TestSettings.replay(AS_OF), null);
        send(
                operator,
                new OutcomeCount(Outcome.IN, "", 8),
                OutcomeCount.one(Outcome.HELD),
                OutcomeCount.less(Outcome.HELD),
                OutcomeCount.one(Outcome.COUNTED),
                OutcomeCount.one(Outcome.DUPLICATE),
                OutcomeCount.one(Outcome.DUPLICATE, "conflict"),
                OutcomeCount.one(Outcome.SUPERSEDED),
                OutcomeCount.one(Outcome.CONFIGURATION),
                OutcomeCount.one(Outcome.DEAD_LETTERED, "future"),
                new OutcomeCount(Outcome.DEAD_LETTERED, "no_lead", 2));
        end(operator);

        ConservationRecord balance = told(operator).get(0);
        assertThat(balance.duplicate()).isEqualTo(2);
        assertThat(balance.held()).isZero();
        assertThat(balance.deadLettered()).isEqualTo(Map.of("future", 1L, "no_lead", 2L));
        assertThat(balance.isBalanced()).isTrue();
        operator.close();
    }

    @Test
    void liveSpeaksBeforeABarrierOnlyAndOnlyOfChanges() throws Exception {
        var operator = harness(TestSettings.live(), null);
        send(operator, OutcomeCount.one(Outcome.IN));
        watermark(operator, TestSettings.millis("2025-03-01T00:00:00Z"));
        assertThat(told(operator)).as("its fate is still on its way").isEmpty();
        send(operator, OutcomeCount.one(Outcome.SUPERSEDED));
        operator.prepareSnapshotPreBarrier(1);
        assertThat(told(operator))
                .containsExactly(new ConservationRecord(
                        1,
                        0,
                        0,
                        1,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        1,
                        TestSettings.millis("2025-03-01T00:00:00Z")));
        watermark(operator, TestSettings.millis("2025-03-01T01:00:00Z"));
        operator.prepareSnapshotPreBarrier(2);
        assertThat(told(operator)).as("nothing changed").hasSize(1);
        operator.close();
    }

    @Test
    void saysOfEverySourceItsLatestAndHowManyCameLateAlsoAfterARestart() throws Exception {
        var first = harness(TestSettings.live(), null);
        first.processElement2(new StreamRecord<>(new SourceSeen("crm.activities.v1", 50, 70, 2)));
        first.processElement2(new StreamRecord<>(new SourceSeen("web.behaviour.v1", Fact.NO_TIME, 60, 0)));
        OperatorSubtaskState snapshot = first.snapshot(1, 1);
        first.close();

        var second = harness(TestSettings.live(), snapshot);
        second.processElement2(new StreamRecord<>(new SourceSeen("crm.activities.v1", 40, 80, 1)));
        second.prepareSnapshotPreBarrier(2);

        assertThat(told(second).get(0).sources())
                .isEqualTo(Map.of(
                        "crm.activities.v1", new ConservationRecord.Source(50L, 80L, 3),
                        "web.behaviour.v1", new ConservationRecord.Source(null, 60L, 0)));
        second.close();
    }

    /** Of state of before kinds were told apart, what came in is of no kind, and is not lost. */
    @Test
    void saysWhichKindsCameFromWhereAlsoAfterARestart() throws Exception {
        var first = harness(TestSettings.live(), null);
        send(
                first,
                new OutcomeCount(Outcome.IN, "", 5),
                new OutcomeCount(Outcome.IN, "crm.activities.v1/call", 2),
                OutcomeCount.one(Outcome.IN, "crm.activities.v1/form_submitted"));
        OperatorSubtaskState snapshot = first.snapshot(1, 1);
        first.close();

        var second = harness(TestSettings.live(), snapshot);
        send(
                second,
                OutcomeCount.one(Outcome.IN, "crm.activities.v1/call"),
                OutcomeCount.one(Outcome.IN, "web.behaviour.v1/form_submitted"));
        second.prepareSnapshotPreBarrier(2);

        ConservationRecord balance = told(second).get(0);
        assertThat(balance.in()).isEqualTo(10);
        assertThat(balance.kinds())
                .isEqualTo(Map.of(
                        "crm.activities.v1", Map.of("call", 3L, "form_submitted", 1L),
                        "web.behaviour.v1", Map.of("form_submitted", 1L)));
        second.close();
    }

    @Test
    void sumsGoOnExactlyFromASnapshot() throws Exception {
        var first = harness(TestSettings.replay(AS_OF), null);
        send(
                first,
                new OutcomeCount(Outcome.IN, "", 3),
                OutcomeCount.one(Outcome.HELD),
                OutcomeCount.one(Outcome.DUPLICATE, "conflict"),
                OutcomeCount.one(Outcome.DEAD_LETTERED, "future"));
        OperatorSubtaskState snapshot = first.snapshot(1, 1);
        send(first, new OutcomeCount(Outcome.IN, "", 1_000));
        first.close();

        var second = harness(TestSettings.replay(AS_OF), snapshot);
        send(second, OutcomeCount.less(Outcome.HELD), OutcomeCount.one(Outcome.COUNTED));
        OperatorSubtaskState again = second.snapshot(2, 2);
        second.close();
        var third = harness(TestSettings.replay(AS_OF), again);
        end(third);

        ConservationRecord balance = told(third).get(0);
        assertThat(balance.in()).isEqualTo(3);
        assertThat(balance.isBalanced()).isTrue();
        assertThat(balance.deadLettered()).isEqualTo(Map.of("future", 1L));
        third.close();
    }

    private static TwoInputStreamOperatorTestHarness<OutcomeCount, SourceSeen, ResultRecord> harness(
            EngineSettings settings, OperatorSubtaskState from) throws Exception {
        var harness = new TwoInputStreamOperatorTestHarness<>(new ConservationOperator(settings), 1, 1, 0);
        harness.getExecutionConfig().enableObjectReuse();
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static void watermark(
            TwoInputStreamOperatorTestHarness<OutcomeCount, SourceSeen, ResultRecord> operator, long millis)
            throws Exception {
        operator.processWatermark1(new Watermark(millis));
        operator.processWatermark2(new Watermark(millis));
    }

    private static void end(TwoInputStreamOperatorTestHarness<OutcomeCount, SourceSeen, ResultRecord> operator)
            throws Exception {
        operator.endInput1();
        assertThat(told(operator)).as("the other input may still speak").isEmpty();
        operator.endInput2();
    }

    private static void send(
            TwoInputStreamOperatorTestHarness<OutcomeCount, SourceSeen, ResultRecord> operator, OutcomeCount... counts)
            throws Exception {
        for (OutcomeCount count : counts) {
            operator.processElement1(new StreamRecord<>(count));
        }
    }

    private static List<ConservationRecord> told(
            TwoInputStreamOperatorTestHarness<OutcomeCount, SourceSeen, ResultRecord> operator) {
        return operator.extractOutputValues().stream()
                .map(result -> new ResultCodecs("USD").conservation().decode(result.bytes()))
                .toList();
    }
}
