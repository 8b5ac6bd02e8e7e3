package io.leadpulse.engine;

import java.util.ArrayList;
import java.util.List;

/** What waits of one key, in its order, and about how much memory it takes. */
final class InputsOfKey<T> {
    final List<T> inputs = new ArrayList<>(2);
    long bytes;

    void add(T input, int size) {
        inputs.add(input);
        bytes += size;
    }
}
