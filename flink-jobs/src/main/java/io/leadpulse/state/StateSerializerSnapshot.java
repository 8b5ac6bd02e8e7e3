package io.leadpulse.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint says of a {@link StateSerializer}: the newest form that it may hold. Each value says its own, so all forms up to today's
 * are read as they are. What Flink wrote of the same record, field by field, as release 1 did, is read as that and written anew when the
 * state is restored.
 */
public abstract class StateSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    /** A new serializer; it is asked for when Flink has made the snapshot by its constructor without arguments. */
    protected abstract StateSerializer<T> serializer();

    @Override
    public final int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public final void writeSnapshot(DataOutputView target) throws IOException {
        target.writeInt(serializer().newestForm());
    }

    @Override
    public final void readSnapshot(int version, DataInputView source, ClassLoader loader) throws IOException {
        if (version != VERSION) {
            throw new IOException("%s of version %d was written by a later release; this one reads version %d"
                    .formatted(getClass().getSimpleName(), version, VERSION));
        }
        int form = source.readInt();
        StateSerializer<T> today = serializer();
        if (form < 1 || form > today.newestForm()) {
            throw new IOException("%s in form %d was written by a later release; this one reads forms 1 to %d"
                    .formatted(today.type().getSimpleName(), form, today.newestForm()));
        }
    }

    @Override
    public final TypeSerializer<T> restoreSerializer() {
        return serializer();
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        if (old.getClass().equals(getClass())) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        return isOfSameRecord(old)
                ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                : TypeSerializerSchemaCompatibility.incompatible();
    }

    /** Flink's snapshot tells nobody whose it is, but its first words. */
    private boolean isOfSameRecord(TypeSerializerSnapshot<T> old) {
        if (!(old instanceof PojoSerializerSnapshot)) {
            return false;
        }
        try {
            DataOutputSerializer written = new DataOutputSerializer(4_096);
            old.writeSnapshot(written);
            String name = new DataInputDeserializer(written.getSharedBuffer(), 0, written.length()).readUTF();
            return name.equals(serializer().type().getName());
        } catch (IOException e) {
            throw new IllegalStateException("a snapshot of Flink's cannot be written to memory", e);
        }
    }
}
