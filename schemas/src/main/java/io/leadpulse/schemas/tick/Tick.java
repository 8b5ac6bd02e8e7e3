package io.leadpulse.schemas.tick;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One tick of the engine's clock ({@code engine.ticks.v1}, key {@link #KEY}), written every second by who can tell that
 * the broker is alive: a source that has nothing to say and a broker that is dead look alike from within the engine.
 *
 * @param timeMillis the time of the tick, epoch milliseconds
 * @param silent topics of events whose last record is older than their limit in the company's working time; sorted,
 *     empty when none is
 * @param heardMillis the time up to which all sources have been heard, epoch milliseconds: nothing is concluded about a lead
 *     beyond it; null when nobody knows, as before the first event
 */
public record Tick(long timeMillis, Set<String> silent, Long heardMillis) {
    /** The key of every tick. */
    public static final String KEY = "tick";

    /** A tick of who does not know how far the sources have been heard. */
    public Tick(long timeMillis, Set<String> silent) {
        this(timeMillis, silent, null);
    }

    public Tick {
        // Sorted, so that equal ticks have equal bytes.
        silent = Collections.unmodifiableSet(new TreeSet<>(silent));
    }
}
