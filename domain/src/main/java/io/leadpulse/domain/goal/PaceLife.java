package io.leadpulse.domain.goal;

import java.util.List;

/**
 * How a period's being behind goes: begun at the first judgement that finds it so, over when it has caught up, at the
 * latest when the period ends; once a period. A pure function of the marks, so corrections make it what it always should
 * have been.
 *
 * @param raisedMillis when it was found behind, epoch milliseconds
 * @param resolvedMillis when it had caught up or the period had ended; {@link #LASTS} while neither
 */
public record PaceLife(long raisedMillis, long resolvedMillis) {

    /** Stands for "still behind". */
    public static final long LASTS = Long.MAX_VALUE;

    /**
     * A moment at which the period is looked at.
     *
     * @param timeMillis epoch milliseconds
     * @param index won / expected then; NaN when there is none
     * @param won what was won by then, minor units
     * @param earlier what the earlier periods had won at this position; null where it is only asked whether it has caught
     *     up
     */
    public record Mark(long timeMillis, double index, long won, List<Double> earlier) {}

    /**
     * The life of a period's being behind; null if it never was found so.
     *
     * @param marks up to now, ascending
     * @param endMillis the period's end, epoch milliseconds
     * @param nowMillis now, epoch milliseconds
     */
    public static PaceLife of(PaceRule rule, List<Mark> marks, long endMillis, long nowMillis) {
        Long raisedMillis = null;
        for (Mark mark : marks) {
            if (raisedMillis == null) {
                if (mark.earlier() != null && rule.isBehind(mark.index(), mark.won(), mark.earlier())) {
                    raisedMillis = mark.timeMillis();
                }
            } else if (rule.isCleared(mark.index())) {
                return new PaceLife(raisedMillis, mark.timeMillis());
            }
        }
        return raisedMillis == null ? null : new PaceLife(raisedMillis, endMillis <= nowMillis ? endMillis : LASTS);
    }
}
