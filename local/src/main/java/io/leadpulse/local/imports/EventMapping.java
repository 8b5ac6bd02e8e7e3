package io.leadpulse.local.imports;

import io.leadpulse.domain.event.EventKind;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One event that a row may give.
 *
 * @param kind its kind
 * @param when it applies if every column named here has one of the texts ("" is an empty cell)
 * @param unless it does not apply if any column named here has one of the texts
 * @param id event id, unique within the source
 * @param time event time
 * @param fields all other fields
 * @param attributes attributes of the lead, by name
 */
record EventMapping(
        EventKind kind,
        Map<String, Set<String>> when,
        Map<String, Set<String>> unless,
        MappedValue id,
        MappedValue time,
        Map<EventField, MappedValue> fields,
        Map<String, MappedValue> attributes) {

    boolean appliesTo(CsvRow row) {
        return when.entrySet().stream().allMatch(rule -> rule.getValue().contains(row.get(rule.getKey())))
                && unless.entrySet().stream().noneMatch(rule -> rule.getValue().contains(row.get(rule.getKey())));
    }

    /** The columns that it reads. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        columns.addAll(when.keySet());
        columns.addAll(unless.keySet());
        columns.addAll(id.columns());
        columns.addAll(time.columns());
        fields.values().forEach(value -> columns.addAll(value.columns()));
        attributes.values().forEach(value -> columns.addAll(value.columns()));
        return columns;
    }
}
