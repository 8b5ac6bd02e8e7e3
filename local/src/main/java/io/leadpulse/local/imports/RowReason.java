package io.leadpulse.local.imports;

import java.util.Locale;

/** Why a row of an export cannot become events: a closed set, counted one by one. */
public enum RowReason {
    /** No row by the rules of CSV: wrong number of cells, a quote never closed, bytes of another charset. */
    MALFORMED,
    /** Says nothing about when it happened. */
    NO_TIME,
    /** Planned, but nothing says when it was planned. */
    NO_PLANNING_TIME,
    INVALID_TIME,
    INVALID_AMOUNT,
    /** A number or a truth value that is none. */
    INVALID_VALUE,
    /** A cell is empty that the event needs. */
    MISSING_VALUE,
    /** A stage, type, reason or kind that nothing explains. */
    UNKNOWN_VALUE,
    /** The id stands for two different deals, which cannot be told apart. */
    REUSED_ID,
    /** No event of the mapping applies to the row. */
    NOT_MAPPED,
    /** The engine would make it a dead letter; the message says for which reason of its own. */
    REFUSED;

    /** The name in reports, such as {@code no_time}. */
    public String reportName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
