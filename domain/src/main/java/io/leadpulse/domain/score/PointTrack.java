package io.leadpulse.domain.score;

import java.time.ZoneId;
import java.util.Arrays;

/**
 * The points of one lead in one group under one decay, readable at any time in O(log n). Points are added in canonical
 * order, so that sums are formed in one order and come out the same to the last bit.
 */
abstract sealed class PointTrack {

    /** No time: nothing changes any more. */
    static final long NEVER = ScoreCard.NEVER;

    private final Decay decay;

    private PointTrack(Decay decay) {
        this.decay = decay;
    }

    static PointTrack of(Decay decay, ZoneId zone) {
        return decay instanceof Decay.Window window ? new Paned(window, zone) : new Aged(decay);
    }

    final Decay decay() {
        return decay;
    }

    /** Adds points at a time that is not before any added so far. */
    abstract void add(double points, long timeMillis);

    /** Sum of what has happened by then, decayed. */
    abstract double at(long atMillis);

    /** The first time later than this at which the sum jumps (points begin or end), or {@link #NEVER}. */
    abstract long nextJumpAfter(long atMillis);

    /** Rate at which {@link #at} shrinks between jumps, as a share per millisecond; 0 when it stands still. */
    final double shrinkPerMilli() {
        return decay instanceof Decay.HalfLife half ? Math.log(2) / half.halfLifeMillis() : 0;
    }

    /** Half-life or none: after each fact the pair (sum, reference time). */
    private static final class Aged extends PointTrack {
        private final Steps sums = new Steps();
        private GroupSum latest = GroupSum.EMPTY;

        private Aged(Decay decay) {
            super(decay);
        }

        @Override
        void add(double points, long timeMillis) {
            latest = latest.add(points, timeMillis, decay());
            sums.append(timeMillis, latest.points());
        }

        @Override
        double at(long atMillis) {
            int last = sums.floor(atMillis);
            return last < 0 ? 0 : sums.values[last] * decay().factor((double) atMillis - (double) sums.times[last]);
        }

        @Override
        long nextJumpAfter(long atMillis) {
            return sums.next(atMillis);
        }
    }

    /** Window: what has begun less what has ended. */
    private static final class Paned extends PointTrack {
        private final Decay.Window window;
        private final ZoneId zone;
        private final Steps begun = new Steps();
        private final Steps ended = new Steps();

        private Paned(Decay.Window window, ZoneId zone) {
            super(window);
            this.window = window;
            this.zone = zone;
        }

        @Override
        void add(double points, long timeMillis) {
            begun.insertPoints(timeMillis, points);
            ended.insertPoints(window.endMillis(timeMillis, zone), points);
        }

        @Override
        double at(long atMillis) {
            return begun.valueAt(atMillis) - ended.valueAt(atMillis);
        }

        @Override
        long nextJumpAfter(long atMillis) {
            return Math.min(begun.next(atMillis), ended.next(atMillis));
        }
    }

    /** A step function of time: sorted times, and the value from each on. */
    private static final class Steps {
        private static final int FIRST_CAPACITY = 8;

        private long[] times = new long[FIRST_CAPACITY];
        private double[] values = new double[FIRST_CAPACITY];
        private int size;

        private void append(long timeMillis, double value) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            times[size] = timeMillis;
            values[size] = value;
            size++;
        }

        /** Raises the value by {@code points} from this time on; cheap when the time is the latest, as it mostly is. */
        private void insertPoints(long timeMillis, double points) {
            int before = floor(timeMillis);
            append(timeMillis, 0);
            for (int i = size - 1; i > before + 1; i--) {
                times[i] = times[i - 1];
                values[i] = values[i - 1] + points;
            }
            times[before + 1] = timeMillis;
            values[before + 1] = (before < 0 ? 0 : values[before]) + points;
        }

        private double valueAt(long atMillis) {
            int last = floor(atMillis);
            return last < 0 ? 0 : values[last];
        }

        /** Index of the last step at or before this time, or -1. */
        private int floor(long atMillis) {
            if (size == 0 || times[size - 1] <= atMillis) {
                return size - 1;
            }
            int low = 0;
            int high = size - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (times[middle] <= atMillis) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        private long next(long atMillis) {
            int index = floor(atMillis) + 1;
            return index < size ? times[index] : NEVER;
        }
    }
}
