package io.leadpulse.schemas.event;

/**
 * Ends the decoding of one record inside this package; becomes a {@link DeadLetter} and never leaves the decoder. It
 * has no stack trace, because poison data is an expected input and may come in floods.
 */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
