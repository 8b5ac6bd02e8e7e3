package io.leadpulse.edge;

import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records as they arrived. */
public final class RawRecordSerializer extends EdgeSerializer<RawRecord> {
    private static final long serialVersionUID = 1;
    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    private RawRecordSerializer() {
        super(RawRecord.class);
    }

    @Override
    public void serialize(RawRecord record, DataOutputView to) throws IOException {
        Wire.text(record.topic(), to);
        to.writeInt(record.partition());
        to.writeLong(record.offset());
        to.writeLong(record.timestampMillis());
        Wire.bytes(record.key(), to);
        Wire.bytes(record.value(), to);
        to.writeInt(record.headers().size());
        for (RawHeader header : record.headers()) {
            Wire.text(header.name(), to);
            Wire.bytes(header.value(), to);
        }
        Wire.text(record.line(), to);
    }

    @Override
    public RawRecord deserialize(DataInputView from) throws IOException {
        return new RawRecord(
                Wire.text(from),
                from.readInt(),
                from.readLong(),
                from.readLong(),
                Wire.bytes(from),
                Wire.bytes(from),
                headers(from),
                Wire.text(from));
    }

    private static List<RawHeader> headers(DataInputView from) throws IOException {
        int size = from.readInt();
        if (size == 0) {
            return List.of();
        }
        List<RawHeader> headers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            headers.add(new RawHeader(Wire.text(from), Wire.bytes(from)));
        }
        return headers;
    }
}
