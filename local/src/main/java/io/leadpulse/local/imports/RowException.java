package io.leadpulse.local.imports;

/** This row cannot become events; the import goes on with the next one. */
final class RowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RowReason reason;

    RowException(RowReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    RowReason reason() {
        return reason;
    }
}
