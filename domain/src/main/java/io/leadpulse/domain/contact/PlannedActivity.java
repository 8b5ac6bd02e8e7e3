package io.leadpulse.domain.contact;

import io.leadpulse.domain.event.EventKind;

/**
 * A task or meeting that was planned. A new plan for the same task or meeting ends the one before.
 *
 * @param asset the task's or meeting's id; null when none was named
 * @param kind by which kind of record it was planned
 * @param plannedMillis when it was planned, event time
 * @param dueMillis when it was to take place
 * @param endedMillis when it was done, declined, cancelled, missed or planned anew; {@link #STANDS} while none of these
 */
public record PlannedActivity(String asset, EventKind kind, long plannedMillis, long dueMillis, long endedMillis) {

    /** Stands for "not ended". */
    public static final long STANDS = Long.MAX_VALUE;

    /** Whether it is still to be done, overdue or not. */
    public boolean stands() {
        return endedMillis == STANDS;
    }

    /** When it stops being planned: at its end, at the latest when it is due; overdue is no longer planned. */
    public long plannedUntilMillis() {
        return Math.min(dueMillis, endedMillis);
    }
}
