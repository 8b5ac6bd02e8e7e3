package io.leadpulse.local.imports;

/** The whole input cannot be used (a file or column is missing); its message is one line that names what and where. */
public final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableInputException(String message) {
        super(message);
    }
}
