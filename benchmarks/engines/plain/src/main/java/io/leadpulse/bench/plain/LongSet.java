package io.leadpulse.bench.plain;

import java.util.Arrays;

/** A set of hashes that only grows: open addressing, at most half full. */
final class LongSet {
    private static final int FIRST_CAPACITY = 1 << 16;
    /** Stands for an empty place; a hash that is the same is remembered apart. */
    private static final long EMPTY = 0;

    private long[] places = new long[FIRST_CAPACITY];
    private int size;
    private boolean hasEmpty;

    /**
     * Adds a hash.
     *
     * @return whether it was not there
     */
    boolean add(long hash) {
        if (hash == EMPTY) {
            boolean isNew = !hasEmpty;
            hasEmpty = true;
            return isNew;
        }
        if (!put(places, hash)) {
            return false;
        }
        size++;
        if (size * 2 > places.length) {
            long[] old = places;
            places = new long[old.length * 2];
            Arrays.stream(old).filter(each -> each != EMPTY).forEach(each -> put(places, each));
        }
        return true;
    }

    private static boolean put(long[] places, long hash) {
        int mask = places.length - 1;
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (places[at] != EMPTY) {
            if (places[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        places[at] = hash;
        return true;
    }
}
