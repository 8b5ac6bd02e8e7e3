package io.leadpulse.schemas.config;

/**
 * What bounds the state of a lead; what goes beyond is dead-lettered {@code too_many}. The bounds of a visitor are fixed:
 * how far an identification reaches back is part of what the numbers mean.
 *
 * @param factsPerLead facts of one lead
 * @param factsPerLeadAndDay facts of one lead on one day
 */
public record Bounds(int factsPerLead, int factsPerLeadAndDay) {

    /** 2,000 facts of a lead, 300 of them on one day. */
    public static final Bounds DEFAULT = new Bounds(2_000, 300);
}
