package io.leadpulse.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/**
 * A record on an edge, as Flink knows it, with a serializer of ours: Flink's reads every field by reflection, and every number as an
 * object. Not for state, whose bytes outlive the job.
 */
public final class EdgeType<T> extends PojoTypeInfo<T> {
    private static final long serialVersionUID = 1;

    private final SerializerOf<T> serializer;

    /** The type, with what makes its serializer. */
    public EdgeType(Class<T> type, SerializerOf<T> serializer) {
        super(type, fields((PojoTypeInfo<T>) TypeInformation.of(type)));
        this.serializer = serializer;
    }

    private static <T> List<PojoField> fields(PojoTypeInfo<T> known) {
        List<PojoField> fields = new ArrayList<>();
        for (int i = 0; i < known.getArity(); i++) {
            fields.add(known.getPojoFieldAt(i));
        }
        return fields;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.apply(config);
    }

    /** Makes a serializer. */
    public interface SerializerOf<T> extends Function<SerializerConfig, TypeSerializer<T>>, java.io.Serializable {}
}
