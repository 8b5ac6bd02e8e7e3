package io.leadpulse.local.replay;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Reads the files line by line and decodes every line. Its checkpoint is the position of the next line. */
final class ReplayReader implements SourceReader<Decoded, ReplaySplit> {
    private final List<Path> files;
    private final EventDecoder decoder;
    private final LongConsumer progress;
    private final CompletableFuture<Void> available = new CompletableFuture<>();

    private boolean noMoreSplits;
    private boolean hasSplit;
    private int file;
    private long startOffset;
    private long lineNumber;
    private LineReader lines;

    ReplayReader(List<Path> files, EventDecoder decoder, LongConsumer progress) {
        this.files = files;
        this.decoder = decoder;
        this.progress = progress;
    }

    @Override
    public void start() {
        // The enumerator gives the split when the reader registers.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Decoded> output) throws IOException {
        if (!hasSplit) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (file >= files.size()) {
            return InputStatus.END_OF_INPUT;
        }
        if (lines == null) {
            lines = new LineReader(files.get(file), startOffset);
        }
        byte[] line = lines.next();
        if (line == null) {
            nextFile();
        } else {
            emit(line, output);
            lineNumber++;
            progress.accept(line.length + 1L);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void emit(byte[] line, ReaderOutput<Decoded> output) {
        Decoded decoded = LineReader.decode(files.get(file), file, lineNumber, line, decoder);
        long timeMillis =
                decoded.event() == null ? Fact.NO_TIME : decoded.event().timeMillis();
        output.collect(decoded, timeMillis);
    }

    private void nextFile() throws IOException {
        lines.close();
        lines = null;
        file++;
        startOffset = 0;
        lineNumber = 1;
    }

    @Override
    public List<ReplaySplit> snapshotState(long checkpointId) {
        return hasSplit
                ? List.of(new ReplaySplit(file, lines == null ? startOffset : lines.position(), lineNumber))
                : List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return hasSplit ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<ReplaySplit> splits) {
        for (ReplaySplit split : splits) {
            hasSplit = true;
            file = split.file();
            startOffset = split.offset();
            lineNumber = split.lineNumber();
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
