package io.leadpulse.domain.rate;

/**
 * How old a case must be to count in a rate "within T".
 *
 * <p>A case counts once it is older than T. A younger one does not count, even if it got there already: counting the
 * quick ones before the slow ones have had their time would make every young cohort look good.
 *
 * @param withinMillis T in milliseconds, 0 or more; at 0 a case counts a millisecond after it began
 */
public record Maturity(long withinMillis) {

    /** Refuses a negative T with an {@link IllegalArgumentException}. */
    public Maturity {
        if (withinMillis < 0) {
            throw new IllegalArgumentException("within " + withinMillis + " ms is not allowed: 0 or more");
        }
    }

    /**
     * The first instant at which a case counts: from then on it is older than T.
     *
     * @param startMillis when the case began, epoch milliseconds
     */
    public long matureAtMillis(long startMillis) {
        return Math.addExact(Math.addExact(startMillis, withinMillis), 1);
    }

    /** Whether a case is old enough to be counted at an instant; both epoch milliseconds. */
    public boolean isMature(long startMillis, long asOfMillis) {
        return asOfMillis >= matureAtMillis(startMillis);
    }

    /**
     * What has become of a case, as seen at an instant.
     *
     * @param startMillis when it began, epoch milliseconds
     * @param reachedMillis when it got there, epoch milliseconds; null if it did not. Exactly T later is still within T;
     *     before the beginning (the CRM learned of the lead late) is within T, too
     * @param asOfMillis what is later is not known yet, epoch milliseconds
     */
    public CaseOutcome outcome(long startMillis, Long reachedMillis, long asOfMillis) {
        if (!isMature(startMillis, asOfMillis)) {
            return CaseOutcome.STILL_OPEN;
        }
        return reachedMillis != null && reachedMillis <= startMillis + withinMillis
                ? CaseOutcome.REACHED
                : CaseOutcome.NOT_REACHED;
    }
}
