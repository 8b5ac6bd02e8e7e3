package io.leadpulse.domain.score;

import java.util.List;

/**
 * Finds the first millisecond at which the band differs, for sums of several groups, half-lives and clamps, which may
 * rise and fall (negative points decay too).
 *
 * <p>Time is cut where points begin or end and where the rules change; within a piece the score is continuous. A piece
 * is halved, earlier half first, until bounds over all of its times show that the score stays in the band, or that it
 * only rises or only falls; then bisection finds the millisecond. So no crossing is stepped over.
 */
final class BandChangeSearch {

    /** After so many half-lives a double has nothing left of its points. */
    private static final long HALF_LIVES_TO_NOTHING = 1_100;

    /** A possible swing far below the tolerance of thresholds; rounding, not a rise or a fall. */
    private static final double NEGLIGIBLE_POINTS = 1e-12;

    private final RuleTimeline timeline;
    private final PointTracks tracks;
    private final Band band;

    private BandChangeSearch(RuleTimeline timeline, PointTracks tracks, Band band) {
        this.timeline = timeline;
        this.tracks = tracks;
        this.band = band;
    }

    /** The first time later than this at which the band is another than at this time, or {@link ScoreCard#NEVER}. */
    static long firstAfter(RuleTimeline timeline, PointTracks tracks, long atMillis) {
        return new BandChangeSearch(timeline, tracks, tracks.band(atMillis)).firstAfter(atMillis);
    }

    private long firstAfter(long atMillis) {
        long start = atMillis;
        while (true) {
            long jump = tracks.nextJumpAfter(start);
            long last = jump == ScoreCard.NEVER ? end(start) : jump - 1;
            long found = firstWithin(start, last);
            if (found != ScoreCard.NEVER || jump == ScoreCard.NEVER) {
                return found;
            }
            if (differs(jump)) {
                return jump;
            }
            start = jump;
        }
    }

    private boolean differs(long atMillis) {
        return tracks.band(atMillis) != band;
    }

    /** A time from which on nothing moves, when no more jumps come. */
    private long end(long start) {
        long longest = 0;
        for (PointTracks.Group group : tracks.groups()) {
            for (PointTrack track : group.tracks()) {
                if (track.decay() instanceof Decay.HalfLife half && track.at(start) != 0) {
                    longest = Math.max(longest, half.halfLifeMillis());
                }
            }
        }
        long end = start + longest * HALF_LIVES_TO_NOTHING;
        return end < start ? ScoreCard.NEVER - 1 : end;
    }

    /** The first differing time in (low, high]; the band at low is known to be the same, and nothing jumps within. */
    private long firstWithin(long low, long high) {
        if (low >= high) {
            return ScoreCard.NEVER;
        }
        Bounds bounds = bounds(low, high);
        if (bounds.stayWithin(band)) {
            return ScoreCard.NEVER;
        }
        if (high - low == 1 || bounds.oneWay((double) high - (double) low)) {
            return differs(high) ? bisect(low, high) : ScoreCard.NEVER;
        }
        long middle = low + ((high - low) >>> 1);
        long found = firstWithin(low, middle);
        if (found != ScoreCard.NEVER) {
            return found;
        }
        return differs(middle) ? middle : firstWithin(middle, high);
    }

    private long bisect(long same, long different) {
        long low = same;
        long high = different;
        while (high - low > 1) {
            long middle = low + ((high - low) >>> 1);
            if (differs(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * Bounds over all times of a piece. Each track moves one way between jumps, so its ends bound it, and likewise its
     * slope. Slopes of one half-life are summed before their signs are judged, so that points and their exact opposite
     * in another group do not look like a swing; a group that may be at a limit gives its slope or none.
     */
    private Bounds bounds(long low, long high) {
        ScoreRules rules = timeline.at(low);
        List<PointTracks.Group> groups = tracks.groups();
        int trackCount =
                groups.stream().mapToInt(group -> group.tracks().size()).sum();
        Slopes certain = new Slopes(trackCount);
        double lower = 0;
        double upper = 0;
        double minSlope = 0;
        double maxSlope = 0;
        for (PointTracks.Group group : groups) {
            double rawLower = 0;
            double rawUpper = 0;
            Slopes slopes = new Slopes(group.tracks().size());
            for (PointTrack track : group.tracks()) {
                double atLow = track.at(low);
                double atHigh = track.at(high);
                rawLower += Math.min(atLow, atHigh);
                rawUpper += Math.max(atLow, atHigh);
                slopes.add(track.shrinkPerMilli(), atLow, atHigh);
            }
            if (rawLower == 0 && rawUpper == 0) {
                continue;
            }
            ScoreGroup limits = timeline.groupAt(group.name(), low);
            lower += limits.clamp(rawLower);
            upper += limits.clamp(rawUpper);
            if (rawLower >= limits.min() && rawUpper <= limits.max()) {
                certain.addAll(slopes);
            } else if (rawUpper > limits.min() && rawLower < limits.max()) {
                minSlope += Math.min(0, slopes.min());
                maxSlope += Math.max(0, slopes.max());
            }
        }
        return new Bounds(
                rules.thresholds(),
                Math.min(Math.max(lower, rules.totalMin()), rules.totalMax()),
                Math.min(Math.max(upper, rules.totalMin()), rules.totalMax()),
                minSlope + certain.min(),
                maxSlope + certain.max());
    }

    /** What the score and its slope (points per millisecond) can be within a piece of time. */
    private record Bounds(Thresholds thresholds, double lower, double upper, double minSlope, double maxSlope) {

        private boolean stayWithin(Band band) {
            return thresholds.band(lower) == band && thresholds.band(upper) == band;
        }

        private boolean oneWay(double widthMillis) {
            return minSlope >= 0 || maxSlope <= 0 || Math.max(-minSlope, maxSlope) * widthMillis <= NEGLIGIBLE_POINTS;
        }
    }

    /** Points at both ends of a piece, by how fast they shrink. */
    private static final class Slopes {
        private final double[] shrinkPerMilli;
        private final double[] atLow;
        private final double[] atHigh;
        private int size;

        private Slopes(int capacity) {
            shrinkPerMilli = new double[capacity];
            atLow = new double[capacity];
            atHigh = new double[capacity];
        }

        private void add(double shrink, double pointsAtLow, double pointsAtHigh) {
            int index = 0;
            while (index < size && shrinkPerMilli[index] != shrink) {
                index++;
            }
            if (index == size) {
                shrinkPerMilli[size++] = shrink;
            }
            atLow[index] += pointsAtLow;
            atHigh[index] += pointsAtHigh;
        }

        private void addAll(Slopes others) {
            for (int i = 0; i < others.size; i++) {
                add(others.shrinkPerMilli[i], others.atLow[i], others.atHigh[i]);
            }
        }

        private double min() {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum -= shrinkPerMilli[i] * Math.max(atLow[i], atHigh[i]);
            }
            return sum;
        }

        private double max() {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum -= shrinkPerMilli[i] * Math.min(atLow[i], atHigh[i]);
            }
            return sum;
        }
    }
}
