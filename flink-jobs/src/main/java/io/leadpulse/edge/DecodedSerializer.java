package io.leadpulse.edge;

import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Decoded records; dead letters, of which there are few, as Flink writes them. */
final class DecodedSerializer extends EdgeSerializer<Decoded> {
    private static final long serialVersionUID = 1;
    private static final int NOTHING = 0;
    private static final int EVENT = 1;
    private static final int DEAD_LETTER = 2;

    private final TypeSerializer<DeadLetter> deadLetters;

    DecodedSerializer(SerializerConfig config) {
        this(TypeInformation.of(DeadLetter.class).createSerializer(config));
    }

    private DecodedSerializer(TypeSerializer<DeadLetter> deadLetters) {
        super(Decoded.class);
        this.deadLetters = deadLetters;
    }

    @Override
    public TypeSerializer<Decoded> duplicate() {
        return new DecodedSerializer(deadLetters.duplicate());
    }

    @Override
    public void serialize(Decoded decoded, DataOutputView to) throws IOException {
        if (decoded.event() != null) {
            to.writeByte(EVENT);
            SalesEventSerializer.INSTANCE.serialize(decoded.event(), to);
        } else if (decoded.deadLetter() != null) {
            to.writeByte(DEAD_LETTER);
            deadLetters.serialize(decoded.deadLetter(), to);
        } else {
            to.writeByte(NOTHING);
        }
    }

    @Override
    public Decoded deserialize(DataInputView from) throws IOException {
        return switch (from.readByte()) {
            case EVENT -> Decoded.of(SalesEventSerializer.INSTANCE.deserialize(from));
            case DEAD_LETTER -> Decoded.of(deadLetters.deserialize(from));
            default -> Decoded.CONFIGURATION;
        };
    }
}
