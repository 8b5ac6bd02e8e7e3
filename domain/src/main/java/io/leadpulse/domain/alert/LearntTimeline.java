package io.leadpulse.domain.alert;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was learnt, by the time from which it holds, epoch milliseconds.
 *
 * @param versions never empty
 */
public record LearntTimeline(NavigableMap<Long, Learnt> versions) {

    /** Nothing was ever learnt. */
    public static final LearntTimeline NOTHING = of(Learnt.NOTHING);

    /** Copies the map; refuses an empty one. */
    public LearntTimeline {
        versions = new TreeMap<>(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("Nothing says what was learnt; at least one version is needed");
        }
    }

    /** The same for all time. */
    public static LearntTimeline of(Learnt learnt) {
        TreeMap<Long, Learnt> versions = new TreeMap<>();
        versions.put(Long.MIN_VALUE, learnt);
        return new LearntTimeline(versions);
    }

    /** Whether any act was ever said to go with losing; a quick look. */
    boolean namesLossActs() {
        for (Learnt learnt : versions.values()) {
            if (!learnt.lossActs().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What is known at a time, epoch milliseconds; the first also before its own time. */
    public Learnt at(long atMillis) {
        return (versions.floorKey(atMillis) == null ? versions.firstEntry() : versions.floorEntry(atMillis)).getValue();
    }
}
