package io.leadpulse.serving.metrics;

import java.util.Map;

/** Tells how the topics of events go, as seen at the broker. */
public interface SourceWatch {
    /**
     * How a topic of events goes.
     *
     * @param lastAppendMillis when the broker took its newest record, epoch milliseconds; null when it has none
     * @param silent nothing has come for longer than its limit; never so of one that has no record or no limit
     * @param usualGapSeconds mean time between records in the last hour, or since watching began if that is shorter; null
     *     under 10 records
     * @param lagRecords records that the engine has not worked off in a finished checkpoint; before the first one, all
     * @param begun whether a finished checkpoint has something of every partition that has records
     */
    record Source(Long lastAppendMillis, boolean silent, Double usualGapSeconds, long lagRecords, boolean begun) {}

    /** By topic, as last seen; empty until the broker has answered. */
    Map<String, Source> sources();
}
