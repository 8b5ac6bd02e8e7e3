package io.leadpulse.bench.sql;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code INSTANT_MILLIS(text)}: an RFC 3339 time with any offset, which SQL cannot read, as epoch milliseconds; null if it is none. */
public final class InstantMillisFunction extends ScalarFunction {
    private static final long serialVersionUID = 1;

    /** Called by Flink. */
    public Long eval(String text) {
        return millis(text);
    }

    static Long millis(String text) {
        try {
            return text == null
                    ? null
                    : (Long) OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
