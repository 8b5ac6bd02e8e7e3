package io.leadpulse.rollup;

import java.util.List;

/**
 * Everything that one event changes in one scope, together, so that no scope ever shows half of a correction.
 *
 * @param scope the rollup key
 * @param timeMillis the event time as of which the changes are so, epoch milliseconds
 * @param panes the changes, at least one
 */
public record RollupDelta(String scope, long timeMillis, List<PaneDelta> panes) {}
