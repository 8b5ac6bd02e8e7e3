package io.leadpulse.bench.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The points of a lead, as sums at the time of the latest fact, from which the score at any later time follows. Of what counts a limited
 * number of times the times of all are kept, so that what comes late or is taken back changes what counts.
 */
final class Lead implements KeyedVertex.State {
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    private static final double WARM = 30;
    private static final double HOT = 70;
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    private static final long[] NO_TIMES = {};

    private final Set<String> ids = new HashSet<>();
    private final Map<String, long[]> times = new HashMap<>();
    private long latestMillis = KeyedVertex.NEVER;
    private double engagement;
    private double pageViews;
    private double optOut;
    private long wakeMillis = KeyedVertex.NEVER;

    @Override
    public long wakeMillis() {
        return wakeMillis;
    }

    /** Of the latest fact, epoch milliseconds. */
    long latestMillis() {
        return latestMillis;
    }

    /** Takes in what is said of the lead; returns whether there is something new to say of him. */
    boolean accept(Event.OfLead said) {
        boolean isFirst = latestMillis == KeyedVertex.NEVER;
        if (isFirst) {
            latestMillis = said.timeMillis();
        }
        if (said instanceof Event.LeadAct act && act.rule() != null && (act.id() == null || ids.add(act.id()))) {
            return count(act) || isFirst;
        }
        return isFirst;
    }

    private boolean count(Event.LeadAct act) {
        Rule rule = act.rule();
        int sign = act.isTakenBack() ? -1 : 1;
        if (rule.times == Rule.EVERY) {
            add(rule, act.timeMillis(), sign);
            return true;
        }
        long[] before = times.getOrDefault(act.place(), NO_TIMES);
        long[] after = act.isTakenBack() ? without(act.timeMillis(), before) : with(act.timeMillis(), before);
        times.put(act.place(), after);
        long[] more = act.isTakenBack() ? before : after;
        if (Arrays.binarySearch(more, act.timeMillis()) >= rule.times) {
            return false;
        }
        add(rule, act.timeMillis(), sign);
        if (more.length > rule.times) {
            // It counts no more when another comes, or counts then when one goes.
            add(rule, more[rule.times], -sign);
        }
        return true;
    }

    private static long[] with(long timeMillis, long[] sorted) {
        long[] more = Arrays.copyOf(sorted, sorted.length + 1);
        more[sorted.length] = timeMillis;
        Arrays.sort(more);
        return more;
    }

    private static long[] without(long timeMillis, long[] sorted) {
        int place = Arrays.binarySearch(sorted, timeMillis);
        long[] fewer = Arrays.copyOf(sorted, sorted.length - 1);
        System.arraycopy(sorted, place + 1, fewer, place, fewer.length - place);
        return fewer;
    }

    private void add(Rule rule, long timeMillis, int sign) {
        if (timeMillis > latestMillis) {
            double factor = decay(timeMillis - latestMillis);
            engagement *= factor;
            pageViews *= factor;
            latestMillis = timeMillis;
        }
        double points = (double) sign * rule.points;
        switch (rule) {
            case UNSUBSCRIBED -> optOut += points;
            case PAGE_VIEW -> pageViews += points * decay(latestMillis - timeMillis);
            default -> engagement += points * decay(latestMillis - timeMillis);
        }
    }

    private static double decay(long ageMillis) {
        return Math.pow(2, -ageMillis / HALF_LIFE_MILLIS);
    }

    /** The score, 0 to 100, at a time that is not before the latest fact, epoch milliseconds. */
    double scoreAt(long atMillis) {
        double factor = decay(atMillis - latestMillis);
        double sum = engagement * factor + Math.min(MAX_PAGE_VIEWS, pageViews * factor) + optOut;
        return Math.max(0, Math.min(MAX_SCORE, sum));
    }

    /** {@code cold}, {@code warm} or {@code hot} at a time that is not before the latest fact, epoch milliseconds. */
    String bandAt(long atMillis) {
        double score = scoreAt(atMillis) + CLOSE;
        if (score >= HOT) {
            return "hot";
        }
        return score >= WARM ? "warm" : "cold";
    }

    /** It was said at a time that is not before the latest fact; it is to be said again when the band is another because points decay. */
    void said(long atMillis) {
        wakeMillis = Math.min(bandChangeAfter(atMillis, WARM), bandChangeAfter(atMillis, HOT));
    }

    /** Page views are at their bound, and later they are not; either way the sum is linear in the factor of decay. */
    private long bandChangeAfter(long atMillis, double threshold) {
        double missing = threshold - CLOSE - optOut;
        return Math.min(
                changeAt((missing - MAX_PAGE_VIEWS) / engagement, atMillis),
                changeAt(missing / (engagement + pageViews), atMillis));
    }

    private long changeAt(double factor, long afterMillis) {
        boolean isToCome = factor > 0 && factor < 1;
        if (!isToCome) {
            return KeyedVertex.NEVER;
        }
        double ageMillis = -HALF_LIFE_MILLIS * Math.log(factor) / Math.log(2);
        // Beyond rounding, so that by then it has changed.
        long atMillis = latestMillis + (long) Math.ceil(ageMillis) + 1;
        boolean isChange = atMillis > afterMillis && !bandAt(atMillis).equals(bandAt(afterMillis));
        return isChange ? atMillis : KeyedVertex.NEVER;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeStringArray(ids.toArray(String[]::new));
        out.writeInt(times.size());
        for (Map.Entry<String, long[]> each : times.entrySet()) {
            out.writeString(each.getKey());
            out.writeLongArray(each.getValue());
        }
        out.writeLong(latestMillis);
        out.writeDouble(engagement);
        out.writeDouble(pageViews);
        out.writeDouble(optOut);
        out.writeLong(wakeMillis);
    }

    static Lead read(ObjectDataInput in) throws IOException {
        Lead lead = new Lead();
        lead.ids.addAll(Arrays.asList(in.readStringArray()));
        for (int left = in.readInt(); left > 0; left--) {
            lead.times.put(in.readString(), in.readLongArray());
        }
        lead.latestMillis = in.readLong();
        lead.engagement = in.readDouble();
        lead.pageViews = in.readDouble();
        lead.optOut = in.readDouble();
        lead.wakeMillis = in.readLong();
        return lead;
    }
}
