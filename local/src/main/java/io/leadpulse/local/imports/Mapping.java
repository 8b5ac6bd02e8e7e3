package io.leadpulse.local.imports;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to make of a CSV file; read from YAML by {@link MappingReader}.
 *
 * @param source source of all events
 * @param layout how the file is written
 * @param currency currency of all amounts
 * @param events what a row may give, at least one
 */
record Mapping(String source, CsvLayout layout, Currency currency, List<EventMapping> events) {

    /** The columns that a file must have. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        events.forEach(event -> columns.addAll(event.columns()));
        return columns;
    }
}
