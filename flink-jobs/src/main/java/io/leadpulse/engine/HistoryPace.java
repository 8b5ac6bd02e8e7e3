package io.leadpulse.engine;

/**
 * How often a live engine says what follows from history that it works off: less often than from what happens now, since
 * nobody watches a value of the past change, and saying one costs more than computing it. What is said in the end is the
 * same. A correction of the past, or what a CRM tells late, is no such history: only what comes in numbers is.
 *
 * <p>By the machine's clock; one for each subtask, not kept over a restart.
 */
public final class HistoryPace {
    /** What happened so long ago is of the past; what a CRM or a browser says with some delay is not. */
    public static final long PAST_MILLIS = 3_600_000;

    /** Sums of a scope are said once in this time, and before every barrier. */
    public static final long SUMS_MILLIS = 10_000;

    /** Changes of sums are added up for so long before they are passed on to them. */
    public static final long COMBINE_MILLIS = 200;

    /**
     * What comes in of a lead or visitor is gathered for so long before it is read, or until a barrier. Nobody can read before
     * the checkpoint what follows from it: this is for checkpoints that take their time.
     */
    public static final long GATHER_MILLIS = 10_000;

    /** More of the past than this in a second, in this one or in the last, is history that is being worked off. */
    static final int MANY = 20;

    private static final long SECOND_MILLIS = 1_000;

    private long second = Long.MIN_VALUE;
    private int before;
    private int now;

    /**
     * Whether an input is part of history that is being worked off. Must be asked once for each.
     *
     * @param timeMillis when it happened, epoch milliseconds
     * @param wallMillis the machine's clock, epoch milliseconds
     */
    public boolean isHistory(long timeMillis, long wallMillis) {
        if (timeMillis >= wallMillis - PAST_MILLIS) {
            return false;
        }
        long wallSecond = Math.floorDiv(wallMillis, SECOND_MILLIS);
        if (wallSecond != second) {
            before = wallSecond == second + 1 ? now : 0;
            now = 0;
            second = wallSecond;
        }
        now++;
        return now > MANY || before > MANY;
    }
}
