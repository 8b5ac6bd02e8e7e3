package io.leadpulse.bench.growth;

import io.leadpulse.bench.drain.Drain;

/**
 * What came of one point of an axis, with results that were the oracle's.
 *
 * @param round which of the rounds over all points of the axis it was, from 1 on
 * @param leads leads of which anything is known at the end
 * @param stats what the engine told of itself when all its results were right
 * @param restoredOrNull what it told when it had been started again; null where that was not asked for
 */
record Measured(Point point, int round, Drain drain, long leads, JobStats stats, JobStats restoredOrNull) {
    /** State that the leads themselves take, a lead. */
    long leadBytes() {
        return stats.taskBytes().getOrDefault(JobStats.LEADS, 0L) / leads;
    }
}
