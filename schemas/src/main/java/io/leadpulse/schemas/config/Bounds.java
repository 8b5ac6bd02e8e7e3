package io.leadpulse.schemas.config;

/**
 * What bounds the state; what goes beyond is dead-lettered {@code too_many}.
 *
 * @param factsPerLead facts of one lead
 * @param factsPerLeadAndDay facts of one lead on one day
 * @param visitorEvents events of one visitor who is not known yet
 * @param visitorDays for how many days such events are kept
 */
public record Bounds(int factsPerLead, int factsPerLeadAndDay, int visitorEvents, int visitorDays) {

    /** 2,000 facts of a lead (32 KB), 300 of them on one day; 500 events of a visitor, for 30 days. */
    public static final Bounds DEFAULT = new Bounds(2_000, 300, 500, 30);
}
