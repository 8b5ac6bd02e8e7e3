package io.leadpulse.local.imports;

/**
 * The whole input cannot be used (a file or column is missing, a mapping is wrong); each line of its message names one
 * problem and where it is.
 */
public final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableInputException(String message) {
        super(message);
    }
}
