package io.leadpulse.domain.contact;

import io.leadpulse.domain.event.EventKind;

/**
 * A time in which the lead waits for our answer; messages that follow while it waits belong to the same one.
 *
 * @param kind kind of the first unanswered message
 * @param sinceMillis its event time
 * @param endedMillis when it was answered, or the lead was disqualified or rejected;
 *     {@link #WAITING} while it waits
 */
public record OwedReply(EventKind kind, long sinceMillis, long endedMillis) {

    /** Stands for "not answered yet". */
    public static final long WAITING = Long.MAX_VALUE;

    /** Whether the lead still waits. */
    public boolean isWaiting() {
        return endedMillis == WAITING;
    }
}
