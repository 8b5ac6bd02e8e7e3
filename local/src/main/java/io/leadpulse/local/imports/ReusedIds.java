package io.leadpulse.local.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds, before anything is converted, the ids that an export has given twice. */
final class ReusedIds {
    private ReusedIds() {}

    /** The ids that stand in more than one of the rows that begin something new. */
    static Set<String> in(Path file, String idColumn, Predicate<CsvRow> begins) throws IOException {
        Set<String> seen = new HashSet<>();
        Set<String> reused = new HashSet<>();
        try (CsvFile csv = CsvFile.open(file, CsvLayout.STANDARD, List.of(idColumn), bytes -> {})) {
            for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                if (row.malformed() == null && begins.test(row) && !seen.add(row.get(idColumn))) {
                    reused.add(row.get(idColumn));
                }
            }
        }
        return reused;
    }
}
