package io.leadpulse.lead;

/**
 * When an open lead wakes although nothing happens to it: every 15 minutes of event time, so that its score is said as it
 * decays and new limits take effect.
 *
 * <p>While the engine works off history nobody watches the score decay, and thousands of leads that wake for every quarter
 * of an hour of a year would keep it from ever getting to the present. So no wake is planned for a time longer ago than
 * {@link #CATCHING_UP_MILLIS}; it comes when the engine's clock gets there.
 */
final class LiveWake {
    static final long EVERY_MILLIS = 15 * 60_000;

    /** More than any grace or out-of-orderness in which a live engine's clock is behind the wall's. */
    static final long CATCHING_UP_MILLIS = 2 * 3_600_000;

    private LiveWake() {}

    /**
     * The next wake.
     *
     * @param nowMillis event time, epoch milliseconds
     * @param wallMillis the wall's clock, epoch milliseconds
     */
    static long after(long nowMillis, long wallMillis) {
        return notBeforeThePresent(nowMillis + EVERY_MILLIS, wallMillis);
    }

    /** When to wake for something that only who watches would miss: at its time, or when the past has been worked off. */
    static long notBeforeThePresent(long timeMillis, long wallMillis) {
        return Math.max(timeMillis, wallMillis - CATCHING_UP_MILLIS);
    }
}
