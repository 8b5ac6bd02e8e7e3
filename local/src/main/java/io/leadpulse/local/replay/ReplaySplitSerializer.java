package io.leadpulse.local.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A split as bytes. No bytes at all stand for "no split left to give". */
final class ReplaySplitSerializer implements SimpleVersionedSerializer<ReplaySplit> {
    private static final int VERSION = 1;
    private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ReplaySplit split) {
        return ByteBuffer.allocate(BYTES)
                .putInt(split.file())
                .putLong(split.offset())
                .putLong(split.lineNumber())
                .array();
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION || serialized.length != BYTES) {
            throw new IOException(
                    "cannot read a replay position of version %d and %d bytes; known: version %d, %d bytes"
                            .formatted(version, serialized.length, VERSION, BYTES));
        }
        ByteBuffer buffer = ByteBuffer.wrap(serialized);
        return new ReplaySplit(buffer.getInt(), buffer.getLong(), buffer.getLong());
    }
}
