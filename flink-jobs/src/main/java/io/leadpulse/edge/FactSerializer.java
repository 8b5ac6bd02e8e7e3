package io.leadpulse.edge;

import io.leadpulse.domain.event.Fact;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Facts. */
public final class FactSerializer extends EdgeSerializer<Fact> {
    private static final long serialVersionUID = 1;
    public static final FactSerializer INSTANCE = new FactSerializer();

    private FactSerializer() {
        super(Fact.class);
    }

    @Override
    public void serialize(Fact fact, DataOutputView to) throws IOException {
        to.writeLong(fact.id());
        Wire.text(fact.event(), to);
        to.writeLong(fact.timeMillis());
        Kinds.kind(fact.kind(), to);
        to.writeLong(fact.version());
        to.writeLong(fact.contentHash());
        Wire.text(fact.asset(), to);
        Wire.text(fact.actor(), to);
        Wire.text(fact.owner(), to);
        Wire.text(fact.status(), to);
        Wire.text(fact.reason(), to);
        Wire.text(fact.product(), to);
        Wire.text(fact.campaign(), to);
        Wire.text(fact.channel(), to);
        Kinds.direction(fact.direction(), to);
        to.writeBoolean(fact.automatic());
        to.writeBoolean(fact.cold());
        to.writeBoolean(fact.connected());
        to.writeInt(fact.seconds());
        to.writeLong(fact.dueMillis());
        Wire.text(fact.alert(), to);
        Wire.texts(fact.attributes(), to);
        Wire.text(fact.template(), to);
    }

    @Override
    public Fact deserialize(DataInputView from) throws IOException {
        // In the order in which they are written, which is that of the record's components.
        return new Fact(
                from.readLong(),
                Wire.text(from),
                from.readLong(),
                Kinds.kind(from),
                from.readLong(),
                from.readLong(),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Wire.text(from),
                Kinds.direction(from),
                from.readBoolean(),
                from.readBoolean(),
                from.readBoolean(),
                from.readInt(),
                from.readLong(),
                Wire.text(from),
                Wire.texts(from),
                Wire.text(from));
    }
}
