package io.leadpulse.bench.oracle;

import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is counted of a lead, from which its score at any time after the latest of it follows. */
public final class LeadScore {
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    private static final double MAX_PAGE_VIEWS = 20;
    private static final double MAX_SCORE = 100;
    private static final double WARM = 30;
    private static final double HOT = 70;
    /** A score so close below a threshold reaches it. */
    private static final double CLOSE = 1e-9;

    private final long[] timeMillis;
    private final byte[] points;
    private final Group[] groups;
    private final int windowDays;

    /** Points that are held within bounds together. */
    enum Group {
        ENGAGEMENT,
        PAGE_VIEWS,
        OPT_OUT
    }

    /** Points that one event gave. */
    record Points(long timeMillis, int points, Group group) {}

    /**
     * Of what is counted.
     *
     * @param windowDays on how many days points count in full; 0 if they decay
     */
    LeadScore(List<Points> counted, int windowDays) {
        this.windowDays = windowDays;
        timeMillis = new long[counted.size()];
        points = new byte[counted.size()];
        groups = new Group[counted.size()];
        for (int i = 0; i < counted.size(); i++) {
            Points each = counted.get(i);
            timeMillis[i] = each.timeMillis();
            points[i] = (byte) each.points();
            groups[i] = each.group();
        }
    }

    /** The time of the latest event that gave points, epoch milliseconds; {@code Long.MIN_VALUE} when none did. */
    public long latestMillis() {
        long latest = Long.MIN_VALUE;
        for (long each : timeMillis) {
            latest = Math.max(latest, each);
        }
        return latest;
    }

    /** The score, 0 to 100, at a time that is not before the latest event, epoch milliseconds. */
    public double at(long atMillis) {
        double engagement = 0;
        double pageViews = 0;
        double optOut = 0;
        for (int i = 0; i < timeMillis.length; i++) {
            double decayed = points[i] * weight(timeMillis[i], atMillis);
            switch (groups[i]) {
                case ENGAGEMENT -> engagement += decayed;
                case PAGE_VIEWS -> pageViews += decayed;
                case OPT_OUT -> optOut += points[i];
            }
        }
        double sum = engagement + Math.min(MAX_PAGE_VIEWS, pageViews) + optOut;
        return Math.max(0, Math.min(MAX_SCORE, sum));
    }

    private double weight(long fromMillis, long atMillis) {
        if (windowDays == 0) {
            return Math.pow(2, -(atMillis - fromMillis) / HALF_LIFE_MILLIS);
        }
        long days = ChronoUnit.DAYS.between(OracleClock.day(fromMillis), OracleClock.day(atMillis));
        return days < windowDays ? 1 : 0;
    }

    /** {@code cold}, {@code warm} or {@code hot} at a time that is not before the latest event. */
    public String bandAt(long atMillis) {
        double score = at(atMillis) + CLOSE;
        return score >= HOT ? "hot" : score >= WARM ? "warm" : "cold";
    }
}
