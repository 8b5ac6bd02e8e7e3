package io.leadpulse.domain.score;

/**
 * The decayed sum of one group as a pair (sum, reference time), which is all that a half-life needs: an event, even late,
 * adds p * 2^(-(t0-te)/h), a retraction subtracts the same, two leads merge by bringing both to one t0. The order of
 * calls changes the value by rounding only.
 *
 * <p>It holds for {@link Decay.HalfLife} and {@link Decay#NONE}; the same decay must be given to every call. A
 * {@link Decay.Window} needs its day panes and is refused.
 *
 * @param points the sum as of {@code referenceMillis}
 * @param referenceMillis the latest event time among what was added, epoch milliseconds
 */
public record GroupSum(double points, long referenceMillis) {

    /** Nothing yet. */
    public static final GroupSum EMPTY = new GroupSum(0, Long.MIN_VALUE);

    /** With an event of this time, whether it is the newest or late. */
    public GroupSum add(double eventPoints, long timeMillis, Decay decay) {
        return merge(new GroupSum(eventPoints, timeMillis), decay);
    }

    /** Without an event that was added before with the same points and time. */
    public GroupSum subtract(double eventPoints, long timeMillis, Decay decay) {
        return merge(new GroupSum(-eventPoints, timeMillis), decay);
    }

    /** Both sums together, as of the later reference time. */
    public GroupSum merge(GroupSum other, Decay decay) {
        long reference = Math.max(referenceMillis, other.referenceMillis);
        return new GroupSum(at(reference, decay) + other.at(reference, decay), reference);
    }

    /**
     * The sum as of a time, epoch milliseconds.
     *
     * @throws IllegalArgumentException if the time is before the reference time, where the pair does not know which of
     *     its events had happened; or if the decay is a window
     */
    public double at(long atMillis, Decay decay) {
        if (decay instanceof Decay.Window) {
            throw new IllegalArgumentException("decay = " + decay + ": a window is kept in day panes, not as one sum");
        }
        if (atMillis < referenceMillis) {
            throw new IllegalArgumentException(
                    "atMillis = " + atMillis + ": allowed is from the reference time " + referenceMillis + " on");
        }
        return points * decay.factor((double) atMillis - (double) referenceMillis);
    }
}
