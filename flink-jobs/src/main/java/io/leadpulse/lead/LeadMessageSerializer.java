package io.leadpulse.lead;

import io.leadpulse.edge.EdgeSerializer;
import io.leadpulse.edge.EdgeType;
import io.leadpulse.edge.Wire;
import io.leadpulse.engine.ResultRecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Messages of leads: results, which nearly all are, in short; those about merges as Flink writes them. */
final class LeadMessageSerializer extends EdgeSerializer<LeadMessage> {
    private static final long serialVersionUID = 1;

    /** The type of these messages on edges. */
    static final TypeInformation<LeadMessage> TYPE = new EdgeType<>(LeadMessage.class, LeadMessageSerializer::new);

    /** Looked at once: Flink finds out what a class is made of by reflection. */
    private static final TypeInformation<LeadMessage> KNOWN_TO_FLINK = TypeInformation.of(LeadMessage.class);

    private final TypeSerializer<LeadMessage> merges;

    LeadMessageSerializer(SerializerConfig config) {
        this(KNOWN_TO_FLINK.createSerializer(config));
    }

    private LeadMessageSerializer(TypeSerializer<LeadMessage> merges) {
        super(LeadMessage.class);
        this.merges = merges;
    }

    @Override
    public TypeSerializer<LeadMessage> duplicate() {
        return new LeadMessageSerializer(merges.duplicate());
    }

    @Override
    public void serialize(LeadMessage message, DataOutputView to) throws IOException {
        to.writeBoolean(message.result() != null);
        if (message.result() == null) {
            merges.serialize(message, to);
        } else {
            Wire.text(message.lead(), to);
            ResultRecordSerializer.INSTANCE.serialize(message.result(), to);
        }
    }

    @Override
    public LeadMessage deserialize(DataInputView from) throws IOException {
        return from.readBoolean()
                ? LeadMessage.says(Wire.text(from), ResultRecordSerializer.INSTANCE.deserialize(from))
                : merges.deserialize(from);
    }
}
