package io.leadpulse.oracle;

import java.time.Instant;
import java.time.OffsetDateTime;

/** Times on the wire. */
final class OracleTime {
    private OracleTime() {}

    /** Epoch milliseconds of an RFC 3339 time with offset; finer digits are cut. */
    static long millis(String rfc3339) {
        return OffsetDateTime.parse(rfc3339).toInstant().toEpochMilli();
    }

    /** Readable, for keys. */
    static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
