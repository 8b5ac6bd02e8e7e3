package io.leadpulse.serving.store;

import java.sql.SQLException;

/** The database did not do what it was asked; the cause says why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreException(String message, SQLException cause) {
        super(message, cause);
    }
}
