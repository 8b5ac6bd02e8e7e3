package io.leadpulse.bench.micro;

import java.util.Arrays;
import java.util.List;

/** Names and texts of a record in their order; the same object is filled again and again. */
final class Texts {
    private static final int MOST = 64;

    private final String[] all = new String[MOST];
    private int count;

    void clear() {
        count = 0;
    }

    void add(String text) {
        all[count++] = text;
    }

    List<String> list() {
        return List.of(Arrays.copyOf(all, count));
    }
}
