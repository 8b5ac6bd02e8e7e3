package io.leadpulse.domain.rate;

/**
 * A rate "within T" with the cases that are too young to count.
 *
 * <p>Cases can be added and taken away in any order.
 *
 * @param reached mature cases that got there within T, 0 or more
 * @param notReached mature cases that did not, 0 or more
 * @param stillOpen cases younger than T, 0 or more
 */
public record MaturingRate(long reached, long notReached, long stillOpen) {

    /** No case yet. */
    public static final MaturingRate NONE = new MaturingRate(0, 0, 0);

    /** Refuses negative counts with an {@link IllegalArgumentException}: more was taken away than there was. */
    public MaturingRate {
        if (reached < 0 || notReached < 0 || stillOpen < 0) {
            throw new IllegalArgumentException(
                    reached + " reached, " + notReached + " not, " + stillOpen + " open: no count is negative");
        }
    }

    /** With one case more. */
    public MaturingRate plus(CaseOutcome outcome) {
        return with(outcome, 1);
    }

    /** With one case less. */
    public MaturingRate minus(CaseOutcome outcome) {
        return with(outcome, -1);
    }

    /** With the cases of another. */
    public MaturingRate plus(MaturingRate other) {
        return new MaturingRate(
                Math.addExact(reached, other.reached),
                Math.addExact(notReached, other.notReached),
                Math.addExact(stillOpen, other.stillOpen));
    }

    /** The rate of those that are old enough. */
    public Rate rate() {
        return new Rate(reached, Math.addExact(reached, notReached));
    }

    private MaturingRate with(CaseOutcome outcome, int change) {
        return switch (outcome) {
            case REACHED -> new MaturingRate(reached + change, notReached, stillOpen);
            case NOT_REACHED -> new MaturingRate(reached, notReached + change, stillOpen);
            case STILL_OPEN -> new MaturingRate(reached, notReached, stillOpen + change);
        };
    }
}
