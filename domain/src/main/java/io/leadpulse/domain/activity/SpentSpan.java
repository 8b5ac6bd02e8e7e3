package io.leadpulse.domain.activity;

import io.leadpulse.domain.measure.Dimension;

/**
 * A part of one day that somebody spent on an activity, as it stands in the dimension of the measure of spans.
 *
 * @param kind the activity's kind on the wire
 * @param team the team that he was in; empty for none
 * @param span from when to when
 */
public record SpentSpan(String kind, String team, TimeSpent.Span span) {

    /** Reads what {@link #dimension} wrote. */
    public static SpentSpan of(String dimension) {
        String[] parts = dimension.split(String.valueOf(Dimension.SEPARATOR), -1);
        return new SpentSpan(
                parts[0], parts[1], new TimeSpent.Span(Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    }

    /** The span as a dimension. */
    public String dimension() {
        return Dimension.of(kind, team, String.valueOf(span.fromMillis()), String.valueOf(span.toMillis()));
    }
}
