package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes of sums of one scope, added up by sum, in the order in which each was changed first. A table of its own kind: the parts of
 * a key lie side by side in arrays, since it is looked up for every pane that changes, and objects scattered over the heap took
 * longer than all the rest of the adding.
 */
final class PaneSums {
    private static final int FIRST_PLACES = 8;
    private static final long HIGH_BITS = 0xFFFF_FFFF_0000_0000L;

    private Measure[] measures = new Measure[FIRST_PLACES];
    private String[] dimensions = new String[FIRST_PLACES];
    private int[] panes = new int[FIRST_PLACES];
    private long[] sums = new long[FIRST_PLACES];
    private int size;
    /** By hash: the hash itself above, the place of the sum and 1 below; 0 where nothing is. */
    private long[] index = new long[FIRST_PLACES * 2];

    /** How many sums are changed, those among them that are as before. */
    int size() {
        return size;
    }

    void add(PaneDelta change) {
        int hash = PaneKey.hash(change.measure(), change.dimension(), change.pane());
        long high = (long) hash << Integer.SIZE;
        int at = hash & (index.length - 1);
        while (index[at] != 0) {
            int place = (int) index[at] - 1;
            if ((index[at] & HIGH_BITS) == high && isOf(place, change)) {
                sums[place] = Math.addExact(sums[place], change.value());
                return;
            }
            at = (at + 1) & (index.length - 1);
        }
        if (size == sums.length) {
            grow();
            at = freeAt(hash);
        }
        index[at] = high | (size + 1);
        measures[size] = change.measure();
        dimensions[size] = change.dimension();
        panes[size] = change.pane();
        sums[size] = change.value();
        size++;
    }

    private boolean isOf(int place, PaneDelta change) {
        return panes[place] == change.pane()
                && measures[place] == change.measure()
                && dimensions[place].equals(change.dimension());
    }

    private void grow() {
        int places = sums.length * 2;
        measures = Arrays.copyOf(measures, places);
        dimensions = Arrays.copyOf(dimensions, places);
        panes = Arrays.copyOf(panes, places);
        sums = Arrays.copyOf(sums, places);
        long[] old = index;
        index = new long[places * 2];
        for (long each : old) {
            if (each != 0) {
                index[freeAt((int) (each >>> Integer.SIZE))] = each;
            }
        }
    }

    private int freeAt(int hash) {
        int at = hash & (index.length - 1);
        while (index[at] != 0) {
            at = (at + 1) & (index.length - 1);
        }
        return at;
    }

    /** Which sums are changed, those among them that are as before. */
    List<PaneKey> keys() {
        List<PaneKey> keys = new ArrayList<>(size);
        for (int place = 0; place < size; place++) {
            keys.add(new PaneKey(measures[place], dimensions[place], panes[place]));
        }
        return keys;
    }

    /** What is other than before. */
    List<PaneDelta> changes() {
        List<PaneDelta> changes = new ArrayList<>(size);
        for (int place = 0; place < size; place++) {
            if (sums[place] != 0) {
                changes.add(new PaneDelta(measures[place], dimensions[place], panes[place], sums[place]));
            }
        }
        return changes;
    }
}
