package io.leadpulse.domain.measure;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one lead adds to the rollups: signed whole numbers by key. The difference of two of these is what changes when a
 * fact comes, goes or is corrected, so restating the past is the normal path.
 *
 * <p>A list of its own kind, since a lead of some weeks has hundreds of keys: the parts of a key lie side by side in arrays, and
 * neither a key nor a sum is an object. What is added is written down behind the rest; what has the same key is added up when
 * somebody asks for sums, or when there would be no more room. So two of these that are mostly the same, as a lead before and after
 * an event, are held against each other place by place, and no key of what is the same is looked up.
 */
public final class Contributions {
    private static final String[] NO_TEXTS = {};
    private static final Measure[] NO_MEASURES = {};
    private static final int[] NO_PANES = {};
    private static final long[] NO_VALUES = {};
    private static final int FIRST_PLACES = 16;
    /** Stands in the index where no place does. */
    private static final int NONE = -1;

    private String[] scopes = NO_TEXTS;
    private Measure[] measures = NO_MEASURES;
    private String[] dimensions = NO_TEXTS;
    private int[] panes = NO_PANES;
    private long[] values = NO_VALUES;
    private int size;
    /** So many of the first have keys of their own and are not 0. */
    private int added;

    private boolean takesAway;

    /** From now on what is added is taken away instead, or no longer is. */
    public void takeAway(boolean on) {
        takesAway = on;
    }

    /** Adds to a key; adding 0 does nothing. */
    public void add(String scope, Measure measure, String dimension, int pane, long value) {
        if (value != 0) {
            append(scope, measure, dimension, pane, takesAway ? Math.negateExact(value) : value);
        }
    }

    private void append(String scope, Measure measure, String dimension, int pane, long value) {
        if (size == scopes.length) {
            makeRoom();
        }
        set(size, scope, measure, dimension, pane, value);
        size++;
    }

    private void set(int place, String scope, Measure measure, String dimension, int pane, long value) {
        scopes[place] = scope;
        measures[place] = measure;
        dimensions[place] = dimension;
        panes[place] = pane;
        values[place] = value;
    }

    /** Of many facts most have the same keys. */
    private void makeRoom() {
        addUp();
        if (size * 2 >= scopes.length) {
            int places = Math.max(FIRST_PLACES, scopes.length * 2);
            scopes = Arrays.copyOf(scopes, places);
            measures = Arrays.copyOf(measures, places);
            dimensions = Arrays.copyOf(dimensions, places);
            panes = Arrays.copyOf(panes, places);
            values = Arrays.copyOf(values, places);
        }
    }

    /** Leaves one place for each key, none whose sum is 0. */
    private void addUp() {
        if (added == size) {
            return;
        }
        int[] index = new int[Integer.highestOneBit(size) * 4];
        Arrays.fill(index, NONE);
        int keys = 0;
        for (int place = 0; place < size; place++) {
            int at = hash(place) & (index.length - 1);
            while (index[at] != NONE && !isSameKey(index[at], this, place)) {
                at = (at + 1) & (index.length - 1);
            }
            if (index[at] == NONE) {
                index[at] = keys;
                move(place, keys);
                keys++;
            } else {
                values[index[at]] = Math.addExact(values[index[at]], values[place]);
            }
        }
        int kept = 0;
        for (int place = 0; place < keys; place++) {
            if (values[place] != 0) {
                move(place, kept);
                kept++;
            }
        }
        size = kept;
        added = kept;
    }

    private void move(int from, int to) {
        if (from != to) {
            set(to, scopes[from], measures[from], dimensions[from], panes[from], values[from]);
        }
    }

    private int hash(int place) {
        int hash =
                ((scopes[place].hashCode() * 31 + measures[place].hashCode()) * 31 + dimensions[place].hashCode()) * 31
                        + panes[place];
        // Panes follow each other: without this, keys of neighbouring days would lie in each other's places.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private boolean isSameKey(int place, Contributions other, int otherPlace) {
        return panes[place] == other.panes[otherPlace]
                && measures[place] == other.measures[otherPlace]
                && scopes[place].equals(other.scopes[otherPlace])
                && dimensions[place].equals(other.dimensions[otherPlace]);
    }

    private boolean isSame(int place, Contributions other, int otherPlace) {
        return values[place] == other.values[otherPlace] && isSameKey(place, other, otherPlace);
    }

    /** Adds what is contributed now less what was before. */
    public void add(Contributions now, Contributions before) {
        int least = Math.min(now.size, before.size);
        int same = 0;
        while (same < least && now.isSame(same, before, same)) {
            same++;
        }
        int sameAtEnd = 0;
        while (sameAtEnd < least - same && now.isSame(now.size - 1 - sameAtEnd, before, before.size - 1 - sameAtEnd)) {
            sameAtEnd++;
        }
        append(now, same, now.size - sameAtEnd, false);
        append(before, same, before.size - sameAtEnd, true);
    }

    private void append(Contributions other, int from, int until, boolean negated) {
        for (int place = from; place < until; place++) {
            append(
                    other.scopes[place],
                    other.measures[place],
                    other.dimensions[place],
                    other.panes[place],
                    negated ? Math.negateExact(other.values[place]) : other.values[place]);
        }
    }

    /** These less what is contributed elsewhere. */
    public Contributions less(Map<ContributionKey, Long> elsewhere) {
        Contributions rest = new Contributions();
        rest.append(this, 0, size, false);
        elsewhere.forEach((key, value) ->
                rest.append(key.scope(), key.measure(), key.dimension(), key.pane(), Math.negateExact(value)));
        return rest;
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
        Contributions first = new Contributions();
        for (int place = 0; place < size; place++) {
            if (measures[place].isAmongFirst(known)) {
                first.append(scopes[place], measures[place], dimensions[place], panes[place], values[place]);
            }
        }
        return first;
    }

    /** What must be added to {@code before} to get this, in a fixed order; keys that stay the same are absent. */
    public Map<ContributionKey, Long> minus(Contributions before) {
        Contributions difference = new Contributions();
        difference.add(this, before);
        return difference.inOrder();
    }

    /** The sums by key in a fixed order; a key whose sum is 0 is absent. */
    public Map<ContributionKey, Long> inOrder() {
        Map<ContributionKey, Long> ordered = new TreeMap<>();
        putAll(ordered);
        return ordered;
    }

    /** The sums by key, not to be changed; a key whose sum is 0 is absent. */
    public Map<ContributionKey, Long> values() {
        Map<ContributionKey, Long> sums = new HashMap<>();
        putAll(sums);
        return Collections.unmodifiableMap(sums);
    }

    private void putAll(Map<ContributionKey, Long> sums) {
        addUp();
        for (int place = 0; place < size; place++) {
            sums.put(
                    new ContributionKey(scopes[place], measures[place], dimensions[place], panes[place]),
                    values[place]);
        }
    }
}
