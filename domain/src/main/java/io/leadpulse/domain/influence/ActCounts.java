package io.leadpulse.domain.influence;

/**
 * Closed leads that stood in one stage, by whether the act happened there and by how they ended.
 *
 * <p>Counted are leads that entered the stage early enough ({@link BeforeClose}); the act counts if it happened while
 * the lead stood in the stage, and early enough. A lead counts once however often the act happened.
 *
 * @param wonWith won, the act happened; 0 or more, as all
 * @param lostWith lost, the act happened
 * @param wonWithout won, it did not
 * @param lostWithout lost, it did not
 */
public record ActCounts(long wonWith, long lostWith, long wonWithout, long lostWithout) {

    /** No lead. */
    public static final ActCounts NONE = new ActCounts(0, 0, 0, 0);

    /** Refuses negative counts with an {@link IllegalArgumentException}: more was taken away than there was. */
    public ActCounts {
        if (wonWith < 0 || lostWith < 0 || wonWithout < 0 || lostWithout < 0) {
            throw new IllegalArgumentException("won " + wonWith + " with, " + wonWithout + " without, lost " + lostWith
                    + " with, " + lostWithout + " without: no count is negative");
        }
    }

    /** One lead. */
    public static ActCounts ofOne(boolean won, boolean with) {
        return new ActCounts(won && with ? 1 : 0, !won && with ? 1 : 0, won && !with ? 1 : 0, !won && !with ? 1 : 0);
    }

    /** The leads of both; none may be in both. */
    public ActCounts plus(ActCounts other) {
        return new ActCounts(
                Math.addExact(wonWith, other.wonWith),
                Math.addExact(lostWith, other.lostWith),
                Math.addExact(wonWithout, other.wonWithout),
                Math.addExact(lostWithout, other.lostWithout));
    }

    /** What is left without these leads. */
    public ActCounts minus(ActCounts other) {
        return new ActCounts(
                Math.subtractExact(wonWith, other.wonWith),
                Math.subtractExact(lostWith, other.lostWith),
                Math.subtractExact(wonWithout, other.wonWithout),
                Math.subtractExact(lostWithout, other.lostWithout));
    }

    /** Leads with the act. */
    public long with() {
        return Math.addExact(wonWith, lostWith);
    }

    /** Leads without it. */
    public long without() {
        return Math.addExact(wonWithout, lostWithout);
    }

    /** Won leads. */
    public long won() {
        return Math.addExact(wonWith, wonWithout);
    }

    /** Lost leads. */
    public long lost() {
        return Math.addExact(lostWith, lostWithout);
    }

    /** All leads. */
    public long all() {
        return Math.addExact(with(), without());
    }
}
