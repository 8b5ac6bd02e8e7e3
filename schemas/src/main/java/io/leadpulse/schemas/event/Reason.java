package io.leadpulse.schemas.event;

import java.util.Locale;

/** Why a record is a dead letter: a closed set, so that it can be a label and a runbook heading. */
public enum Reason {
    /** No value at all (a tombstone where an event was expected). */
    NULL_VALUE,
    /** Larger than the limit of {@code EventDecoder}. */
    TOO_LARGE,
    INVALID_UTF8,
    INVALID_JSON,
    /** Nested deeper than any of our contracts. */
    TOO_DEEP,
    /** Valid JSON, but no object. */
    NOT_AN_OBJECT,
    MISSING_FIELD,
    WRONG_TYPE,
    /** A field of the right type whose value is outside what is allowed. */
    INVALID_VALUE,
    INVALID_TIME,
    INVALID_AMOUNT,
    /** Another currency than the company's. */
    FOREIGN_CURRENCY,
    UNKNOWN_KIND,
    UNKNOWN_TOPIC,
    /** Names no lead, where a lead is needed. */
    NO_LEAD,
    /** Later than its arrival (in replay: than as-of) by more than the allowance. */
    FUTURE,
    /** Earlier than the correction horizon. */
    TOO_LATE,
    /** More facts of one lead, of one lead and day, or records of one deal than the bound. */
    TOO_MANY,
    /** Held for an identification that did not come in time. */
    HELD_DROPPED,
    /** A line of a replay file that is no record. */
    NOT_A_RECORD;

    /** The name on the wire, such as {@code invalid_json}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
