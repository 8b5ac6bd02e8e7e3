package io.leadpulse.identity;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.schemas.event.DeadLetter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * A keyed function under test with what it has said so far. Generic types are off and object reuse is on, as in the
 * engine; what is read once is gone.
 */
final class KeyedHarness<I, O> {
    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};

    private final AbstractStreamOperatorTestHarness<O> harness;
    private final Input<I> input;
    private final Input<Long> watermark;
    private final IntSupplier keysKept;
    private final Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    private long checkpoint;

    /** Where something goes into the harness. */
    private interface Input<T> {
        void take(T value) throws Exception;
    }

    private KeyedHarness(
            AbstractStreamOperatorTestHarness<O> harness,
            Input<I> input,
            Input<Long> watermark,
            IntSupplier keysKept,
            StateBackend backend,
            OperatorSubtaskState restored)
            throws Exception {
        this.harness = harness;
        this.input = input;
        this.watermark = watermark;
        this.keysKept = keysKept;
        harness.getExecutionConfig()
                .configure(
                        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
                        KeyedHarness.class.getClassLoader());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setStateBackend(backend);
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
    }

    /** Opens the function, with the state of a snapshot unless that is null. */
    static <I, O> KeyedHarness<I, O> of(
            KeyedProcessFunction<String, I, O> function,
            KeySelector<I, String> key,
            StateBackend backend,
            OperatorSubtaskState restored)
            throws Exception {
        return of(new KeyedProcessOperator<>(function), key, backend, restored);
    }

    /** The same with an operator of its own. */
    static <I, O> KeyedHarness<I, O> of(
            KeyedProcessOperator<String, I, O> operator,
            KeySelector<I, String> key,
            StateBackend backend,
            OperatorSubtaskState restored)
            throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, key, Types.STRING);
        return new KeyedHarness<>(
                harness,
                value -> harness.processElement(new StreamRecord<>(value)),
                harness::processWatermark,
                harness::numKeyedStateEntries,
                backend,
                restored);
    }

    /** Opens a function that goes by the configuration. */
    static <I, O> KeyedHarness<I, O> of(
            KeyedBroadcastProcessFunction<String, I, Control, O> function,
            KeySelector<I, String> key,
            StateBackend backend,
            OperatorSubtaskState restored)
            throws Exception {
        ControlledHarness<I, O> harness = new ControlledHarness<>(function, key);
        return new KeyedHarness<>(
                harness, harness::send, harness::watermark, harness::numKeyedStateEntries, backend, restored);
    }

    void send(I value) throws Exception {
        input.take(value);
    }

    void watermark(long timeMillis) throws Exception {
        watermark.take(timeMillis);
    }

    /** The machine's clock. */
    void wallClock(long timeMillis) throws Exception {
        harness.setProcessingTime(timeMillis);
    }

    /** As before every barrier. */
    void barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint + 1);
    }

    /** The main output since the last call. */
    List<O> out() {
        List<O> out = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return out;
    }

    /** What was put into a side output since the last call. */
    <T> List<T> side(OutputTag<T> tag) {
        return drained(tag);
    }

    /** The dead letters since the last call. */
    List<DeadLetter> deadLetters() {
        return drained(DEAD_LETTERS);
    }

    /** All outcomes so far, those that sum to 0 left out. */
    Map<Outcome, Long> outcomes() {
        for (OutcomeCount each : drained(OUTCOMES)) {
            sums.merge(each.outcome(), each.count(), Long::sum);
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** The state of the running function, as a checkpoint takes it. */
    OperatorSubtaskState snapshot() throws Exception {
        barrier();
        checkpoint++;
        return harness.snapshot(checkpoint, checkpoint);
    }

    /** Keys with state; on the heap only. */
    int keysKept() {
        return keysKept.getAsInt();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    void close() throws Exception {
        harness.close();
    }

    private <T> List<T> drained(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
        if (output != null) {
            output.forEach(each -> values.add(each.getValue()));
            output.clear();
        }
        return values;
    }
}
