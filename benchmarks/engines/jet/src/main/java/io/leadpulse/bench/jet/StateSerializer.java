package io.leadpulse.bench.jet;

import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.util.List;

/** Writes what is kept of a key to snapshots, as it says itself, field by field. */
final class StateSerializer<T> implements StreamSerializer<T> {
    private final int typeId;
    private final Writer<T> writer;
    private final Reader<T> reader;

    private interface Writer<T> {
        void write(T state, ObjectDataOutput out) throws IOException;
    }

    private interface Reader<T> {
        T read(ObjectDataInput in) throws IOException;
    }

    private StateSerializer(int typeId, Writer<T> writer, Reader<T> reader) {
        this.typeId = typeId;
        this.writer = writer;
        this.reader = reader;
    }

    /** Those of all state. */
    static List<SerializerConfig> all() {
        return List.of(
                config(Visitor.class, new StateSerializer<>(1, Visitor::write, Visitor::read)),
                config(Lead.class, new StateSerializer<>(2, Lead::write, Lead::read)),
                config(Deal.class, new StateSerializer<>(3, Deal::write, Deal::read)),
                config(DailySales.Sum.class, new StateSerializer<>(4, DailySales.Sum::write, DailySales.Sum::read)));
    }

    private static <T> SerializerConfig config(Class<T> type, StateSerializer<T> serializer) {
        return new SerializerConfig().setTypeClass(type).setImplementation(serializer);
    }

    @Override
    public int getTypeId() {
        return typeId;
    }

    @Override
    public void write(ObjectDataOutput out, T state) throws IOException {
        writer.write(state, out);
    }

    @Override
    public T read(ObjectDataInput in) throws IOException {
        return reader.read(in);
    }

    /** By its name; it may be null. */
    static void writeEnum(Enum<?> valueOrNull, ObjectDataOutput out) throws IOException {
        out.writeString(valueOrNull == null ? null : valueOrNull.name());
    }

    static <E extends Enum<E>> E readEnum(Class<E> type, ObjectDataInput in) throws IOException {
        String name = in.readString();
        return name == null ? null : Enum.valueOf(type, name);
    }
}
