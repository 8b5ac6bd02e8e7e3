package io.leadpulse.domain.goal;

/** How an expected share was found. */
public enum ShareBasis {
    /** From what was won in the periods before. */
    LIKE_PERIODS,
    /** Straight through the business time, as always for a year. */
    LINEAR,
    /** Straight through the business time, because too few periods before have sales. */
    LINEAR_TOO_FEW_PERIODS
}
