package io.leadpulse.local.replay;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a file line by line as bytes, knowing where each line begins. A line that is longer than
 * {@link #MAX_LINE_BYTES} is cut there, so that a file without line ends cannot exhaust memory. A byte order
 * mark at the beginning is skipped.
 */
final class LineReader implements Closeable {
    /** Well above the largest value that decoding accepts, so that a cut line is refused for its size. */
    static final int MAX_LINE_BYTES = 8 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** The byte order mark of UTF-8, which some programs write before the first line. */
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final int maxLineBytes;
    private final FileChannel channel;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;
    private long position;

    /** Opens a file and stands at {@code offset}, which must be the beginning of a line; cuts long lines. */
    LineReader(Path file, long offset) throws IOException {
        this(file, offset, MAX_LINE_BYTES);
    }

    private LineReader(Path file, long offset, int maxLineBytes) throws IOException {
        this.maxLineBytes = maxLineBytes;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        in = Channels.newInputStream(channel);
        position = offset;
        if (offset == 0
                && fill()
                && limit >= MARK.length
                && Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length)) {
            advance(MARK.length);
        }
    }

    /** Opens a file of our own, whose lines are never cut: a dead letter is longer than the line that it keeps. */
    static LineReader ofOurs(Path file) throws IOException {
        return new LineReader(file, 0, Integer.MAX_VALUE);
    }

    /** Where the next line begins, in bytes from the beginning of the file. */
    long position() {
        return position;
    }

    /** The next line without its end, or null at the end of the file. */
    byte[] next() throws IOException {
        if (!fill()) {
            return null;
        }
        ByteArrayOutputStream line = null;
        while (true) {
            int end = endOfLine();
            boolean found = end < limit;
            if (line == null && found) {
                byte[] whole = new byte[end - at];
                System.arraycopy(buffer, at, whole, 0, whole.length);
                advance(end + 1);
                return whole;
            }
            if (line == null) {
                line = new ByteArrayOutputStream(2 * BUFFER_BYTES);
            }
            line.write(buffer, at, Math.min(end - at, maxLineBytes - line.size()));
            advance(found ? end + 1 : end);
            if (found || !fill()) {
                return line.toByteArray();
            }
        }
    }

    /**
     * What decoding makes of a line of a replay file; one that was cut is too large, and keeps what was read of it.
     *
     * @param file index of the file among those of the replay
     */
    static Decoded decode(Path path, int file, long lineNumber, byte[] line, EventDecoder decoder) {
        String name = path.getFileName().toString();
        if (line.length >= MAX_LINE_BYTES) {
            RawRecord kept = new RawRecord(name, file, lineNumber, Fact.NO_TIME, null, line, List.of());
            String message = "the line has " + MAX_LINE_BYTES + " bytes or more, of which only these are kept";
            return Decoded.of(new DeadLetter(kept, Reason.TOO_LARGE, message));
        }
        return ReplayLine.read(name, file, lineNumber, line).decode(decoder);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int endOfLine() {
        byte[] bytes = buffer;
        int last = limit;
        int end = at;
        while (end < last && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private void advance(int to) {
        position += to - at;
        at = to;
    }

    private boolean fill() throws IOException {
        if (at < limit) {
            return true;
        }
        at = 0;
        limit = Math.max(in.read(buffer), 0);
        return limit > 0;
    }
}
