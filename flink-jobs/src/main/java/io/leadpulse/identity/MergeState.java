package io.leadpulse.identity;

import io.leadpulse.domain.merge.MergeEvent;
import java.util.List;

/**
 * What is kept of one lead that has to do with a merge; for life, as its facts are. Bounded by
 * {@link io.leadpulse.domain.merge.MergeBook#MAX_RECORDS} and {@link io.leadpulse.domain.merge.MergeBook#MAX_TOGETHER}.
 *
 * @param events its own merges and unmerges, one per id
 * @param from the leads whose merge into this one holds, as far as each alone is looked at
 * @param root under which lead it was told that it stands; null when it was never told
 * @param into into which lead it was told that it is merged, on the way there; null where it stands on its own
 * @param mergedMillis since when it was told that it is, epoch milliseconds; 0 where it stands on its own
 */
public record MergeState(List<MergeEvent> events, List<String> from, String root, String into, long mergedMillis) {
    /** A lead that has to do with no merge. */
    static final MergeState NONE = new MergeState(List.of(), List.of(), null, null, 0);

    /** The same with other records, or with others merged into it. */
    MergeState with(List<MergeEvent> otherEvents, List<String> otherFrom) {
        return new MergeState(otherEvents, otherFrom, root, into, mergedMillis);
    }
}
