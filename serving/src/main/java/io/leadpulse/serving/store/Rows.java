package io.leadpulse.serving.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch leaves to be written: of each key its last row, or that it is gone. */
final class Rows {
    private final Map<Table, Map<List<Object>, Object[]>> present = new LinkedHashMap<>();
    private final Map<Table, Map<List<Object>, Object[]>> gone = new LinkedHashMap<>();

    /** The row replaces what was said of its key. */
    void put(Table table, Object... row) {
        if (row.length != table.columns().size()) {
            throw new IllegalArgumentException(
                    table.name() + " has " + table.columns().size() + " columns, not " + row.length);
        }
        List<Object> key = key(table, row);
        of(present, table).put(key, row);
        of(gone, table).remove(key);
    }

    /** The row with this key is no more. */
    void remove(Table table, Object... key) {
        List<Object> asKey = key(table, key);
        of(gone, table).put(asKey, key);
        of(present, table).remove(asKey);
    }

    Collection<Object[]> present(Table table) {
        return of(present, table).values();
    }

    Collection<Object[]> gone(Table table) {
        return of(gone, table).values();
    }

    private static List<Object> key(Table table, Object[] row) {
        return List.of(Arrays.copyOf(row, table.keyColumns()));
    }

    private static Map<List<Object>, Object[]> of(Map<Table, Map<List<Object>, Object[]>> rows, Table table) {
        return rows.computeIfAbsent(table, unused -> new LinkedHashMap<>());
    }
}
