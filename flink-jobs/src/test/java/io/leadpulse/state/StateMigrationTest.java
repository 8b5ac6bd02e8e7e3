package io.leadpulse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State that Flink wrote field by field, as releases did, is gone on with; and what a checkpoint says of ours. */
@SuppressWarnings("try") // Closing a harness may throw anything.
class StateMigrationTest {
    /** Stands for any read and written state. */
    private static final class Keeper extends KeyedProcessFunction<String, String, Object> {
        private static final long serialVersionUID = 1;
        private final boolean isByHand;
        private final boolean isWriting;
        /** What was read, by the name of its type. */
        private final Map<String, Object> said = new TreeMap<>();

        Keeper(boolean isByHand, boolean isWriting) {
            this.isByHand = isByHand;
            this.isWriting = isWriting;
        }

        @Override
        public void processElement(String name, Context context, Collector<Object> out) throws Exception {
            ValueState<Object> state = getRuntimeContext()
                    .getState(new ValueStateDescriptor<>(
                            name, isByHand ? StateExamples.serializer(name) : byFlink(name)));
            if (isWriting) {
                state.update(StateExamples.all().get(name));
            }
            said.put(name, state.value());
        }
    }

    static Stream<StateBackend> backends() {
        return Stream.of(
                new HashMapStateBackend(),
                new EmbeddedRocksDBStateBackend(true),
                new EmbeddedRocksDBStateBackend(false));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatFlinkWroteIsGoneOnWith(StateBackend backend) throws Exception {
        assertThat(afterRestart(backend, false, true))
                .usingRecursiveComparison()
                .isEqualTo(StateExamples.all());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsWrittenByHandIsGoneOnWith(StateBackend backend) throws Exception {
        assertThat(afterRestart(backend, true, true)).usingRecursiveComparison().isEqualTo(StateExamples.all());
    }

    /** An earlier release cannot read what is written by hand, and must not try. */
    @Test
    void thereIsNoWayBack() {
        assertThatThrownBy(() -> afterRestart(new EmbeddedRocksDBStateBackend(true), true, false))
                .hasStackTraceContaining("must not be incompatible");
    }

    private static Map<String, Object> afterRestart(StateBackend backend, boolean isByHandThen, boolean isByHandNow)
            throws Exception {
        OperatorSubtaskState then = snapshot(backend, new Keeper(isByHandThen, true), null);
        Keeper now = new Keeper(isByHandNow, false);
        snapshot(backend, now, then);
        return now.said;
    }

    /** Runs from a snapshot, or from nothing if it is null, and looks at all states. */
    private static OperatorSubtaskState snapshot(StateBackend backend, Keeper keeper, OperatorSubtaskState from)
            throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(keeper), name -> "key", Types.STRING)) {
            harness.setStateBackend(backend);
            if (from != null) {
                harness.initializeState(from);
            }
            harness.open();
            for (String name : StateExamples.all().keySet()) {
                harness.processElement(new StreamRecord<>(name));
            }
            return harness.snapshot(1, 1);
        }
    }

    @Test
    void onlyTheSameRecordIsMigrated() {
        for (String name : StateExamples.all().keySet()) {
            for (String other : StateExamples.all().keySet()) {
                TypeSerializerSchemaCompatibility<Object> compatibility = StateExamples.serializer(name)
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(byFlink(other).snapshotConfiguration());
                assertThat(compatibility.isCompatibleAfterMigration()).isEqualTo(name.equals(other));
                assertThat(compatibility.isIncompatible()).isEqualTo(!name.equals(other));
                assertThat(StateExamples.serializer(name)
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(
                                        StateExamples.serializer(other).snapshotConfiguration())
                                .isCompatibleAsIs())
                        .isEqualTo(name.equals(other));
            }
        }
    }

    @Test
    void whatACheckpointSaysOfItIsReadAgain() throws Exception {
        for (String name : StateExamples.all().keySet()) {
            TypeSerializerSnapshot<Object> read =
                    read(written(StateExamples.serializer(name).snapshotConfiguration()));

            assertThat(read.restoreSerializer()).isEqualTo(StateExamples.serializer(name));
        }
    }

    @Test
    void aCheckpointOfALaterReleaseIsRefused() throws Exception {
        byte[] later = written(StateExamples.serializer("LeadState").snapshotConfiguration());
        later[later.length - 1] = 2;

        assertThatThrownBy(() -> read(later))
                .isInstanceOf(IOException.class)
                .hasMessage("LeadState in form 2 was written by a later release; this one reads forms 1 to 1");
    }

    private static byte[] written(TypeSerializerSnapshot<Object> snapshot) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(bytes, snapshot);
        return bytes.getCopyOfBuffer();
    }

    private static TypeSerializerSnapshot<Object> read(byte[] bytes) throws IOException {
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(bytes), StateMigrationTest.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> byFlink(String name) {
        return (TypeSerializer<Object>)
                TypeInformation.of((Class<?>) StateExamples.all().get(name).getClass())
                        .createSerializer(new SerializerConfigImpl());
    }
}
