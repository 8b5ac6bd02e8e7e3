package io.leadpulse.bench.latency;

/**
 * Finds the rate at which an engine does not fall behind when it is sent without an end: a rate is tried, and if results come
 * later and later, as much less as they fall behind. A burst alone does not tell: an engine that takes in at once all that has
 * piled up of a lead does more in a burst than it does of what comes one by one, with the sender beside it.
 */
final class SteadyRate {
    /** How long a rate is tried. */
    static final int SECONDS = 30;

    /** How many are tried at most. */
    static final int MOST = 4;

    /** A result that comes so much later for each second that is sent longer is no accident. */
    private static final double FALLS_BEHIND = 0.1;

    /** What is tried next is somewhat less than what it did. */
    private static final double SOMEWHAT_LESS = 0.95;

    /** And no less than such a part. */
    private static final double LEAST = 0.2;

    private static final int QUARTERS = 4;

    private int tries;
    private int perSecond;

    SteadyRate(int perSecond) {
        this.perSecond = perSecond;
    }

    /** The rate that is tried next, or that was found: records a second. */
    int perSecond() {
        return perSecond;
    }

    /**
     * So the rate was worked off; false if another is to be tried. The last one that may be tried is taken for what it did.
     *
     * @param behind how many seconds later results came for each second that was sent longer
     */
    boolean took(double behind) {
        tries++;
        if (behind <= FALLS_BEHIND) {
            return true;
        }
        perSecond = Math.max(Schedule.MIN_PER_SECOND, (int) (perSecond * Math.max(LEAST, 1 - behind) * SOMEWHAT_LESS));
        return tries == MOST;
    }

    /**
     * How much later results come: what those of the last quarter took in the mean, less what those of the second one did, by
     * the time between the two. The first quarter is the beginning.
     *
     * @param micros what each result took, in the order in which they were due, evenly spread over the time
     */
    static double behind(long[] micros) {
        int quarter = micros.length / QUARTERS;
        double later = mean(micros, micros.length - quarter, micros.length) - mean(micros, quarter, 2 * quarter);
        return later / (SECONDS * 1e6 * 2 / QUARTERS);
    }

    private static double mean(long[] micros, int from, int to) {
        double sum = 0;
        for (int place = from; place < to; place++) {
            sum += micros[place];
        }
        return sum / (to - from);
    }
}
