package io.leadpulse.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose behaviour it is. An event that names its lead is that lead's. Else it belongs to the lead of the visitor's
 * latest identification at or before it, however old; without one to that of the first after it, within 30 days; else to
 * nobody. Every web event with both ids identifies its visitor, whatever its type.
 */
final class IdentityOracle {
    static final long HELD_MILLIS = Duration.ofDays(30).toMillis();

    private final List<OracleEvent> identifications;

    IdentityOracle(List<OracleEvent> events) {
        List<OracleEvent> found = new ArrayList<>(events);
        found.removeIf(event -> !event.isWeb() || event.lead() == null || event.anonymousId() == null);
        this.identifications = found;
    }

    /** The lead of an event; activities name theirs. */
    Optional<String> leadOf(OracleEvent event) {
        if (event.lead() != null) {
            return Optional.of(event.lead());
        }
        OracleEvent latest = null;
        OracleEvent next = null;
        for (OracleEvent each : identifications) {
            if (!each.anonymousId().equals(event.anonymousId())) {
                continue;
            }
            if (each.timeMillis() <= event.timeMillis()) {
                latest = each;
            } else if (next == null && each.timeMillis() - event.timeMillis() <= HELD_MILLIS) {
                next = each;
            }
        }
        return Optional.ofNullable(latest != null ? latest : next).map(OracleEvent::lead);
    }
}
