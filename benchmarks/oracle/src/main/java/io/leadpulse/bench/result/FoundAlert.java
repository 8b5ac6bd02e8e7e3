package io.leadpulse.bench.result;

/**
 * The life of an alert as an engine tells it.
 *
 * @param owner whose it was when raised; null for nobody's
 * @param raisedMillis epoch milliseconds
 * @param escalatedMillis epoch milliseconds; null if it was not
 * @param leftMillis when its cause ended, epoch milliseconds; null if it has not
 */
public record FoundAlert(String owner, long raisedMillis, Long escalatedMillis, Long leftMillis) {}
