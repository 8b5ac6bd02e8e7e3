package io.leadpulse.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ConservationOperatorTest {
    private static final String AS_OF = "2025-06-30T00:00:00Z";

    @Test
    void saysNothingInAReplayBeforeTheEndAndThenEverythingOnce() throws Exception {
        var operator = harness(TestSettings.replay(AS_OF), null);
        send(operator, OutcomeCount.one(Outcome.IN), OutcomeCount.one(Outcome.COUNTED));
        operator.processWatermark(TestSettings.millis("2025-03-01T00:00:00Z"));
        operator.processWatermark(Long.MAX_VALUE);
        assertThat(told(operator)).isEmpty();

        operator.endInput();

        assertThat(told(operator))
                .containsExactly(
                        new ConservationRecord(1, 1, 0, 0, 0, 0, Map.of(), Map.of(), 0, TestSettings.millis(AS_OF)));
        operator.close();
    }

    @Test
    void saysAnEmptyBalanceOfAnEmptyReplay() throws Exception {
        var operator = harness(TestSettings.replay(AS_OF), null);
        operator.endInput();
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
        operator.endInput();

        ConservationRecord balance = told(operator).get(0);
        assertThat(balance.duplicate()).isEqualTo(2);
        assertThat(balance.held()).isZero();
        assertThat(balance.deadLettered()).isEqualTo(Map.of("future", 1L, "no_lead", 2L));
        assertThat(balance.isBalanced()).isTrue();
        operator.close();
    }

    @Test
    void liveSpeaksAtMostOncePerSecondOfEventTimeAndOnlyOfChanges() throws Exception {
        var operator = harness(TestSettings.live(), null);
        long start = TestSettings.millis("2025-03-01T00:00:00Z");
        send(operator, OutcomeCount.one(Outcome.IN));
        operator.processWatermark(start);
        assertThat(told(operator)).hasSize(1);
        operator.processWatermark(start + 1_000);
        assertThat(told(operator)).as("nothing changed").hasSize(1);
        send(operator, OutcomeCount.one(Outcome.COUNTED));
        operator.processWatermark(start + 1_001);
        operator.processWatermark(start + 1_500);
        assertThat(told(operator)).hasSize(2);
        send(operator, OutcomeCount.one(Outcome.IN));
        operator.processWatermark(start + 2_000);
        assertThat(told(operator)).as("less than a second later").hasSize(2);
        operator.processWatermark(start + 2_001);
        assertThat(told(operator)).hasSize(3);
        assertThat(told(operator).get(2).in()).isEqualTo(2);
        operator.close();
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
        third.endInput();

        ConservationRecord balance = told(third).get(0);
        assertThat(balance.in()).isEqualTo(3);
        assertThat(balance.isBalanced()).isTrue();
        assertThat(balance.deadLettered()).isEqualTo(Map.of("future", 1L));
        third.close();
    }

    private static OneInputStreamOperatorTestHarness<OutcomeCount, ResultRecord> harness(
            EngineSettings settings, OperatorSubtaskState from) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new ConservationOperator(settings), 1, 1, 0);
        harness.getExecutionConfig().enableObjectReuse();
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static void send(
            OneInputStreamOperatorTestHarness<OutcomeCount, ResultRecord> operator, OutcomeCount... counts)
            throws Exception {
        for (OutcomeCount count : counts) {
            operator.processElement(new StreamRecord<>(count));
        }
    }

    private static List<ConservationRecord> told(
            OneInputStreamOperatorTestHarness<OutcomeCount, ResultRecord> operator) {
        return operator.extractOutputValues().stream()
                .map(result -> new ResultCodecs("USD")
                        .conservation()
                        .decode(result.value().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
