package io.leadpulse.local.cli;

/** What the process says when it ends. */
public final class ExitCode {
    public static final int OK = 0;

    /** Something broke while running. */
    public static final int FAILED = 1;

    /** The arguments or the input cannot be used; the message says which and why. */
    public static final int UNUSABLE = 2;

    /** Nobody reads the output any more: 128 + SIGPIPE, what a shell reports for it. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
