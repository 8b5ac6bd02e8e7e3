package io.leadpulse.local.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Nimbar Software: zone, working week, reps, products, goals. */
public final class SimulatedCompany {
    private final ZoneId zone;
    private final Instant liveStart;

    private SimulatedCompany(ZoneId zone, Instant liveStart) {
        this.zone = zone;
        this.liveStart = liveStart;
    }

    static SimulatedCompany of(Instant liveStart, Optional<ZoneId> zone) {
        return new SimulatedCompany(zone.orElse(ZoneId.of("UTC")), liveStart);
    }

    /** The company's zone. */
    public ZoneId zone() {
        return zone;
    }

    /** One line for people: zone, local time, working week. */
    public String describe() {
        throw new UnsupportedOperationException("api only");
    }

    Instant liveStart() {
        return liveStart;
    }

    String configYaml() {
        throw new UnsupportedOperationException("api only");
    }

    List<SimulatedRecord> configuration() {
        throw new UnsupportedOperationException("api only");
    }
}
