package io.leadpulse.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, everything meant for people to {@code err}.
 *
 * @param out standard output; raw, because {@link System#out} would swallow a broken pipe
 * @param err standard error
 * @param interactive whether a person watches standard error, so that a progress bar makes sense
 */
public record Console(OutputStream out, PrintStream err, boolean interactive) {
    /** Set by the launcher: Java 17 cannot tell whether standard error is a terminal while output goes to a file. */
    static final String INTERACTIVE_PROPERTY = "leadpulse.terminal";

    /** The streams of this process. */
    static Console ofProcess() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean(INTERACTIVE_PROPERTY));
    }
}
