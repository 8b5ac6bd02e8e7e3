package io.leadpulse.conservation;

/**
 * A signed count of records with an outcome. A record that changes its fate (held, then counted) sends a -1 and a +1,
 * so that the sums are exact at every checkpoint.
 *
 * @param outcome what became of them
 * @param reason the finer reason (of a dead letter, or {@code conflict}), or of an event that came in its topic and kind
 *     ({@link EventsByKind}); empty when there is none
 * @param count how many; may be negative
 */
public record OutcomeCount(Outcome outcome, String reason, long count) {

    /** One record with this outcome. */
    public static OutcomeCount one(Outcome outcome) {
        return new OutcomeCount(outcome, "", 1);
    }

    /** One record with this outcome and reason. */
    public static OutcomeCount one(Outcome outcome, String reason) {
        return new OutcomeCount(outcome, reason, 1);
    }

    /** One record that no longer has this outcome. */
    public static OutcomeCount less(Outcome outcome) {
        return new OutcomeCount(outcome, "", -1);
    }
}
