package io.leadpulse.domain.score;

import java.io.Serializable;

/**
 * Where the bands begin and where a lead is marketing-qualified. A score reaches a threshold when it is at most
 * {@link #TOLERANCE} below it, so that rounding never decides.
 *
 * @param warm the least score of {@link Band#WARM}
 * @param hot the least score of {@link Band#HOT}
 * @param marketingQualified the score at which a lead is marketing-qualified (MQL)
 */
public record Thresholds(double warm, double hot, double marketingQualified) implements Serializable {

    /** What a score may lack and still reach a threshold. */
    public static final double TOLERANCE = 1e-9;

    /** Warm from 30, hot from 70, marketing-qualified at 70. */
    public static final Thresholds DEFAULT = new Thresholds(30, 70, 70);

    /** The band of a score. */
    public Band band(double score) {
        if (reaches(score, hot)) {
            return Band.HOT;
        }
        return reaches(score, warm) ? Band.WARM : Band.COLD;
    }

    /** Whether this score makes a lead marketing-qualified. */
    public boolean qualifies(double score) {
        return reaches(score, marketingQualified);
    }

    /** Whether a score reaches a threshold. */
    static boolean reaches(double score, double threshold) {
        return score + TOLERANCE >= threshold;
    }
}
