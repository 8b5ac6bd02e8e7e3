package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/**
 * Sums of a lead's points at the time of the latest act, from which the score at any later time follows.
 *
 * @param latestMillis of the latest act that gave points, epoch milliseconds; {@code Long.MIN_VALUE} while none did
 * @param engagement what decays and is not held within bounds of its own
 * @param pageViews what decays and is held within a bound together
 * @param optOut what does not decay
 */
public record Points(long latestMillis, double engagement, double pageViews, double optOut) {
    static final Encoder<Points> ENCODER = Records.encoder(Points.class);
    static final Points NONE = new Points(Long.MIN_VALUE, 0, 0, 0);
    /** No time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    private static final double WARM = 30;
    private static final double HOT = 70;
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    /**
     * With one act more, or one less.
     *
     * @param sign 1 or -1
     */
    Points with(Rule rule, long timeMillis, int sign) {
        long latest = Math.max(latestMillis, timeMillis);
        double before = latestMillis == Long.MIN_VALUE ? 0 : factor(latest - latestMillis);
        double points = (double) sign * rule.points;
        double decayed = points * factor(latest - timeMillis);
        boolean isPageView = rule == Rule.PAGE_VIEW;
        boolean isOptOut = rule == Rule.UNSUBSCRIBED;
        return new Points(
                latest,
                engagement * before + (isPageView || isOptOut ? 0 : decayed),
                pageViews * before + (isPageView ? decayed : 0),
                optOut + (isOptOut ? points : 0));
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
