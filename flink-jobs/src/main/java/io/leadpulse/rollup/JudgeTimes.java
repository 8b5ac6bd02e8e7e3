package io.leadpulse.rollup;

/**
 * When a scope is judged next; epoch milliseconds of event time.
 *
 * @param changedMillis the watermark at the first change that was not judged; {@link #NONE} when there is none. Of a channel
 *     the first instant that was not judged, or of which something has changed since
 * @param dueMillis when what has changed is judged; {@link #NONE} when nothing has
 * @param checkMillis the next time at which the pace is looked at whatever changes; {@link #NONE} when there is none
 */
public record JudgeTimes(long changedMillis, long dueMillis, long checkMillis) {
    static final long NONE = Long.MAX_VALUE;

    static final JudgeTimes NEVER = new JudgeTimes(NONE, NONE, NONE);
}
