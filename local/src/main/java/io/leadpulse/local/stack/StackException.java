package io.leadpulse.local.stack;

/** The stack cannot start or go on; the message is for the person who started it and names what to do or to read. */
public final class StackException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message of one line, and further lines only for the end of a log. */
    public StackException(String message) {
        super(message);
    }

    /** With the reason of the environment. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
