package io.leadpulse.domain.measure;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one lead adds to the rollups: signed whole numbers by key. The difference of two of these is what changes when a
 * fact comes, goes or is corrected, so restating the past is the normal path.
 *
 * <p>A table of its own kind, since a lead of some weeks has hundreds of keys and each event looks all of them up: the parts
 * of a key lie side by side in arrays, and neither a key nor a sum is an object.
 */
public final class Contributions {
    /** As many places as a part of most leads needs, so that the table seldom grows; a power of two. */
    private static final int USUAL_PLACES = 64;

    private String[] scopes = new String[USUAL_PLACES];
    private Measure[] measures = new Measure[USUAL_PLACES];
    private String[] dimensions = new String[USUAL_PLACES];
    private int[] panes = new int[USUAL_PLACES];
    private int[] hashes = new int[USUAL_PLACES];
    private long[] sums = new long[USUAL_PLACES];
    private int taken;
    private boolean takesAway;

    /** From now on what is added is taken away instead, or no longer is. */
    public void takeAway(boolean on) {
        takesAway = on;
    }

    /** Adds to a key; adding 0 does nothing. */
    public void add(String scope, Measure measure, String dimension, int pane, long value) {
        if (value != 0) {
            put(scope, measure, dimension, pane, takesAway ? Math.negateExact(value) : value);
        }
    }

    private void put(String scope, Measure measure, String dimension, int pane, long value) {
        put(hash(scope, measure, dimension, pane), scope, measure, dimension, pane, value);
    }

    private void put(Contributions other, int place, long value) {
        put(
                other.hashes[place],
                other.scopes[place],
                other.measures[place],
                other.dimensions[place],
                other.panes[place],
                value);
    }

    private void put(int hash, String scope, Measure measure, String dimension, int pane, long value) {
        int place = place(hash, scope, measure, dimension, pane);
        if (scopes[place] != null) {
            sums[place] = Math.addExact(sums[place], value);
            return;
        }
        set(place, hash, scope, measure, dimension, pane, value);
        taken++;
        if (taken * 2 > scopes.length) {
            grow();
        }
    }

    private void set(int place, int hash, String scope, Measure measure, String dimension, int pane, long value) {
        scopes[place] = scope;
        measures[place] = measure;
        dimensions[place] = dimension;
        panes[place] = pane;
        hashes[place] = hash;
        sums[place] = value;
    }

    private void grow() {
        String[] oldScopes = scopes;
        Measure[] oldMeasures = measures;
        String[] oldDimensions = dimensions;
        int[] oldPanes = panes;
        int[] oldHashes = hashes;
        long[] oldSums = sums;
        int places = oldScopes.length * 2;
        scopes = new String[places];
        measures = new Measure[places];
        dimensions = new String[places];
        panes = new int[places];
        hashes = new int[places];
        sums = new long[places];
        for (int old = 0; old < oldScopes.length; old++) {
            if (oldScopes[old] != null) {
                int place = oldHashes[old] & (places - 1);
                while (scopes[place] != null) {
                    place = (place + 1) & (places - 1);
                }
                set(
                        place,
                        oldHashes[old],
                        oldScopes[old],
                        oldMeasures[old],
                        oldDimensions[old],
                        oldPanes[old],
                        oldSums[old]);
            }
        }
    }

    /** Adds what is contributed now less what was before. */
    public void add(Contributions now, Contributions before) {
        for (int place = 0; place < now.scopes.length; place++) {
            if (now.sums[place] != 0) {
                put(now, place, now.sums[place]);
            }
        }
        for (int place = 0; place < before.scopes.length; place++) {
            if (before.sums[place] != 0) {
                put(before, place, Math.negateExact(before.sums[place]));
            }
        }
    }

    private static int hash(String scope, Measure measure, String dimension, int pane) {
        int hash = ((scope.hashCode() * 31 + measure.hashCode()) * 31 + dimension.hashCode()) * 31 + pane;
        // Panes follow each other: without this, keys of neighbouring days would lie in each other's places.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /** Where a key is, or is to be put. */
    private int place(int hash, String scope, Measure measure, String dimension, int pane) {
        int mask = scopes.length - 1;
        int place = hash & mask;
        while (scopes[place] != null
                && !(hashes[place] == hash
                        && panes[place] == pane
                        && measures[place] == measure
                        && scopes[place].equals(scope)
                        && dimensions[place].equals(dimension))) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** The sum of what lies at a place of another table. */
    private long sumOf(Contributions other, int place) {
        // A place that is not taken has the sum 0.
        return sums[
                place(
                        other.hashes[place],
                        other.scopes[place],
                        other.measures[place],
                        other.dimensions[place],
                        other.panes[place])];
    }

    private ContributionKey key(int place) {
        return new ContributionKey(scopes[place], measures[place], dimensions[place], panes[place]);
    }

    /** These less what is contributed elsewhere. */
    public Contributions less(Map<ContributionKey, Long> elsewhere) {
        Contributions rest = copy();
        elsewhere.forEach((key, value) ->
                rest.put(key.scope(), key.measure(), key.dimension(), key.pane(), Math.negateExact(value)));
        return rest;
    }

    private Contributions copy() {
        Contributions copy = new Contributions();
        copy.scopes = scopes.clone();
        copy.measures = measures.clone();
        copy.dimensions = dimensions.clone();
        copy.panes = panes.clone();
        copy.hashes = hashes.clone();
        copy.sums = sums.clone();
        copy.taken = taken;
        return copy;
    }

    /**
     * Of these what an engine contributes that knows only the first measures.
     *
     * @param known how many {@link Measure} constants it knows
     * @return this if it is all
     */
    public Contributions ofFirst(int known) {
        if (known >= Measure.COUNT) {
            return this;
        }
        Contributions first = copy();
        for (int place = 0; place < scopes.length; place++) {
            if (scopes[place] != null && !measures[place].isAmongFirst(known)) {
                first.sums[place] = 0;
            }
        }
        return first;
    }

    /** What must be added to {@code before} to get this, in a fixed order; keys that stay the same are absent. */
    public Map<ContributionKey, Long> minus(Contributions before) {
        // Most stays the same: only what is other is put in order.
        Map<ContributionKey, Long> difference = new TreeMap<>();
        for (int place = 0; place < scopes.length; place++) {
            if (scopes[place] != null) {
                long change = Math.subtractExact(sums[place], before.sumOf(this, place));
                if (change != 0) {
                    difference.put(key(place), change);
                }
            }
        }
        for (int place = 0; place < before.scopes.length; place++) {
            // What is here was compared above.
            if (before.scopes[place] != null && before.sums[place] != 0 && !isTaken(before, place)) {
                difference.put(before.key(place), Math.negateExact(before.sums[place]));
            }
        }
        return difference;
    }

    private boolean isTaken(Contributions other, int place) {
        return scopes[
                        place(
                                other.hashes[place],
                                other.scopes[place],
                                other.measures[place],
                                other.dimensions[place],
                                other.panes[place])]
                != null;
    }

    /** The sums by key in a fixed order; a key whose sum is 0 is absent. */
    public Map<ContributionKey, Long> inOrder() {
        Map<ContributionKey, Long> ordered = new TreeMap<>();
        for (int place = 0; place < scopes.length; place++) {
            if (sums[place] != 0) {
                ordered.put(key(place), sums[place]);
            }
        }
        return ordered;
    }

    /** The sums by key, not to be changed; a key whose sum is 0 is absent. */
    public Map<ContributionKey, Long> values() {
        Map<ContributionKey, Long> values = new HashMap<>();
        for (int place = 0; place < scopes.length; place++) {
            if (sums[place] != 0) {
                values.put(key(place), sums[place]);
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
