package io.leadpulse.domain.identity;

import java.util.List;

/**
 * Everything known of one visitor (anonymous id). Flat because it is also Flink state.
 *
 * @param records his events that can still be moved or dropped, in canonical order, one per id; at most
 *     {@link VisitorBook#MAX_RECORDS} of any {@link VisitorBook#KEEP_MILLIS} once {@link VisitorBook#leave} has looked
 * @param remembered identifications and acts with forms that have left the records, in canonical order, one per id, with no
 *     more of the event than recognises it; at most {@link VisitorBook#MAX_REMEMBERED} of each
 */
public record Visitor(List<VisitorRecord> records, List<VisitorRecord> remembered) {
    /** A visitor of whom nothing is known. */
    public static final Visitor UNKNOWN = new Visitor(List.of(), List.of());
}
