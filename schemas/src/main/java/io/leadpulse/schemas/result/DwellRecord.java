package io.leadpulse.schemas.result;

/**
 * Time in one stage, over all deals that left it ({@code stage.dwell.v1}, key: scope, stage).
 *
 * @param scope {@code company}, {@code team:north} or {@code rep:17}
 * @param stage stage
 * @param count number of deals
 * @param sumMillis exact sum of their time in it, milliseconds
 * @param medianDays median in days, to 1 %; null without a deal
 * @param percentile90Days 90th percentile in days, to 1 %; null without a deal
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record DwellRecord(
        String scope,
        String stage,
        long count,
        long sumMillis,
        Double medianDays,
        Double percentile90Days,
        long asOfMillis) {}
