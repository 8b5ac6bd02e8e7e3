package io.leadpulse.identity;

import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.event.RawRecord;
import java.util.Map;

/**
 * What is kept of a visitor. Bounded by {@link io.leadpulse.domain.identity.VisitorBook#MAX_RECORDS} events of any
 * {@link io.leadpulse.domain.identity.VisitorBook#KEEP_MILLIS} with their records, {@link VisitorsFunction#MAX_BYTES} of
 * these, and by {@link io.leadpulse.domain.identity.VisitorBook#MAX_REMEMBERED} identifications and as many acts with forms. An
 * event leaves after {@link io.leadpulse.domain.identity.VisitorBook#KEEP_MILLIS}, or at the end of a replay; all of it is
 * dropped when there is no event and the newest of what is remembered is older than the correction horizon.
 *
 * @param visitor his events and identifications
 * @param arrivals the record that each of his events came with, by the fact's id: a lead that gets the event may have to
 *     dead-letter it, and so may this operator
 * @param wakeMillis the earliest registered timer that has not fired; {@code Long.MAX_VALUE} when there is none
 * @param measures how many {@link Measure} constants the engine knew that last counted his events; release 1, which did not
 *     write it, counted none
 */
public record VisitorState(Visitor visitor, Map<Long, RawRecord> arrivals, long wakeMillis, int measures) {
    /** A visitor of whom nothing is known. */
    public static final VisitorState UNKNOWN =
            new VisitorState(Visitor.UNKNOWN, Map.of(), Long.MAX_VALUE, Measure.COUNT);
}
