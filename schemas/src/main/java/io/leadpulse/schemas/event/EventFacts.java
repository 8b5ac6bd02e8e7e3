package io.leadpulse.schemas.event;

import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;

/** What the domain keeps of an event: a {@link Fact} of its lead, or a {@link DealEvent} of its deal. */
public final class EventFacts {
    private EventFacts() {}

    /**
     * The fact of an activity or of behaviour.
     *
     * @throws IllegalArgumentException if the event is a deal's or the company's
     */
    public static Fact fact(SalesEvent event) {
        EventKind.Stream stream = event.kind().stream();
        if (stream != EventKind.Stream.ACTIVITY && stream != EventKind.Stream.BEHAVIOUR) {
            throw new IllegalArgumentException(event.kind() + " is no fact of a lead");
        }
        return Fact.builder(event.id(), event.event(), event.timeMillis(), event.kind())
                .version(event.version())
                .contentHash(event.contentHash())
                .asset(event.asset())
                .actor(event.actor())
                .owner(event.owner())
                .status(event.status())
                .reason(event.reason())
                .product(event.product())
                .campaign(event.campaign())
                .channel(event.channel())
                .direction(event.direction())
                .automatic(event.automatic())
                .cold(event.cold())
                .connected(event.connected())
                .seconds(event.seconds())
                .dueMillis(event.dueMillis())
                .alert(event.alert())
                .attributes(event.attributes())
                .template(event.template())
                .build();
    }

    /**
     * The record of a deal.
     *
     * @throws IllegalArgumentException if the event is not a deal's
     */
    public static DealEvent deal(SalesEvent event) {
        if (event.kind().stream() != EventKind.Stream.DEAL) {
            throw new IllegalArgumentException(event.kind() + " is no event of a deal");
        }
        return new DealEvent(
                event.id(),
                event.event(),
                event.timeMillis(),
                event.kind(),
                event.version(),
                event.contentHash(),
                event.lead(),
                event.owner(),
                event.stage(),
                event.reason(),
                event.competitor(),
                event.amountMinor(),
                event.currency(),
                event.product(),
                event.expectedCloseEpochDay());
    }
}
