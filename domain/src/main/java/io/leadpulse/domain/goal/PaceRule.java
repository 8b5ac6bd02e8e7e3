package io.leadpulse.domain.goal;

import java.util.List;

/**
 * When a period is so far behind its goal that it says more than chance, and when it has caught up.
 *
 * @param below told when the index, won / expected, is below this
 * @param clearedFrom over when the index is at least this
 * @param mostAsLittle and when at most so many of the earlier periods had as little or less at this position
 * @param earlierPeriods how many earlier periods that are; told of nothing while there are fewer
 */
public record PaceRule(double below, double clearedFrom, int mostAsLittle, int earlierPeriods) {

    /** Of a day: below 0.85, at most 2 of the last 60 business days, cleared at +0.05. */
    public static final PaceRule DAY = new PaceRule(0.85, 0.90, 2, 60);

    /** Of a month: below 0.90, none of the last 6 months, cleared at +0.05. */
    public static final PaceRule MONTH = new PaceRule(0.90, 0.95, 0, 6);

    /**
     * Whether it is told.
     *
     * @param index won / expected; NaN when there is none
     * @param won what is won so far; minor units
     * @param earlier what the earlier periods had won at this position of theirs
     */
    public boolean isBehind(double index, long won, List<Double> earlier) {
        if (!(index < below) || earlier.size() < earlierPeriods) {
            return false;
        }
        int asLittle = 0;
        for (double each : earlier) {
            if (each <= won) {
                asLittle++;
            }
        }
        return asLittle <= mostAsLittle;
    }

    /** Whether it has caught up. An index that there is not (no goal any more) says nothing. */
    public boolean isCleared(double index) {
        return index >= clearedFrom;
    }
}
