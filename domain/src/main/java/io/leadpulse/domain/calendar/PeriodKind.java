package io.leadpulse.domain.calendar;

import java.util.Locale;

/** The lengths in which sales are counted. */
public enum PeriodKind {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    /** Everything there is; it has neither beginning nor end. */
    TOTAL;

    /** The name on the wire and at the beginning of a {@link Period#key()}, such as {@code month}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
