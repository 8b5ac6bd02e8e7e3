package io.leadpulse.bench.drain;

/** An engine's final results are not the oracle's: none of its numbers counts. */
public final class WrongResultsException extends Exception {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public WrongResultsException(String message) {
        super(message);
    }
}
