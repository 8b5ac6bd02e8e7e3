package io.leadpulse.domain.probability;

/**
 * How many were won and how many lost.
 *
 * @param won 0 or more
 * @param lost 0 or more
 */
public record OutcomeCounts(long won, long lost) {

    /** None. */
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0);

    /** Refuses negative counts with an {@link IllegalArgumentException}: more was taken away than there was. */
    public OutcomeCounts {
        if (won < 0 || lost < 0) {
            throw new IllegalArgumentException(won + " won and " + lost + " lost: no count is negative");
        }
    }

    /** One case. */
    public static OutcomeCounts ofOne(boolean won) {
        return won ? new OutcomeCounts(1, 0) : new OutcomeCounts(0, 1);
    }

    /** Both together. */
    public OutcomeCounts plus(OutcomeCounts other) {
        return new OutcomeCounts(Math.addExact(won, other.won), Math.addExact(lost, other.lost));
    }

    /** What is left without these. */
    public OutcomeCounts minus(OutcomeCounts other) {
        return new OutcomeCounts(Math.subtractExact(won, other.won), Math.subtractExact(lost, other.lost));
    }

    /** Won and lost. */
    public long total() {
        return Math.addExact(won, lost);
    }
}
