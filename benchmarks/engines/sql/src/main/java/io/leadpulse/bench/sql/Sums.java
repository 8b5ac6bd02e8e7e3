package io.leadpulse.bench.sql;

/**
 * Sums of a lead's points at the time of the latest act, from which the score at any later time follows; a structured type of Flink,
 * empty for a lead that is not known.
 */
public final class Sums {
    /** No time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    private static final double WARM = 30;
    private static final double HOT = 70;
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    /** Of the latest act that gave points, epoch milliseconds; {@code Long.MIN_VALUE} while none did. */
    public Long latestMillis;

    /** What decays and is not held within bounds of its own. */
    public Double engagement;

    /** What decays and is held within a bound together. */
    public Double pageViews;

    /** What does not decay. */
    public Double optOut;

    boolean isKnown() {
        return latestMillis != null;
    }

    /** The lead is known, and has no points. */
    void know() {
        latestMillis = Long.MIN_VALUE;
        engagement = 0.0;
        pageViews = 0.0;
        optOut = 0.0;
    }

    long latest() {
        return latestMillis;
    }

    /**
     * Counts an act, or takes one back.
     *
     * @param part {@code engagement}, {@code page_views} or {@code opt_out}
     * @param points negative for what is taken back
     */
    void add(String part, double points, long timeMillis) {
        if (!isKnown()) {
            know();
        }
        if (timeMillis > latestMillis) {
            double factor = latestMillis == Long.MIN_VALUE ? 0 : factor(timeMillis - latestMillis);
            engagement *= factor;
            pageViews *= factor;
            latestMillis = timeMillis;
        }
        double decayed = points * factor(latestMillis - timeMillis);
        switch (part) {
            case "engagement" -> engagement += decayed;
            case "page_views" -> pageViews += decayed;
            case "opt_out" -> optOut += points;
            default -> throw new IllegalArgumentException("no part of the score: " + part);
        }
    }

    private static double factor(long ageMillis) {
        return Math.pow(2, -ageMillis / HALF_LIFE_MILLIS);
    }

    /** The score, 0 to 100, at a time that is not before the latest act, epoch milliseconds. */
    double scoreAt(long atMillis) {
        if (latestMillis == Long.MIN_VALUE) {
            return 0;
        }
        double factor = factor(atMillis - latestMillis);
        double sum = engagement * factor + Math.min(MAX_PAGE_VIEWS, pageViews * factor) + optOut;
        return Math.max(0, Math.min(MAX_SCORE, sum));
    }

    /** {@code cold}, {@code warm} or {@code hot} at a time that is not before the latest act, epoch milliseconds. */
    String bandAt(long atMillis) {
        double score = scoreAt(atMillis) + CLOSE;
        return score >= HOT ? "hot" : score >= WARM ? "warm" : "cold";
    }

    /**
     * When the band changes next if nothing more happens, after a time that is not before the latest act; {@link #NEVER} if it stays.
     * While page views are at their bound, and when they are not, the sum is linear in the factor of decay.
     */
    long nextBandChangeAfter(long atMillis) {
        long next = NEVER;
        for (double threshold : new double[] {WARM, HOT}) {
            double missing = threshold - CLOSE - optOut;
            next = Math.min(next, bandChange(atMillis, (missing - MAX_PAGE_VIEWS) / engagement));
            next = Math.min(next, bandChange(atMillis, missing / (engagement + pageViews)));
        }
        return next;
    }

    private long bandChange(long atMillis, double factor) {
        if (!(factor > 0) || factor >= 1) {
            return NEVER;
        }
        long ageMillis = (long) Math.ceil(-HALF_LIFE_MILLIS * Math.log(factor) / Math.log(2)) + 1;
        long changeMillis = latestMillis + ageMillis;
        return changeMillis > atMillis && !bandAt(changeMillis).equals(bandAt(atMillis)) ? changeMillis : NEVER;
    }
}
