package io.leadpulse.rollup;

import java.util.Arrays;

/**
 * Sums of neighbouring panes of one measure, kept together so that a week or a quarter costs a few reads. Sparse: a pane
 * whose sum is 0 is absent.
 *
 * @param panes panes in ascending order
 * @param sums the sum of each
 */
public record PaneBlock(int[] panes, long[] sums) {
    /** No pane. */
    public static final PaneBlock EMPTY = new PaneBlock(new int[0], new long[0]);

    /** The sum of one pane; 0 when it is absent. */
    public long sumOf(int pane) {
        int at = Arrays.binarySearch(panes, pane);
        return at < 0 ? 0 : sums[at];
    }

    /** The sum of the panes {@code [from, until)}. */
    public long sumBetween(int from, int until) {
        long sum = 0;
        for (int i = 0; i < panes.length; i++) {
            if (panes[i] >= from && panes[i] < until) {
                sum = Math.addExact(sum, sums[i]);
            }
        }
        return sum;
    }

    /** This block with a value added to a pane; blocks are never changed in place. */
    public PaneBlock plus(int pane, long value) {
        int at = Arrays.binarySearch(panes, pane);
        if (at < 0) {
            return value == 0 ? this : inserted(-at - 1, pane, value);
        }
        long sum = Math.addExact(sums[at], value);
        if (sum == 0) {
            return removed(at);
        }
        long[] changed = sums.clone();
        changed[at] = sum;
        return new PaneBlock(panes, changed);
    }

    /** Whether no pane is left. */
    public boolean isEmpty() {
        return panes.length == 0;
    }

    private PaneBlock inserted(int at, int pane, long value) {
        int[] morePanes = Arrays.copyOf(panes, panes.length + 1);
        long[] moreSums = Arrays.copyOf(sums, sums.length + 1);
        System.arraycopy(panes, at, morePanes, at + 1, panes.length - at);
        System.arraycopy(sums, at, moreSums, at + 1, sums.length - at);
        morePanes[at] = pane;
        moreSums[at] = value;
        return new PaneBlock(morePanes, moreSums);
    }

    private PaneBlock removed(int at) {
        int[] fewerPanes = Arrays.copyOf(panes, panes.length - 1);
        long[] fewerSums = Arrays.copyOf(sums, sums.length - 1);
        System.arraycopy(panes, at + 1, fewerPanes, at, fewerPanes.length - at);
        System.arraycopy(sums, at + 1, fewerSums, at, fewerSums.length - at);
        return new PaneBlock(fewerPanes, fewerSums);
    }
}
