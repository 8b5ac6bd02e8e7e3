package io.leadpulse.bench.plain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A lead's score as sums at a reference time. Events may come late and be taken back: where a rule counts the earliest only, all times
 * are kept, and what counts changes with them.
 */
final class Lead {
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    private static final double[] THRESHOLDS = {30, 70};
    private static final String[] BANDS = {"cold", "warm", "hot"};
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    /** No time. */
    static final long NEVER = Long.MAX_VALUE;

    final String id;
    /** Whether something is to be said of it. */
    boolean changed;
    /** When it is to be looked at although nothing happens, epoch milliseconds. */
    long wakeMillis = NEVER;

    private final Map<Place, long[]> times = new HashMap<>();
    private long referenceMillis = Long.MIN_VALUE;
    private double engagement;
    private double pageViews;
    private double optOut;

    /** Where a rule counts a limited number of times. */
    private record Place(Rule rule, Object within) {}

    Lead(String id) {
        this.id = id;
    }

    /** The time of the latest event that gave points, epoch milliseconds. */
    long latestMillis() {
        return referenceMillis;
    }

    /** An event gives points, if it is among the earliest of its place. */
    void add(Rule rule, Object within, long timeMillis) {
        if (rule.times == Rule.EVERY) {
            count(rule, timeMillis, 1);
            return;
        }
        long[] before = times.getOrDefault(new Place(rule, within), new long[0]);
        int at = -Arrays.binarySearch(before, timeMillis) - 1;
        if (at < 0) {
            // Two at one instant: which of them counts makes no difference.
            at = -at - 1;
        }
        long[] after = new long[before.length + 1];
        System.arraycopy(before, 0, after, 0, at);
        after[at] = timeMillis;
        System.arraycopy(before, at, after, at + 1, before.length - at);
        times.put(new Place(rule, within), after);
        if (at < rule.times) {
            count(rule, timeMillis, 1);
            if (before.length >= rule.times) {
                count(rule, after[rule.times], -1);
            }
        }
    }

    /** Takes back an event that was added. */
    void remove(Rule rule, Object within, long timeMillis) {
        if (rule.times == Rule.EVERY) {
            count(rule, timeMillis, -1);
            return;
        }
        long[] before = times.get(new Place(rule, within));
        int at = Arrays.binarySearch(before, timeMillis);
        long[] after = new long[before.length - 1];
        System.arraycopy(before, 0, after, 0, at);
        System.arraycopy(before, at + 1, after, at, after.length - at);
        times.put(new Place(rule, within), after);
        if (at < rule.times) {
            count(rule, timeMillis, -1);
            if (before.length > rule.times) {
                count(rule, before[rule.times], 1);
            }
        }
    }

    private void count(Rule rule, long timeMillis, int sign) {
        double points = sign * (double) rule.points;
        if (rule == Rule.UNSUBSCRIBED) {
            optOut += points;
        }
        if (timeMillis > referenceMillis) {
            double factor = referenceMillis == Long.MIN_VALUE ? 0 : factor(timeMillis - referenceMillis);
            engagement *= factor;
            pageViews *= factor;
            referenceMillis = timeMillis;
        }
        double decayed = points * factor(referenceMillis - timeMillis);
        if (rule == Rule.PAGE_VIEW) {
            pageViews += decayed;
        } else if (rule != Rule.UNSUBSCRIBED) {
            engagement += decayed;
        }
    }

    private static double factor(long ageMillis) {
        return ageMillis == 0 ? 1 : Math.pow(2, -ageMillis / HALF_LIFE_MILLIS);
    }

    /** The score, 0 to 100, at a time not before the latest event. */
    double at(long atMillis) {
        return referenceMillis == Long.MIN_VALUE
                ? 0
                : Math.max(0, Math.min(MAX_SCORE, sum(factor(atMillis - referenceMillis))));
    }

    private double sum(double factor) {
        return engagement * factor + Math.min(MAX_PAGE_VIEWS, pageViews * factor) + optOut;
    }

    /** The band at a time not before the latest event. */
    String bandAt(long atMillis) {
        return BANDS[bandOf(at(atMillis))];
    }

    private static int bandOf(double score) {
        int band = 0;
        for (double threshold : THRESHOLDS) {
            if (score + CLOSE >= threshold) {
                band++;
            }
        }
        return band;
    }

    /**
     * The first time after another one at which the lead is in another band if nothing more happens; {@link #NEVER} if it stays. What
     * decays is straight in the factor, with one bend where page views come under their bound.
     */
    long nextBandChangeAfter(long atMillis) {
        if (referenceMillis == Long.MIN_VALUE) {
            return NEVER;
        }
        int band = bandOf(at(atMillis));
        long next = NEVER;
        for (double threshold : THRESHOLDS) {
            double missing = threshold - CLOSE - optOut;
            next = Math.min(next, change(band, atMillis, (missing - MAX_PAGE_VIEWS) / engagement));
            next = Math.min(next, change(band, atMillis, missing / (engagement + pageViews)));
        }
        return next;
    }

    private long change(int band, long atMillis, double factor) {
        if (!(factor > 0) || factor >= 1) {
            return NEVER;
        }
        long ageMillis = (long) Math.ceil(-HALF_LIFE_MILLIS * Math.log(factor) / Math.log(2));
        long changeMillis = referenceMillis + ageMillis + 1;
        return changeMillis > atMillis && bandOf(at(changeMillis)) != band ? changeMillis : NEVER;
    }
}
