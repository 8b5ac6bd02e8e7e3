package io.leadpulse.schemas.result;

/**
 * One sum ({@code sales.rollups.v1}, key: scope, measure, dimension, pane). A sum that becomes 0 is written as 0.
 *
 * @param scope whose number it is: {@code company}, {@code team:north}, {@code rep:17}
 * @param measure what is summed, such as {@code won_amount}
 * @param dimension what it is divided by (a stage, a reason, a bucket); empty when it is not
 * @param pane a day ({@code 2017-06-28}), {@code total} over all days, or {@code now}
 * @param unit what is counted
 * @param value the exact sum: minor units, a count, or milliseconds
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record RollupRecord(
        String scope, String measure, String dimension, String pane, Unit unit, long value, long asOfMillis) {

    /** The pane of the sum over all days. */
    public static final String TOTAL = "total";
    /** The pane of what has no day: how things stand. */
    public static final String NOW = "now";
}
