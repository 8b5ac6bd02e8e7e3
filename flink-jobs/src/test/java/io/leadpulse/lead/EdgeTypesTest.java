package io.leadpulse.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.edge.EventTypes;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.ResultRecordSerializer;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over an edge comes out as it went in, each field in its own place, whatever is missing. */
class EdgeTypesTest {

    @ParameterizedTest
    @MethodSource("records")
    <T> void comesOutAsItWentIn(TypeInformation<T> type, T record) throws Exception {
        TypeSerializer<T> serializer =
                type.createSerializer(new SerializerConfigImpl()).duplicate();

        assertThat(over(serializer, record)).usingRecursiveComparison().isEqualTo(record);
    }

    /** As long as it is the only one that reads these bytes, a wrong length would go unseen until the next record. */
    @ParameterizedTest
    @MethodSource("records")
    <T> void leavesNothingBehindAndIsCopiedAsItIs(TypeInformation<T> type, T record) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        serializer.serialize(record, bytes);
        serializer.serialize(record, bytes);
        DataInputDeserializer both = new DataInputDeserializer(bytes.getCopyOfBuffer());
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(both, copied);
        serializer.deserialize(both);

        assertThat(both.available()).isZero();
        assertThat(copied.getCopyOfBuffer()).isEqualTo(Arrays.copyOf(bytes.getSharedBuffer(), bytes.length() / 2));
    }

    @Test
    void noneIsForState() {
        TypeSerializer<ResultRecord> serializer =
                ResultRecordSerializer.TYPE.createSerializer(new SerializerConfigImpl());

        assertThatThrownBy(serializer::snapshotConfiguration).hasMessageContaining("not for state");
    }

    static Stream<Arguments> records() throws Exception {
        RawRecord record = full(RawRecord.class);
        RawRecord bare = new RawRecord("t", 0, 0, Fact.NO_TIME, null, null, List.of());
        DeadLetter letter = new DeadLetter(record, Reason.NO_LEAD, "none");
        Deal deal = DealBook.resolve(
                "d1", List.of(LeadInputs.opened("2025-03-03T10:00:00Z", "ann", "meeting")), DealStages.DEFAULT);
        ResultRecord result = new ResultRecord(
                "topic", "key", "\u00fc\ud83d\ude00\u0000".repeat(500).getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                Arguments.of(EventTypes.EVENTS, full(SalesEvent.class)),
                Arguments.of(EventTypes.EVENTS, bare(SalesEvent.class)),
                Arguments.of(EventTypes.DECODED, Decoded.of(full(SalesEvent.class))),
                Arguments.of(EventTypes.DECODED, Decoded.of(letter)),
                Arguments.of(EventTypes.DECODED, Decoded.CONFIGURATION),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.plus("lead", full(Fact.class), record)),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.plus("lead", bare(Fact.class), bare)),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.minus("lead", full(Fact.class))),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.plus("lead", deal)),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.minus("lead", "d1")),
                Arguments.of(LeadInputSerializer.TYPE, LeadInput.under("lead", "root", "into", 7)),
                Arguments.of(ResultRecordSerializer.TYPE, result),
                Arguments.of(LeadMessageSerializer.TYPE, LeadMessage.says("lead", result)),
                Arguments.of(LeadMessageSerializer.TYPE, LeadMessage.lacks("root", "member", Map.of())));
    }

    private static <T> T over(TypeSerializer<T> serializer, T record) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        serializer.serialize(record, bytes);
        return serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
    }

    /** Every component has a value that no other has. */
    private static <T extends Record> T full(Class<T> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i].getType(), i + 1);
        }
        return made(type, values);
    }

    private static Object value(Class<?> type, int number) throws Exception {
        if (type == String.class) {
            return "text " + number + "\u00e9".repeat(number * 5);
        } else if (type == long.class || type == Long.class) {
            return (long) number << 40;
        } else if (type == int.class) {
            return number << 20;
        } else if (type == boolean.class) {
            return number % 2 == 0;
        } else if (type == byte[].class) {
            return new byte[number * 40];
        } else if (type == Map.class) {
            return Map.of("name", "value");
        } else if (type == List.class) {
            return List.of(new RawHeader("header", new byte[] {1}), new RawHeader("none", null));
        } else if (type == RawRecord.class) {
            return full(RawRecord.class);
        }
        Object[] constants = type.getEnumConstants();
        return constants[constants.length - 1];
    }

    /** What may be missing is. */
    private static <T extends Record> T bare(Class<T> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Class<?> of = components[i].getType();
            if (of == long.class) {
                values[i] = Long.MIN_VALUE;
            } else if (of == int.class) {
                values[i] = 0;
            } else if (of == boolean.class) {
                values[i] = false;
            } else if (of == Map.class) {
                values[i] = Map.of();
            } else if (of.isEnum()) {
                values[i] = of.getEnumConstants()[0];
            } else if (of == RawRecord.class) {
                values[i] = new RawRecord("t", 0, 0, 0, null, null, List.of());
            }
        }
        return made(type, values);
    }

    private static <T extends Record> T made(Class<T> type, Object... values) throws Exception {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<T> constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }
}
