package io.leadpulse.bench.drain;

/** An engine's final results are not the oracle's: none of its numbers counts. */
public final class WrongResultsException extends Exception {
    private static final long serialVersionUID = 1;

    WrongResultsException(String message) {
        super(message);
    }
}
