package io.leadpulse.domain.stage;

import io.leadpulse.domain.deal.Stay;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The limits of stays by time. A stay that was left is judged by the limits that were in force when it was left, an open
 * one by those in force now: a changed limit re-times every open stay and leaves the past as it was told.
 *
 * @param versions limits by the time from which they hold, epoch milliseconds; never empty
 */
public record LimitTimeline(NavigableMap<Long, StageLimits> versions) {

    /** Copies the map; refuses an empty one. */
    public LimitTimeline {
        versions = new TreeMap<>(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("There are no limits of stages; at least one version is needed");
        }
    }

    /** The same limits for all time. */
    public static LimitTimeline of(StageLimits limits) {
        TreeMap<Long, StageLimits> versions = new TreeMap<>();
        versions.put(Long.MIN_VALUE, limits);
        return new LimitTimeline(versions);
    }

    /** The limits in force at a time, epoch milliseconds; the first ones also hold before their own time. */
    public StageLimits at(long atMillis) {
        return (versions.floorKey(atMillis) == null ? versions.firstEntry() : versions.floorEntry(atMillis)).getValue();
    }

    /** The limit of a stay in milli-days as it is judged at a time; {@link StageLimits#NO_LIMIT} for never stuck. */
    public long limitMilliDays(Stay stay, long nowMillis) {
        return at(Math.min(stay.leftMillis(), nowMillis)).limitMilliDays(stay.stage());
    }
}
