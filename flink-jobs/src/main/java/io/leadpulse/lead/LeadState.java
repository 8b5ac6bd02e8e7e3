package io.leadpulse.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import java.util.List;

/**
 * Everything kept of a lead: one value, read and written once per event. Bounded by the bounds on facts of the
 * configuration.
 *
 * @param facts activities and behaviour in canonical order, one per id
 * @param deals deals by id in ascending order
 * @param wakeMillis the earliest registered timer that has not fired; {@code Long.MAX_VALUE} when there is none
 */
public record LeadState(List<Fact> facts, List<Deal> deals, long wakeMillis) {
    /** A lead of which nothing is known. */
    public static final LeadState EMPTY = new LeadState(List.of(), List.of(), Long.MAX_VALUE);

    /** The same lead with other facts. */
    LeadState withFacts(List<Fact> other) {
        return new LeadState(other, deals, wakeMillis);
    }

    /** The same lead with other deals. */
    LeadState withDeals(List<Deal> other) {
        return new LeadState(facts, other, wakeMillis);
    }
}
