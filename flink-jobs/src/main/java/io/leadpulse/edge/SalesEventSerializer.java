package io.leadpulse.edge;

import io.leadpulse.schemas.event.SalesEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Decoded events with their records. */
final class SalesEventSerializer extends EdgeSerializer<SalesEvent> {
    private static final long serialVersionUID = 1;
    static final SalesEventSerializer INSTANCE = new SalesEventSerializer();

    private SalesEventSerializer() {
        super(SalesEvent.class);
    }

    @Override
    public void serialize(SalesEvent event, DataOutputView to) throws IOException {
        to.writeLong(event.id());
        Wire.text(event.event(), to);
        Kinds.kind(event.kind(), to);
        to.writeLong(event.timeMillis());
        to.writeLong(event.version());
        to.writeLong(event.contentHash());
        Wire.text(event.lead(), to);
        Wire.text(event.anonymousId(), to);
        Wire.text(event.deal(), to);
        Wire.text(event.subject(), to);
        Wire.text(event.actor(), to);
        Wire.text(event.owner(), to);
        Wire.text(event.stage(), to);
        Wire.text(event.status(), to);
        Wire.text(event.reason(), to);
        Wire.text(event.competitor(), to);
        Wire.number(event.amountMinor(), to);
        Wire.text(event.currency(), to);
        Wire.text(event.product(), to);
        Wire.number(event.expectedCloseEpochDay(), to);
        Wire.number(event.runUntilEpochDay(), to);
        Wire.text(event.asset(), to);
        Wire.text(event.campaign(), to);
        Wire.text(event.channel(), to);
        Kinds.direction(event.direction(), to);
        to.writeBoolean(event.automatic());
        to.writeBoolean(event.cold());
        to.writeBoolean(event.connected());
        to.writeInt(event.seconds());
        to.writeLong(event.dueMillis());
        Wire.text(event.alert(), to);
        Wire.texts(event.attributes(), to);
        Wire.text(event.template(), to);
        RawRecordSerializer.INSTANCE.serialize(event.record(), to);
    }

    @Override
    public SalesEvent deserialize(DataInputView from) throws IOException {
        // In the order in which they are written, which is that of the record's components.
        return new SalesEvent(
                from.readLong(),
                Wire.text(from),
                Kinds.kind(from),
                from.readLong(),
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
                Wire.text(from),
                Wire.text(from),
                Wire.number(from),
                Wire.text(from),
                Wire.text(from),
                Wire.number(from),
                Wire.number(from),
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
                Wire.text(from),
                RawRecordSerializer.INSTANCE.deserialize(from));
    }
}
