package io.leadpulse.domain.merge;

import java.util.Comparator;

/**
 * One record that says that a lead was merged into another, or that it was taken out again. Flat because it is also Flink
 * state.
 *
 * @param id 64-bit hash of the idempotency key; unique within a lead
 * @param into the lead that it was merged into; null when it was taken out again
 * @param timeMillis event time, epoch milliseconds
 * @param version the producer's version of this record, 0 when it gave none; the higher one wins
 * @param contentHash hash of everything that the producer said; breaks ties between equal versions
 */
public record MergeEvent(long id, String into, long timeMillis, long version, long contentHash) {

    /** In which a lead's records are read; at one instant it is merged before it is taken out. */
    static final Comparator<MergeEvent> ORDER = Comparator.comparingLong(MergeEvent::timeMillis)
            .thenComparing(event -> event.into() == null)
            .thenComparingLong(MergeEvent::id);

    /** Whether this replaces {@code other}, which has the same id; as {@code Fact.supersedes} decides of any record. */
    boolean supersedes(MergeEvent other) {
        if (version != other.version) {
            return version > other.version;
        }
        if (timeMillis != other.timeMillis) {
            return timeMillis < other.timeMillis;
        }
        return contentHash < other.contentHash;
    }
}
