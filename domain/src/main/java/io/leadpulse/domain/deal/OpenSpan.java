package io.leadpulse.domain.deal;

/**
 * A time in which a deal is open, {@code [fromMillis, untilMillis)}.
 *
 * @param fromMillis event time of the opening or reopening, epoch milliseconds
 * @param untilMillis event time at which it was won, lost or deleted, or {@link Stay#OPEN} while it is open
 */
public record OpenSpan(long fromMillis, long untilMillis) {

    /** Whether it is open at a time, epoch milliseconds. */
    public boolean contains(long atMillis) {
        return fromMillis <= atMillis && atMillis < untilMillis;
    }
}
