package io.leadpulse.serving.alert;

/** The log of what was sent cannot be reached. */
public class SentLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was tried, and why it failed. */
    public SentLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
