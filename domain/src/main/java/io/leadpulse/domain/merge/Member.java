package io.leadpulse.domain.merge;

import io.leadpulse.domain.event.Fact;
import java.util.List;

/**
 * One of the leads that are read as one.
 *
 * @param facts what was said of it, in {@link Fact#CANONICAL_ORDER}, one per id
 * @param into the lead that it was merged into by the merge that holds; null of the lead that all stand under
 * @param mergedMillis since when it is, epoch milliseconds; of no meaning where {@code into} is null
 */
public record Member(List<Fact> facts, String into, long mergedMillis) {

    /** The lead that all stand under. */
    public static Member root(List<Fact> facts) {
        return new Member(facts, null, Long.MIN_VALUE);
    }
}
