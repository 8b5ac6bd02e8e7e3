package io.leadpulse.bench.growth;

import java.util.List;

/**
 * What came of killing an engine, with results that were the oracle's in the end.
 *
 * @param engine its letter
 * @param events records that it read
 * @param kills how often it was killed, each time with results written and not yet committed
 * @param committedRecords records of results that can be read
 * @param abortedRecords records that it had written and that nobody will read
 * @param firstResultMillis after each start but the first, from the word to begin until something new could be read
 * @param wallMillis from the first word to begin until all results were right
 */
record Killed(
        String engine,
        long events,
        int kills,
        long committedRecords,
        long abortedRecords,
        List<Long> firstResultMillis,
        long wallMillis) {
    /** Whether it shows anything: without records that were taken back no promise was put to the test. */
    boolean isProof() {
        return kills > 0 && abortedRecords > 0;
    }
}
