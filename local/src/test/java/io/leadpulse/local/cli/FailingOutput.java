package io.leadpulse.local.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output that takes nothing, as on a full disk or when nobody reads it. */
final class FailingOutput extends OutputStream {
    private final String reason;

    private FailingOutput(String reason) {
        this.reason = reason;
    }

    static FailingOutput saying(String reason) {
        return new FailingOutput(reason);
    }

    @Override
    public void write(int next) throws IOException {
        throw new IOException(reason);
    }
}
