package io.leadpulse.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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

    /** Writes results to standard output, and returns the {@link ExitCode} of whether it took them. */
    int print(String results) {
        try {
            out.write(results.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return ExitCode.OK;
        } catch (IOException e) {
            return cannotWrite(e);
        }
    }

    /** The {@link ExitCode} when standard output takes no more; says why, unless it is only that nobody reads it. */
    int cannotWrite(IOException failure) {
        if ("Broken pipe".equals(failure.getMessage())) {
            return ExitCode.BROKEN_PIPE;
        }
        err.println("leadpulse: cannot write: " + failure.getMessage());
        return ExitCode.FAILED;
    }
}
