package io.leadpulse.bench.oracle;

/**
 * The life of an alert that a deal was longer in a stage than its limit, as of the end.
 *
 * @param owner the deal's owner when it was raised
 * @param raisedMillis when the limit was reached, epoch milliseconds
 * @param escalatedMillis when 1.5 times the limit was reached, epoch milliseconds; null if it was not
 * @param leftMillis when the deal left the stage, epoch milliseconds; null if it has not
 */
public record StuckAlert(String owner, long raisedMillis, Long escalatedMillis, Long leftMillis) {}
