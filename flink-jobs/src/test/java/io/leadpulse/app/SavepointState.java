package io.leadpulse.app;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * One state of one operator, as it lies in a savepoint.
 *
 * @param operator uid of the operator
 * @param name the state's name
 * @param kind how it is kept, such as {@code VALUE}, {@code MAP}, {@code BROADCAST}
 * @param snapshot how its values are written; a map or broadcast state is one of maps
 * @param values some of its values, each as it would be written; empty when it holds nothing
 */
record SavepointState(
        String operator, String name, String kind, TypeSerializerSnapshot<Object> snapshot, List<byte[]> values) {

    /** Kind of the states that are timers. */
    static final String TIMERS = "TIMERS";

    /** Names it among all states; usable as a file's name. */
    String id() {
        return operator.replaceAll("[^A-Za-z0-9]+", "-") + '.' + name.replace('/', '-');
    }

    /** Whether its values are ours, rather than those of Flink's timers and connectors. */
    boolean isReadable() {
        return !kind.equals(TIMERS)
                && !snapshot.restoreSerializer().getClass().equals(BytePrimitiveArraySerializer.class);
    }

    /** The longest value, in which most is said; null when it holds nothing. */
    byte[] longest() {
        byte[] longest = null;
        for (byte[] each : values) {
            if (longest == null || each.length > longest.length) {
                longest = each;
            }
        }
        return longest;
    }

    /** A value as it would be written. */
    static byte[] write(TypeSerializer<Object> serializer, Object value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    /** What was written. */
    static Object read(TypeSerializer<Object> serializer, byte[] value) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(value));
    }
}
