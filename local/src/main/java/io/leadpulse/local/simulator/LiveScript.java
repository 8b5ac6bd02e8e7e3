package io.leadpulse.local.simulator;

import java.util.List;

/** What happens live: the background and, at their seconds, the beats of the story. */
public final class LiveScript {
    private final long seed;
    private final SimulatedCompany company;
    private final boolean quiet;

    LiveScript(long seed, SimulatedCompany company, boolean quiet) {
        this.seed = seed;
        this.company = company;
        this.quiet = quiet;
    }

    /**
     * What arrives in [from, to), in order of arrival. A pure function of the times: asked twice, the same records with
     * the same ids come again, which the engine counts as duplicates.
     *
     * @param fromMillis first instant, epoch milliseconds; may lie before live begins (background only)
     * @param toMillis first instant after it
     */
    public List<SimulatedRecord> between(long fromMillis, long toMillis) {
        throw new UnsupportedOperationException("api only: " + seed + company + quiet + fromMillis + toMillis);
    }
}
