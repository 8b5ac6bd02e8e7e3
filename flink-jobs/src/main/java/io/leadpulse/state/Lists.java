package io.leadpulse.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Lists of what has a time, each element by that of the one before it. */
public final class Lists {
    private Lists() {}

    /** Writes one element, and returns its time. */
    @FunctionalInterface
    public interface Writing<E> {
        long write(E element, long sinceMillis, StateOutput to);
    }

    /** Reads one element that was written with the same time. */
    @FunctionalInterface
    public interface Reading<E> {
        E read(long sinceMillis, StateInput from) throws IOException;
    }

    /** Writes a list; null is told from an empty one. */
    public static <E> void write(List<E> list, long fromMillis, StateOutput to, Writing<E> writing) {
        to.count(list == null ? 0 : list.size(), list == null);
        long sinceMillis = fromMillis;
        for (int i = 0; list != null && i < list.size(); i++) {
            sinceMillis = writing.write(list.get(i), sinceMillis, to);
        }
    }

    /** Reads a list; of no elements it cannot be changed. */
    public static <E> List<E> read(long fromMillis, StateInput from, Reading<E> reading, ToLongFunction<E> timeOf)
            throws IOException {
        int count = from.count();
        if (count <= 0) {
            return count < 0 ? null : List.of();
        }
        List<E> list = new ArrayList<>(count);
        long sinceMillis = fromMillis;
        for (int i = 0; i < count; i++) {
            E element = reading.read(sinceMillis, from);
            list.add(element);
            sinceMillis = timeOf.applyAsLong(element);
        }
        return list;
    }
}
