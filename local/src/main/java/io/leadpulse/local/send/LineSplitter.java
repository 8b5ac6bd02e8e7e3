package io.leadpulse.local.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Splits a stream of bytes into lines, as bytes, because a line may hold any. */
final class LineSplitter {
    /** What Kafka would not take is not kept in memory; longer lines are cut there, and so are no records. */
    private static final int MAX_LINE_BYTES = 8 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;

    LineSplitter(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; null at the end. */
    byte[] next() throws IOException {
        if (!fill()) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (fill()) {
            int end = at;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, Math.min(end - at, MAX_LINE_BYTES - line.size()));
            at = Math.min(end + 1, limit);
            if (end < limit) {
                break;
            }
        }
        return line.toByteArray();
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
