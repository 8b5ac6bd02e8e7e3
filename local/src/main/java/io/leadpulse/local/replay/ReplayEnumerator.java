package io.leadpulse.local.replay;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Gives the one split to the one reader. Its checkpoint is whether the split is still to be given. */
final class ReplayEnumerator implements SplitEnumerator<ReplaySplit, Boolean> {
    private final SplitEnumeratorContext<ReplaySplit> context;
    private ReplaySplit toGive;

    ReplayEnumerator(SplitEnumeratorContext<ReplaySplit> context, boolean given) {
        this.context = context;
        this.toGive = given ? null : ReplaySplit.BEGINNING;
    }

    @Override
    public void start() {
        // Nothing to discover.
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        // Splits are given when a reader registers; readers do not ask.
    }

    @Override
    public void addReader(int subtask) {
        if (toGive != null) {
            context.assignSplit(toGive, subtask);
            toGive = null;
        }
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<ReplaySplit> splits, int subtask) {
        for (ReplaySplit split : splits) {
            toGive = split;
        }
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
        return toGive == null;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /** The checkpoint as one byte. */
    static final class Serializer implements SimpleVersionedSerializer<Boolean> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean given) {
            return new byte[] {(byte) (given ? 1 : 0)};
        }

        @Override
        public Boolean deserialize(int version, byte[] serialized) throws IOException {
            if (version != 1 || serialized.length != 1) {
                throw new IOException("cannot read a replay enumerator of version " + version + "; known: 1");
            }
            return serialized[0] == 1;
        }
    }
}
