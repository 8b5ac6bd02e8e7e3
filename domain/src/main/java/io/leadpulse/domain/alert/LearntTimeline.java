package io.leadpulse.domain.alert;

import java.util.Map;
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

    /**
     * The limit by which a silence became a sign, or is to become one: of the versions that held while it lasted, that of
     * the first whose limit was passed before the next one held.
     *
     * @param fromMillis when it began, epoch milliseconds
     * @param untilMillis when it ended, epoch milliseconds; in the future if it goes on
     * @param nowMillis versions that hold from later on do not count, epoch milliseconds
     * @return milliseconds; null if it never became a sign, or it is not known how long a lead may be silent there
     */
    Long silenceMillis(String stage, long fromMillis, long untilMillis, long nowMillis) {
        Map.Entry<Long, Learnt> version =
                versions.floorKey(fromMillis) == null ? versions.firstEntry() : versions.floorEntry(fromMillis);
        while (version != null) {
            Map.Entry<Long, Learnt> next = versions.higherEntry(version.getKey());
            if (next != null && (next.getKey() >= untilMillis || next.getKey() > nowMillis)) {
                next = null;
            }
            Long limitMillis = version.getValue().silenceMillis(stage);
            if (limitMillis != null && fromMillis + limitMillis < (next == null ? untilMillis : next.getKey())) {
                return limitMillis;
            }
            version = next;
        }
        return null;
    }

    /** What is known at a time, epoch milliseconds; the first also before its own time. */
    public Learnt at(long atMillis) {
        return (versions.floorKey(atMillis) == null ? versions.firstEntry() : versions.floorEntry(atMillis)).getValue();
    }
}
