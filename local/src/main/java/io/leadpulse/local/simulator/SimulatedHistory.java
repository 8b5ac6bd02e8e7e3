package io.leadpulse.local.simulator;

import java.time.Duration;
import java.util.List;

/** The 90 days that lie before live. */
final class SimulatedHistory {
    /** History has at most so many records. */
    static final int MAX_RECORDS = 150_000;
    /** The last instant of history is so long before live begins. */
    static final Duration QUIET = Duration.ofMinutes(2);

    private final long seed;
    private final SimulatedCompany company;

    SimulatedHistory(long seed, SimulatedCompany company) {
        this.seed = seed;
        this.company = company;
    }

    List<SimulatedRecord> records() {
        throw new UnsupportedOperationException("api only: " + seed + company);
    }
}
