package io.leadpulse.domain.measure;

import java.util.Objects;

/**
 * Several dimensions of a measure as one. The parts are joined by the unit separator, which no id and no name holds; a
 * board takes them apart again with {@code leadpulse.part(dimension, n)}.
 */
public final class Dimension {
    /** The unit separator of ASCII. */
    public static final char SEPARATOR = '\u001f';

    /** Joins parts in their order; null counts as empty. */
    public static String of(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                joined.append(SEPARATOR);
            }
            joined.append(Objects.toString(parts[i], ""));
        }
        return joined.toString();
    }

    private Dimension() {}
}
