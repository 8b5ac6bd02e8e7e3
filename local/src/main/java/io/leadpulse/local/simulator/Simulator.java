package io.leadpulse.local.simulator;

import io.leadpulse.schemas.config.Company;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The story of Nimbar Software, an invented company: 90 days of history and what then happens live.
 *
 * <p>Everything is a function of the seed, the instant at which live begins and the zone: no clock is read, and a second
 * simulator with the same three gives the same bytes. The figures of the story are told as of {@link #liveStart()}.
 */
public final class Simulator {
    /** The seed that the demo, the tests and the pictures use. */
    public static final long DEFAULT_SEED = 7;

    private final SimulatedCompany company;
    private final long seed;

    private Simulator(long seed, SimulatedCompany company) {
        this.seed = seed;
        this.company = company;
    }

    /**
     * A simulator.
     *
     * @param seed any number
     * @param liveStart when the live script begins; history ends {@link SimulatedHistory#QUIET} before it, so that a
     *     demo may choose it that much ahead of the machine's clock and write history meanwhile
     * @param zone the company's zone; when not given, a fixed offset in which live begins at about 13:30
     */
    public static Simulator of(long seed, Instant liveStart, Optional<ZoneId> zone) {
        return of(seed, liveStart, zone, LeadpulseConfig.defaults().company());
    }

    /**
     * A simulator of a company that counts in another way.
     *
     * @param like whose currency, display unit, months and fiscal year the simulated company has; amounts are those of the
     *     story by its exchange rate of the euro. Its week is the story's, in which live begins on the fourth working day
     * @throws IllegalArgumentException if that has another currency than the euro, and no exchange rate of it
     */
    public static Simulator of(long seed, Instant liveStart, Optional<ZoneId> zone, Company like) {
        return new Simulator(seed, SimulatedCompany.of(liveStart, zone, like));
    }

    /** Who sells what, when and where. */
    public SimulatedCompany company() {
        return company;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** When the live script begins. */
    public Instant liveStart() {
        return company.liveStart();
    }

    /** The meaning of the numbers: the YAML that every part takes as {@code --config}. */
    public String configYaml() {
        return company.configYaml();
    }

    /** Reps and goals: to be sent before any event, best before the engine starts. */
    public List<SimulatedRecord> configuration() {
        return company.configuration();
    }

    /** The 90 days, in order of arrival; at most {@link SimulatedHistory#MAX_RECORDS} records. */
    public List<SimulatedRecord> history() {
        return new SimulatedHistory(seed, company).records();
    }

    /**
     * What happens live.
     *
     * @param quiet whether the beats are left out, so that only the background remains
     */
    public LiveScript live(boolean quiet) {
        return new LiveScript(seed, company, quiet);
    }
}
