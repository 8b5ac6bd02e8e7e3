package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;

/**
 * One sum of a scope.
 *
 * @param measure what is summed
 * @param dimension what it is divided by; empty when it is not
 * @param pane the pane in the measure's own layout
 */
public record PaneKey(Measure measure, String dimension, int pane) {
    /** As odd as can be. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int OTHER_SPREAD = 0x85EBCA6B;

    /**
     * Spelt out, like {@link #equals}: one is looked up for every pane that changes. Dimensions such as {@code 1-9} and days both
     * follow each other, and would meet if neither were spread.
     */
    @Override
    public int hashCode() {
        return hash(measure, dimension, pane);
    }

    /** That of a key of these. */
    static int hash(Measure measure, String dimension, int pane) {
        int hash = (measure.hashCode() * 31 + dimension.hashCode()) * SPREAD + pane * OTHER_SPREAD;
        return hash ^ (hash >>> 15);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaneKey that
                && pane == that.pane
                && measure == that.measure
                && dimension.equals(that.dimension);
    }
}
