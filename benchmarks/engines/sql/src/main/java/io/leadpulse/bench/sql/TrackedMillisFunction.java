package io.leadpulse.bench.sql;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code TRACKED_MILLIS(original, sent, received, timestamp)}: when something happened on a device, whose clock is corrected where the
 * tracker says when it sent; null if a time that is needed is none.
 */
public final class TrackedMillisFunction extends ScalarFunction {
    private static final long serialVersionUID = 1;

    /** Called by Flink. */
    public Long eval(String original, String sent, String received, String timestamp) {
        if (original == null || sent == null || received == null) {
            return InstantMillisFunction.millis(timestamp);
        }
        Long originalMillis = InstantMillisFunction.millis(original);
        Long sentMillis = InstantMillisFunction.millis(sent);
        Long receivedMillis = InstantMillisFunction.millis(received);
        return originalMillis == null || sentMillis == null || receivedMillis == null
                ? null
                : (Long) (receivedMillis - (sentMillis - originalMillis));
    }
}
