package io.leadpulse.rollup;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.measure.Measure;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** Reads sums of the current scope from its blocks, each block at most once. Used for one publication, then dropped. */
final class PaneReader {
    private static final String NO_DIMENSION = "";

    private final MapState<BlockKey, PaneBlock> blocks;
    private final Map<BlockKey, PaneBlock> read = new HashMap<>();

    PaneReader(MapState<BlockKey, PaneBlock> blocks) {
        this.blocks = blocks;
    }

    /** One pane of a measure. */
    long sumOf(Measure measure, String dimension, int pane) throws Exception {
        return block(BlockKey.ofPane(measure, dimension, pane)).sumOf(pane);
    }

    /** The sum of a day measure over a period. */
    long sumOver(Measure measure, String dimension, Period period) throws Exception {
        return period.isTotal()
                ? totalOf(measure, dimension)
                : sumBetween(
                        measure,
                        dimension,
                        Math.toIntExact(period.startEpochDay()),
                        Math.toIntExact(period.endEpochDayExclusive()));
    }

    /** The sum of a day measure without a dimension over a period. */
    long sumOver(Measure measure, Period period) throws Exception {
        return sumOver(measure, NO_DIMENSION, period);
    }

    /** The sum of a measure over the panes {@code [from, until)}. */
    long sumBetween(Measure measure, String dimension, int from, int until) throws Exception {
        long sum = 0;
        int last = BlockKey.blockOf(measure, until - 1);
        for (int block = BlockKey.blockOf(measure, from); block <= last; block++) {
            sum = Math.addExact(
                    sum, block(new BlockKey(measure, dimension, block)).sumBetween(from, until));
        }
        return sum;
    }

    /** The sum of a day measure over all days that ever were. */
    long totalOf(Measure measure, String dimension) throws Exception {
        return block(BlockKey.ofTotal(measure, dimension)).sumOf(0);
    }

    /** The durations of the days {@code [fromDay, untilDay)} of a histogram. */
    Histogram histogramBetween(Measure measure, String dimension, int fromDay, int untilDay) throws Exception {
        Histogram histogram = new Histogram();
        int from = fromDay * Measure.BUCKETS_PER_DAY;
        int until = untilDay * Measure.BUCKETS_PER_DAY;
        for (int block = BlockKey.blockOf(measure, from); block <= BlockKey.blockOf(measure, until - 1); block++) {
            PaneBlock panes = block(new BlockKey(measure, dimension, block));
            for (int i = 0; i < panes.panes().length; i++) {
                int pane = panes.panes()[i];
                if (pane >= from && pane < until) {
                    histogram.add(Measure.bucketOf(pane), panes.sums()[i]);
                }
            }
        }
        return histogram;
    }

    /** The durations of all days of a histogram. */
    Histogram histogramOfTotal(Measure measure, String dimension) throws Exception {
        Histogram histogram = new Histogram();
        PaneBlock buckets = block(BlockKey.ofTotal(measure, dimension));
        for (int i = 0; i < buckets.panes().length; i++) {
            histogram.add(buckets.panes()[i], buckets.sums()[i]);
        }
        return histogram;
    }

    /** The durations of a period of a histogram. */
    Histogram histogramOver(Measure measure, String dimension, Period period) throws Exception {
        return period.isTotal()
                ? histogramOfTotal(measure, dimension)
                : histogramBetween(
                        measure,
                        dimension,
                        Math.toIntExact(period.startEpochDay()),
                        Math.toIntExact(period.endEpochDayExclusive()));
    }

    /** The first day of which a day measure without a dimension has anything; {@code Long.MAX_VALUE} for none. */
    long firstDayOf(Measure measure) throws Exception {
        BlockKey first = null;
        for (BlockKey key : blocks.keys()) {
            boolean isOfDays = key.measure() == measure && key.dimension().isEmpty() && key.block() != BlockKey.TOTAL;
            if (isOfDays && (first == null || key.block() < first.block())) {
                first = key;
            }
        }
        return first == null ? Long.MAX_VALUE : block(first).panes()[0];
    }

    /** The block itself, empty when there is none. */
    PaneBlock block(BlockKey key) throws Exception {
        PaneBlock known = read.get(key);
        if (known == null) {
            PaneBlock stored = blocks.get(key);
            known = stored == null ? PaneBlock.EMPTY : stored;
            read.put(key, known);
        }
        return known;
    }
}
