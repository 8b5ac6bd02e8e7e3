package io.leadpulse.bench.workload;

import java.util.List;

/**
 * Events whose results can be told from all others. Each probe has a lead of its own, which sends a form: whatever is said of this lead's
 * points follows from it. And it has a deal that is won, for a rep who wins nothing else, of an amount that is a power of two: so a
 * rep's sum of a day says of each probe whether it is in it, in whatever order they come.
 */
public final class Probes {
    /** The largest amount is 21 million euros: as with real ones, nothing computed from it overflows. */
    static final int PROBES_PER_REP = 32;

    /** Serving shows 200 reps at most, those of the workload among them. */
    private static final int MAX_REPS = 140;

    /** How many can be told from each other in one run. */
    public static final int MAX = PROBES_PER_REP * MAX_REPS;

    /** Records that each of them is. */
    public static final int RECORDS = 3;

    /** A form gives 20 points, which hardly decay before they are said. */
    public static final double LEAST_SCORE = 19;

    private static final String LEAD = "probe-";
    private static final String REP = "P";
    private static final String SCOPE = "rep:" + REP;
    private static final int NONE = -1;
    private static final WorkloadSpec NO_OTHERS = new WorkloadSpec(WorkloadSpec.MIN_EVENTS, 1, 0);

    private Probes() {}

    /**
     * The records of one, to be sent one after the other.
     *
     * @param probe its number, from 0 to below {@link #MAX}
     * @param millis when it happens, epoch milliseconds
     */
    public static List<WorkloadRecord> records(int probe, long millis) {
        return new RecordWriter(NO_OTHERS).probe(probe, millis);
    }

    /** Its lead. */
    public static String lead(int probe) {
        return LEAD + probe;
    }

    /** The number of the probe whose lead this is; negative if it is none's. */
    public static int ofLead(String lead) {
        return lead.startsWith(LEAD) ? Integer.parseInt(lead.substring(LEAD.length())) : NONE;
    }

    /** Who wins its deal. */
    public static String rep(int probe) {
        return REP + probe / PROBES_PER_REP;
    }

    /** The first of the probes whose deals are summed in this scope; negative if none are. */
    public static int firstOfScope(String scope) {
        return scope.startsWith(SCOPE) ? Integer.parseInt(scope.substring(SCOPE.length())) * PROBES_PER_REP : NONE;
    }

    /** The scope in which its deal is summed with others. */
    public static String scope(int probe) {
        return SCOPE + probe / PROBES_PER_REP;
    }

    /** The amount of its deal, in cents. */
    public static long amountMinor(int probe) {
        return 1L << probe % PROBES_PER_REP;
    }

    /** What engines are configured with: the task's configuration and the reps of so many probes. */
    public static String configYaml(int probes) {
        StringBuilder yaml = new StringBuilder(WorkloadSpec.configYaml());
        for (int first = 0; first < probes; first += PROBES_PER_REP) {
            yaml.append("  - {id: %s, name: Probe %s, team: probes}%n".formatted(rep(first), rep(first)));
        }
        return yaml.toString();
    }
}
