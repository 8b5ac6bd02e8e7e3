package io.leadpulse.domain.rate;

/** What has become of a case of a rate "within T". */
public enum CaseOutcome {
    /** Old enough, and it got there within T. */
    REACHED,
    /** Old enough, and it did not get there within T; what came later does not count. */
    NOT_REACHED,
    /** Too young to be judged, even if it got there already. */
    STILL_OPEN
}
