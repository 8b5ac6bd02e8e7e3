package io.leadpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SequenceFunctionTest {

    @Test
    void numbersFromZeroAndGoesOnWhereTheSnapshotStood() throws Exception {
        var first = harness(null);
        assertThat(number(first, 3)).containsExactly(0L, 1L, 2L);
        OperatorSubtaskState snapshot = first.snapshot(1, 1);
        assertThat(number(first, 2)).containsExactly(0L, 1L, 2L, 3L, 4L);
        first.close();

        var second = harness(snapshot);
        assertThat(number(second, 2)).containsExactly(3L, 4L);
        second.close();
    }

    private static OneInputStreamOperatorTestHarness<ResultRecord, NumberedResult> harness(OperatorSubtaskState from)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new StreamMap<>(new SequenceFunction()), 1, 1, 0);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static List<Long> number(
            OneInputStreamOperatorTestHarness<ResultRecord, NumberedResult> harness, int results) throws Exception {
        for (int i = 0; i < results; i++) {
            harness.processElement(new StreamRecord<>(new ResultRecord("topic", "key", new byte[] {1})));
        }
        return harness.extractOutputValues().stream()
                .map(NumberedResult::number)
                .toList();
    }
}
