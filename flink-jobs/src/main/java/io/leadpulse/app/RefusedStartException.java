package io.leadpulse.app;

/** The job does not start, because that could lose or double something; the message says why and what to do. */
public final class RefusedStartException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedStartException(String message) {
        super(message);
    }
}
