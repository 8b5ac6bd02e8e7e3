package io.leadpulse.bench.latency;

import org.HdrHistogram.Histogram;

/**
 * How long probes took, or by how much sending was late, at one rate.
 *
 * @param engine letter of the engine
 * @param title what the engine is, and what ran beside it
 * @param perSecond records a second
 * @param percent of how much of the rate that it sustains this is so much, per cent; 0 if the rate was given
 * @param what what is measured
 * @param micros microseconds
 */
record Latency(String engine, String title, int perSecond, int percent, What what, Histogram micros) {
    /** Between which two moments. */
    enum What {
        SCORE_COMMITTED("score, committed"),
        SUM_COMMITTED("sum of the day, committed"),
        SCORE_WRITTEN("score, not yet committed"),
        SUM_WRITTEN("sum of the day, not yet committed"),
        SUM_ON_METRICS("sum of the day, on /metrics, committed or not yet"),
        SUM_COMMITTED_ON_METRICS("sum of the day, on /metrics, committed"),
        CHECKPOINT("(checkpoints, from begin to end)"),
        SENDING("(late in sending, warm-up too)");

        private final String words;

        What(String words) {
            this.words = words;
        }

        boolean isOnMetrics() {
            return this == SUM_ON_METRICS || this == SUM_COMMITTED_ON_METRICS;
        }

        String words() {
            return words;
        }
    }
}
