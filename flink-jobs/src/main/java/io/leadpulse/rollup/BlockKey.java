package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;

/**
 * Which block of a measure's panes: 32 days, one day of five-minute slots, or the one pane of how things stand now.
 *
 * @param measure what is summed
 * @param dimension what it is divided by; empty when it is not
 * @param block number of the block; {@link #TOTAL} for the sum of all days that ever were
 */
public record BlockKey(Measure measure, String dimension, int block) {
    /** The block of all days together: one sum as its pane 0, or of a histogram one count per bucket. */
    public static final int TOTAL = Integer.MIN_VALUE;

    private static final int DAYS_PER_BLOCK = 32;

    /** As of {@link PaneKey}. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int OTHER_SPREAD = 0x85EBCA6B;
    /** Eight days: few reads for a month of leads, few bytes for one more. */
    static final int FIVE_SECONDS_PER_BLOCK = 8 * 86_400 / 5;

    /** Spelt out, like {@link #equals}: several are looked up for every pane that changes. */
    @Override
    public int hashCode() {
        int hash = (measure.hashCode() * 31 + dimension.hashCode()) * SPREAD + block * OTHER_SPREAD;
        return hash ^ (hash >>> 15);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockKey that && isOf(that.measure, that.dimension, that.block);
    }

    /** Whether it is the key of these. */
    boolean isOf(Measure ofMeasure, String ofDimension, int number) {
        return block == number && measure == ofMeasure && dimension.equals(ofDimension);
    }

    /** The block that a pane lies in. */
    public static BlockKey ofPane(Measure measure, String dimension, int pane) {
        return new BlockKey(measure, dimension, blockOf(measure, pane));
    }

    /** The block that holds the sum of all days. */
    public static BlockKey ofTotal(Measure measure, String dimension) {
        return new BlockKey(measure, dimension, TOTAL);
    }

    /** The number of the block that a pane lies in. */
    public static int blockOf(Measure measure, int pane) {
        return switch (measure.pane()) {
            case DAY -> Math.floorDiv(pane, DAYS_PER_BLOCK);
            case DAY_HISTOGRAM -> Math.floorDiv(pane, Measure.BUCKETS_PER_DAY * DAYS_PER_BLOCK);
            case FIVE_MINUTES -> Math.floorDiv(pane, Measure.SLOTS_PER_DAY);
            case NOW -> 0;
            case FIVE_SECONDS -> Math.floorDiv(pane, FIVE_SECONDS_PER_BLOCK);
        };
    }
}
