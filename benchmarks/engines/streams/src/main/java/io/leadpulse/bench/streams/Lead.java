package io.leadpulse.bench.streams;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;

/**
 * A lead's score as sums at a reference time, and what has been said of it.
 *
 * @param referenceMillis time of the sums, that of the latest act that gave points, epoch milliseconds; {@link #NOTHING} before any
 * @param engagement points that decay
 * @param pageViews points of page views, which decay and are held within a bound of their own
 * @param optOut points that do not decay
 * @param isSaid whether the score that was last said is that of these sums
 * @param band the band that was last said; null if none was
 * @param wakeMillis for when it waits in the timers, epoch milliseconds; {@link Deal#NEVER} if it does not
 */
record Lead(
        long referenceMillis,
        double engagement,
        double pageViews,
        double optOut,
        boolean isSaid,
        Band band,
        long wakeMillis) {

    static final Serde<Lead> SERDE = Binary.serde(Lead::write, Lead::read);

    /** Known, but nothing gave points. */
    static final Lead UNTOUCHED = new Lead(Lead.NOTHING, 0, 0, 0, false, null, Deal.NEVER);

    private static final long NOTHING = 0;
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    /** What a score amounts to. */
    enum Band {
        COLD(Double.NEGATIVE_INFINITY),
        WARM(30),
        HOT(70);

        private static final Band[] ALL = values();
        private final double threshold;

        Band(double threshold) {
            this.threshold = threshold;
        }

        private static Band of(double score) {
            return score + CLOSE >= HOT.threshold ? HOT : score + CLOSE >= WARM.threshold ? WARM : COLD;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * With the points of an act.
     *
     * @param timeMillis when it happened, late or not
     * @param times 1, or -1 to take them back
     */
    Lead plus(Rule rule, long timeMillis, int times) {
        long referenceAfterMillis = Math.max(referenceMillis, timeMillis);
        double factor = factor(referenceAfterMillis - referenceMillis);
        double points = times * (double) rule.points;
        double decayed = points * factor(referenceAfterMillis - timeMillis);
        return new Lead(
                referenceAfterMillis,
                engagement * factor + (rule.group == Rule.Group.ENGAGEMENT ? decayed : 0),
                pageViews * factor + (rule.group == Rule.Group.PAGE_VIEWS ? decayed : 0),
                optOut + (rule.group == Rule.Group.OPT_OUT ? points : 0),
                false,
                band,
                wakeMillis);
    }

    Lead said(Band saidBand) {
        return new Lead(referenceMillis, engagement, pageViews, optOut, true, saidBand, wakeMillis);
    }

    Lead unsaid() {
        return new Lead(referenceMillis, engagement, pageViews, optOut, false, band, wakeMillis);
    }

    Lead waking(long atMillis) {
        return new Lead(referenceMillis, engagement, pageViews, optOut, isSaid, band, atMillis);
    }

    private static double factor(long ageMillis) {
        return ageMillis == 0 ? 1 : Math.pow(2, -ageMillis / HALF_LIFE_MILLIS);
    }

    /** The score, 0 to 100, at a time that is not before the reference. */
    double at(long atMillis) {
        double factor = factor(atMillis - referenceMillis);
        double sum = engagement * factor + Math.min(MAX_PAGE_VIEWS, pageViews * factor) + optOut;
        return Math.max(0, Math.min(MAX_SCORE, sum));
    }

    /** The band at a time that is not before the reference. */
    Band bandAt(long atMillis) {
        return Band.of(at(atMillis));
    }

    /**
     * The first time after another one at which the lead is in another band if nothing more happens; {@link Deal#NEVER} if it stays.
     * The sum is straight in the factor of decay but for a bend where page views come under their bound, so that it passes a threshold
     * where one of the two lines does.
     */
    long nextBandChangeAfter(long atMillis) {
        Band now = bandAt(atMillis);
        long nextMillis = Deal.NEVER;
        for (Band each : Band.ALL) {
            double missing = each.threshold - CLOSE - optOut;
            nextMillis = Math.min(nextMillis, change(now, atMillis, (missing - MAX_PAGE_VIEWS) / engagement));
            nextMillis = Math.min(nextMillis, change(now, atMillis, missing / (engagement + pageViews)));
        }
        return nextMillis;
    }

    private long change(Band now, long atMillis, double factor) {
        if (!(factor > 0) || factor >= 1) {
            return Deal.NEVER;
        }
        long ageMillis = (long) Math.ceil(-HALF_LIFE_MILLIS * Math.log(factor) / Math.log(2));
        // Rounding may have it a moment early.
        long changeMillis = referenceMillis + ageMillis + 1;
        return changeMillis > atMillis && bandAt(changeMillis) != now ? changeMillis : Deal.NEVER;
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(referenceMillis);
        out.writeDouble(engagement);
        out.writeDouble(pageViews);
        out.writeDouble(optOut);
        out.writeBoolean(isSaid);
        Binary.writeText(band == null ? null : band.name(), out);
        out.writeLong(wakeMillis);
    }

    private static Lead read(DataInputStream in) throws IOException {
        long referenceMillis = in.readLong();
        double engagement = in.readDouble();
        double pageViews = in.readDouble();
        double optOut = in.readDouble();
        boolean isSaid = in.readBoolean();
        String band = Binary.readText(in);
        return new Lead(
                referenceMillis,
                engagement,
                pageViews,
                optOut,
                isSaid,
                band == null ? null : Band.valueOf(band),
                in.readLong());
    }
}
