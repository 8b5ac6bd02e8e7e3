package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a mapping fills one field.
 *
 * @param name name of the field, for messages
 * @param from the text of the row
 * @param values what each text becomes; empty to take it as it is
 * @param otherwise what a text becomes that is not among the values; null if that is an error
 * @param times formats and zone of a time or day
 * @param amounts format of an amount
 */
record MappedValue(
        String name,
        Template from,
        Map<String, String> values,
        Template otherwise,
        TimeFormat times,
        AmountFormat amounts) {

    /** The values of a lead's status on the wire. */
    static final List<String> STATUSES = List.of("new", "working", "nurture", "qualified", "disqualified", "customer");

    static final List<String> DIRECTIONS = List.of("inbound", "outbound");

    private static final Set<String> TRUE = Set.of("true", "yes", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "0");
    private static final int MAX_DIGITS = 18;

    /** The columns that it reads. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(from.columns());
        if (otherwise != null) {
            columns.addAll(otherwise.columns());
        }
        return columns;
    }

    /** Whether it is the same for every row; unknown, and so false, if its text could not be read. */
    boolean isConstant() {
        return from != null && from.isConstant() && (otherwise == null || otherwise.isConstant());
    }

    /** The text for this row, "" if it gives none. */
    String text(CsvRow row) throws RowException {
        String text = from.fill(row);
        if (text.isEmpty() || values.isEmpty()) {
            return text;
        }
        String mapped = values.get(text);
        if (mapped != null) {
            return mapped;
        }
        if (otherwise == null) {
            throw new RowException(
                    RowReason.UNKNOWN_VALUE,
                    name + ": \"" + text + "\" is not among the values of the mapping: "
                            + String.join(", ", values.keySet()));
        }
        return otherwise.fill(row);
    }

    /** The time for this row; null if it gives none. */
    java.time.OffsetDateTime time(CsvRow row) throws RowException {
        String text = text(row);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return times.parse(text);
        } catch (DateTimeException e) {
            throw new RowException(RowReason.INVALID_TIME, name + ": " + e.getMessage());
        }
    }

    /** Puts the field into an event, unless the row gives none; returns whether it did. */
    boolean put(EventField field, CsvRow row, ObjectNode event) throws RowException {
        String text = text(row);
        if (text.isEmpty()) {
            return false;
        }
        String wireName = field.wireName();
        switch (field.type()) {
            case TEXT -> event.put(wireName, text);
            case AMOUNT -> event.put(wireName, amounts.normalise(text));
            case TIME -> event.put(wireName, TimeFormat.rfc3339(time(row)));
            case DAY -> event.put(wireName, time(row).toLocalDate().toString());
            case WHOLE -> event.put(wireName, whole(text));
            case FLAG -> event.put(wireName, flag(text));
            case DIRECTION -> event.put(wireName, oneOf(text, DIRECTIONS));
            case STATUS -> event.put(wireName, oneOf(text, STATUSES));
        }
        return true;
    }

    private long whole(String text) throws RowException {
        if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RowException(RowReason.INVALID_VALUE, name + ": \"" + text + "\" is no whole number");
        }
        return Long.parseLong(text);
    }

    private boolean flag(String text) throws RowException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
            throw new RowException(
                    RowReason.INVALID_VALUE, name + ": \"" + text + "\"; allowed: true, yes, 1, false, no, 0");
        }
        return TRUE.contains(lower);
    }

    private String oneOf(String text, List<String> allowed) throws RowException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!allowed.contains(lower)) {
            throw new RowException(
                    RowReason.INVALID_VALUE,
                    name + ": \"" + text + "\"; allowed: " + String.join(", ", allowed) + " (or map it with values)");
        }
        return lower;
    }
}
