package io.leadpulse.domain.calendar;

/**
 * Time in which a calendar's owner does not work, {@code [fromMillis, toMillis)}.
 *
 * @param fromMillis first absent instant, epoch milliseconds
 * @param toMillis first instant after it, epoch milliseconds; {@link Long#MAX_VALUE} when no end is known
 */
public record Absence(long fromMillis, long toMillis) {
    public Absence {
        if (fromMillis >= toMillis) {
            throw new IllegalArgumentException(
                    "absence [" + fromMillis + ", " + toMillis + ") is empty: from must be before to");
        }
    }
}
