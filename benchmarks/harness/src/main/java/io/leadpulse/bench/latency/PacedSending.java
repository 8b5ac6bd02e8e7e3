package io.leadpulse.bench.latency;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends what a schedule says when it says so. What comes too late is sent at once, and moves nothing that comes after it: it was to be
 * sent when it was, and its time counts from then.
 */
final class PacedSending {
    private PacedSending() {}

    /** Sends one. */
    interface Sender {
        /**
         * Sends it.
         *
         * @param atNanos when it was to be sent, nanoseconds after the beginning
         * @param probe its number among the schedule's probes, or {@link Schedule#NO_PROBE}
         */
        void send(long atNanos, int probe);
    }

    /**
     * Returns when all is sent.
     *
     * @param beginNanos when the schedule begins, by the ticker
     * @param lateness gets by how much each was sent too late, microseconds
     */
    static void run(Schedule schedule, Ticker ticker, long beginNanos, Sender sender, Histogram lateness)
            throws InterruptedException {
        while (schedule.advance()) {
            long dueNanos = beginNanos + schedule.atNanos();
            ticker.awaitUntil(dueNanos);
            sender.send(schedule.atNanos(), schedule.probe());
            lateness.recordValue(TimeUnit.NANOSECONDS.toMicros(ticker.nanoTime() - dueNanos));
        }
    }
}
