package io.leadpulse.schemas.config;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.event.DecodeSettings;
import java.util.Map;
import java.util.Set;

/**
 * What the names on the company's web site mean.
 *
 * @param trackedKinds kind of a tracked event by its name, as {@link DecodeSettings#normalName} writes it
 * @param pageKinds kind of a page view by the beginning of the page's path
 * @param demoForms forms whose submission is a demo request, and counts as that only
 * @param traits traits of an identified visitor that are kept as attributes of the lead
 */
public record BehaviourMapping(
        Map<String, EventKind> trackedKinds,
        Map<String, EventKind> pageKinds,
        Set<String> demoForms,
        Set<String> traits) {

    public BehaviourMapping {
        trackedKinds = Map.copyOf(trackedKinds);
        pageKinds = Map.copyOf(pageKinds);
        demoForms = Set.copyOf(demoForms);
        traits = Set.copyOf(traits);
    }

    /** The decoder's own. */
    static BehaviourMapping defaults() {
        DecodeSettings settings = DecodeSettings.of("EUR");
        return new BehaviourMapping(
                settings.trackedKinds(), settings.pageKinds(), settings.demoForms(), settings.traits());
    }
}
