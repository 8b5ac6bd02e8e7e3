package io.leadpulse.domain.score;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * Which facts a rule means: one kind, and conditions that must all hold.
 *
 * @param kind the kind of event
 * @param includesAutomatic whether what a machine did counts too; never for opens and clicks
 * @param connectedOnly whether the call must have reached a person
 * @param direction who must have begun the contact; null for either
 * @param assets the assets meant; empty for any
 * @param campaigns the campaigns meant; empty for any
 * @param attributes attributes that the fact itself must state, with their values; empty for no condition
 */
public record FactMatch(
        EventKind kind,
        boolean includesAutomatic,
        boolean connectedOnly,
        Direction direction,
        Set<String> assets,
        Set<String> campaigns,
        Map<String, String> attributes)
        implements Serializable {

    public FactMatch {
        assets = Set.copyOf(assets);
        campaigns = Set.copyOf(campaigns);
        attributes = Map.copyOf(attributes);
    }

    /** Every fact of this kind that no machine did. */
    public static FactMatch of(EventKind kind) {
        return new FactMatch(kind, false, false, null, Set.of(), Set.of(), Map.of());
    }

    /** The same, of these assets only. */
    public FactMatch withAssets(String... values) {
        return new FactMatch(kind, includesAutomatic, connectedOnly, direction, Set.of(values), campaigns, attributes);
    }

    /** The same, of these campaigns only. */
    public FactMatch withCampaigns(String... values) {
        return new FactMatch(kind, includesAutomatic, connectedOnly, direction, assets, Set.of(values), attributes);
    }

    /** The same, only where the fact states all these attributes. */
    public FactMatch withAttributes(Map<String, String> values) {
        return new FactMatch(kind, includesAutomatic, connectedOnly, direction, assets, campaigns, values);
    }

    /** The same, begun by this side only. */
    public FactMatch withDirection(Direction value) {
        return new FactMatch(kind, includesAutomatic, connectedOnly, value, assets, campaigns, attributes);
    }

    /** The same, only where a person was reached and stayed: a connected call of 30 s or more. */
    public FactMatch whenConnected() {
        return new FactMatch(kind, includesAutomatic, true, direction, assets, campaigns, attributes);
    }

    /** The same, and what a machine did too. */
    public FactMatch orAutomatic() {
        return new FactMatch(kind, true, connectedOnly, direction, assets, campaigns, attributes);
    }

    /** Whether the fact is meant. */
    public boolean matches(Fact fact) {
        return fact.kind() == kind
                && (includesAutomatic || !fact.automatic())
                && (!connectedOnly || reachedSomebody(fact))
                && (direction == null || fact.direction() == direction)
                && (assets.isEmpty() || (fact.asset() != null && assets.contains(fact.asset())))
                && (campaigns.isEmpty() || (fact.campaign() != null && campaigns.contains(fact.campaign())))
                && statesAttributes(fact);
    }

    private static boolean reachedSomebody(Fact fact) {
        return fact.connected() && fact.seconds() >= ContactRules.CONVERSATION_SECONDS;
    }

    private boolean statesAttributes(Fact fact) {
        for (Map.Entry<String, String> wanted : attributes.entrySet()) {
            if (!wanted.getValue().equals(fact.attributes().get(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every fact that {@code other} means is meant here too, so that {@code other} behind this is dead. */
    boolean covers(FactMatch other) {
        return kind == other.kind
                && (includesAutomatic || !other.includesAutomatic)
                && (!connectedOnly || other.connectedOnly)
                && (direction == null || direction == other.direction)
                && coversAny(assets, other.assets)
                && coversAny(campaigns, other.campaigns)
                && other.attributes.entrySet().containsAll(attributes.entrySet());
    }

    private static boolean coversAny(Set<String> mine, Set<String> others) {
        return mine.isEmpty() || (!others.isEmpty() && mine.containsAll(others));
    }
}
