package io.leadpulse.rollup;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.goal.ScopeSums;
import io.leadpulse.domain.measure.DurationHistogram;
import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.util.FlinkRuntimeException;

/** Reads sums of the current scope from its blocks, each block at most once. Used for one publication, then dropped. */
final class PaneReader implements ScopeSums {
    private final String scope;
    private final ScopeBlocks blocks;
    private final Map<BlockKey, PaneBlock> read = new HashMap<>();
    /** Of the pane that was asked for last: others of it are often next. */
    private BlockKey lastKey;

    private PaneBlock lastBlock;

    /**
     * Reads the current scope.
     *
     * @param scope the current key
     */
    PaneReader(String scope, ScopeBlocks blocks) {
        this.scope = scope;
        this.blocks = blocks;
    }

    /** One pane of a measure. */
    long sumOf(Measure measure, String dimension, int pane) {
        int number = BlockKey.blockOf(measure, pane);
        if (lastKey == null || !lastKey.isOf(measure, dimension, number)) {
            lastKey = new BlockKey(measure, dimension, number);
            lastBlock = block(lastKey);
        }
        return lastBlock.sumOf(pane);
    }

    @Override
    public long sumOfDay(Measure measure, String dimension, long epochDay) {
        return sumOf(measure, dimension, Math.toIntExact(epochDay));
    }

    @Override
    public NavigableMap<Integer, Long> wonBySlot(long epochDay) {
        int day = Math.toIntExact(epochDay);
        PaneBlock block = block(new BlockKey(Measure.WON_AMOUNT_FIVE_MINUTES, NO_DIMENSION, day));
        NavigableMap<Integer, Long> slots = new TreeMap<>();
        for (int i = 0; i < block.panes().length; i++) {
            slots.put(block.panes()[i] - day * Measure.SLOTS_PER_DAY, block.sums()[i]);
        }
        return slots;
    }

    @Override
    public long sumOver(Measure measure, String dimension, Period period) {
        return period.isTotal()
                ? totalOf(measure, dimension)
                : sumBetween(
                        measure,
                        dimension,
                        Math.toIntExact(period.startEpochDay()),
                        Math.toIntExact(period.endEpochDayExclusive()));
    }

    /** The sum of a measure over the panes {@code [from, until)}. */
    long sumBetween(Measure measure, String dimension, int from, int until) {
        long sum = 0;
        int last = BlockKey.blockOf(measure, until - 1);
        for (int block = BlockKey.blockOf(measure, from); block <= last; block++) {
            sum = Math.addExact(
                    sum, block(new BlockKey(measure, dimension, block)).sumBetween(from, until));
        }
        return sum;
    }

    /** The sum of a day measure over all days that ever were. */
    long totalOf(Measure measure, String dimension) {
        return block(BlockKey.ofTotal(measure, dimension)).sumOf(0);
    }

    /** The durations of the days {@code [fromDay, untilDay)} of a histogram. */
    DurationHistogram histogramBetween(Measure measure, String dimension, int fromDay, int untilDay) {
        DurationHistogram histogram = new DurationHistogram();
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
    DurationHistogram histogramOfTotal(Measure measure, String dimension) {
        DurationHistogram histogram = new DurationHistogram();
        PaneBlock buckets = block(BlockKey.ofTotal(measure, dimension));
        for (int i = 0; i < buckets.panes().length; i++) {
            histogram.add(buckets.panes()[i], buckets.sums()[i]);
        }
        return histogram;
    }

    @Override
    public DurationHistogram histogramOver(Measure measure, String dimension, Period period) {
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
        for (BlockKey key : blocks.keys(scope)) {
            boolean isOfDays = key.measure() == measure && key.dimension().isEmpty() && key.block() != BlockKey.TOTAL;
            if (isOfDays && (first == null || key.block() < first.block())) {
                first = key;
            }
        }
        return first == null ? Long.MAX_VALUE : block(first).panes()[0];
    }

    /** Takes one pane of a measure. */
    interface PaneTaker {
        void take(Measure measure, String dimension, int pane, long sum) throws Exception;
    }

    /**
     * The panes of some measures from one on, laid out in the same way; totals are none. Goes through the keys of all blocks,
     * but reads those alone that may hold one.
     */
    void panesFrom(int firstPane, Set<Measure> measures, PaneTaker taker) throws Exception {
        List<BlockKey> keys = new ArrayList<>();
        for (BlockKey key : blocks.keys(scope)) {
            if (measures.contains(key.measure())
                    && key.block() != BlockKey.TOTAL
                    && key.block() >= BlockKey.blockOf(key.measure(), firstPane)) {
                keys.add(key);
            }
        }
        for (BlockKey key : keys) {
            PaneBlock block = block(key);
            for (int i = 0; i < block.panes().length; i++) {
                if (block.panes()[i] >= firstPane) {
                    taker.take(key.measure(), key.dimension(), block.panes()[i], block.sums()[i]);
                }
            }
        }
    }

    /** The block itself, empty when there is none. */
    private PaneBlock block(BlockKey key) {
        PaneBlock block = read.get(key);
        if (block == null) {
            block = stored(key);
            read.put(key, block);
        }
        return block;
    }

    private PaneBlock stored(BlockKey key) {
        try {
            return blocks.get(scope, key);
        } catch (Exception e) {
            // Flink's state declares no narrower one; the job fails and restarts, as with any other failure of state.
            throw new FlinkRuntimeException("the sums of a scope cannot be read", e);
        }
    }
}
