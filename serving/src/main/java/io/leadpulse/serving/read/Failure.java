package io.leadpulse.serving.read;

import java.sql.SQLException;

/**
 * Says what went wrong without what it was about: messages of exceptions may quote a record, and with it a lead's id or
 * address, which have no place in a log.
 */
public final class Failure {
    private static final String OURS = "io.leadpulse.";

    private Failure() {}

    /** Classes of the exception and its causes, state of the database if one said it, and where of our code it was. */
    public static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            text.append(text.isEmpty() ? "" : " <- ").append(each.getClass().getName());
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                text.append(" [").append(sql.getSQLState()).append(']');
            }
            StackTraceElement ours = firstOfOurs(each);
            if (ours != null) {
                text.append(" at ").append(ours);
            }
        }
        return text.toString();
    }

    private static StackTraceElement firstOfOurs(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                return frame;
            }
        }
        return null;
    }
}
