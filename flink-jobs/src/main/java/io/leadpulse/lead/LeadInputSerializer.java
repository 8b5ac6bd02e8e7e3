package io.leadpulse.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.edge.EdgeSerializer;
import io.leadpulse.edge.EdgeType;
import io.leadpulse.edge.FactSerializer;
import io.leadpulse.edge.RawRecordSerializer;
import io.leadpulse.edge.Wire;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Messages to leads; deals as Flink writes them. */
public final class LeadInputSerializer extends EdgeSerializer<LeadInput> {
    private static final long serialVersionUID = 1;

    /** The type of these messages on edges. */
    public static final TypeInformation<LeadInput> TYPE = new EdgeType<>(LeadInput.class, LeadInputSerializer::new);

    private static final int FACT = 1;
    private static final int DEAL = 2;
    private static final int RECORD = 4;

    private final TypeSerializer<Deal> deals;

    LeadInputSerializer(SerializerConfig config) {
        this(TypeInformation.of(Deal.class).createSerializer(config));
    }

    private LeadInputSerializer(TypeSerializer<Deal> deals) {
        super(LeadInput.class);
        this.deals = deals;
    }

    @Override
    public TypeSerializer<LeadInput> duplicate() {
        return new LeadInputSerializer(deals.duplicate());
    }

    @Override
    public void serialize(LeadInput input, DataOutputView to) throws IOException {
        to.writeByte((input.fact() == null ? 0 : FACT)
                | (input.deal() == null ? 0 : DEAL)
                | (input.record() == null ? 0 : RECORD));
        Wire.text(input.lead(), to);
        to.writeInt(input.sign());
        if (input.fact() != null) {
            FactSerializer.INSTANCE.serialize(input.fact(), to);
        }
        if (input.deal() != null) {
            deals.serialize(input.deal(), to);
        }
        Wire.text(input.dealId(), to);
        if (input.record() != null) {
            RawRecordSerializer.INSTANCE.serialize(input.record(), to);
        }
        Wire.text(input.root(), to);
        Wire.text(input.into(), to);
        to.writeLong(input.mergedMillis());
    }

    @Override
    public LeadInput deserialize(DataInputView from) throws IOException {
        int has = from.readByte();
        // In the order in which they are written, which is that of the record's components.
        return new LeadInput(
                Wire.text(from),
                from.readInt(),
                (has & FACT) == 0 ? null : FactSerializer.INSTANCE.deserialize(from),
                (has & DEAL) == 0 ? null : deals.deserialize(from),
                Wire.text(from),
                (has & RECORD) == 0 ? null : RawRecordSerializer.INSTANCE.deserialize(from),
                Wire.text(from),
                Wire.text(from),
                from.readLong());
    }
}
