package io.leadpulse.domain.deal;

/**
 * One stay in a stage, {@code [enteredMillis, leftMillis)}.
 *
 * @param stage the stage
 * @param enteredMillis event time of entering, epoch milliseconds
 * @param leftMillis event time of leaving, or {@link #OPEN} while it lasts
 */
public record Stay(String stage, long enteredMillis, long leftMillis) {

    /** Stands for "not left yet". */
    public static final long OPEN = Long.MAX_VALUE;

    /** Whether the stay lasts. */
    public boolean isOpen() {
        return leftMillis == OPEN;
    }
}
