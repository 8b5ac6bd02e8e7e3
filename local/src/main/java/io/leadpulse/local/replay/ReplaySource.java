package io.leadpulse.local.replay;

import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.event.Decoded;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The files of a replay as a bounded source: bytes in, decoded records out, in the order given, by one reader. It goes
 * on at the line where its checkpoint stood.
 */
final class ReplaySource implements Source<Decoded, ReplaySplit, Boolean> {
    private static final long serialVersionUID = 1;

    private final List<String> files;
    private final EngineSettings settings;
    private final String progress;

    /**
     * Reads these files.
     *
     * @param progress name of the {@link ReplayProgress} to tell
     */
    ReplaySource(List<String> files, EngineSettings settings, String progress) {
        this.files = List.copyOf(files);
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Decoded, ReplaySplit> createReader(SourceReaderContext context) {
        return new ReplayReader(
                files.stream().map(Path::of).toList(),
                EngineContext.of(settings).decoder(),
                ReplayProgress.listener(progress));
    }

    @Override
    public SplitEnumerator<ReplaySplit, Boolean> createEnumerator(SplitEnumeratorContext<ReplaySplit> context) {
        return new ReplayEnumerator(context, false);
    }

    @Override
    public SplitEnumerator<ReplaySplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<ReplaySplit> context, Boolean given) {
        return new ReplayEnumerator(context, given);
    }

    @Override
    public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
        return new ReplaySplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new ReplayEnumerator.Serializer();
    }
}
