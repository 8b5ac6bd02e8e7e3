package io.leadpulse.bench.drain;

/**
 * One measured run of an engine over all events, with results that were the oracle's.
 *
 * @param engine letter of the engine
 * @param events records that it read
 * @param cpuNanos processor time of its process, from the word to begin until all results were right
 * @param wallNanos the same by the clock
 * @param resultRecords committed records that it wrote until then
 */
public record Drain(String engine, long events, long cpuNanos, long wallNanos, long resultRecords) {
    private static final double NANOS = 1e9;

    /** Events per second of its processor time. */
    public double eventsPerCpuSecond() {
        return events / (cpuNanos / NANOS);
    }

    /** Events per second by the clock. */
    public double eventsPerSecond() {
        return events / (wallNanos / NANOS);
    }
}
