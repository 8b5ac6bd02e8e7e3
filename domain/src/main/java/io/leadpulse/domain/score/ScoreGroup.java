package io.leadpulse.domain.score;

import java.io.Serializable;

/**
 * Points that are summed, decayed and clamped together.
 *
 * @param name lower case letters, digits and underscores; unique within one version of the rules
 * @param type what the points say of the lead
 * @param min the least that the group gives to the score, at most 0; {@link #NO_MIN} for no limit
 * @param max the most that the group gives to the score, at least 0; {@link #NO_MAX} for no limit
 * @param decay how its points lose weight; always {@link Decay#NONE} for {@link Type#FIT}
 */
public record ScoreGroup(String name, Type type, double min, double max, Decay decay) implements Serializable {

    /** Stands for "no lower limit". */
    public static final double NO_MIN = Double.NEGATIVE_INFINITY;

    /** Stands for "no upper limit". */
    public static final double NO_MAX = Double.POSITIVE_INFINITY;

    /** Who the lead is, or what it does. */
    public enum Type {
        /** Attributes of the lead; does not decay. */
        FIT,
        /** Acts of and with the lead. */
        ENGAGEMENT
    }

    /** A raw sum as the group gives it to the score: between {@link #min} and {@link #max}. */
    public double clamp(double raw) {
        return Math.min(Math.max(raw, min), max);
    }
}
