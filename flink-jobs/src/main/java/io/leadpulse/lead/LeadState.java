package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Measure;
import java.util.List;

/**
 * Everything kept of a lead: one value, read and written once per event. Bounded by the bounds on facts of the
 * configuration.
 *
 * @param facts activities and behaviour in canonical order, one per id
 * @param deals deals by id in ascending order, amounts in the currencies in which they were told
 * @param told the alerts as they were last published, withdrawn ones left out
 * @param wakeMillis the earliest registered timer that has not fired; {@link #NO_TIMER} when there is none
 * @param clockMillis the latest event time as of which its open deals were valued and, but while its past is coming in, its
 *     alerts told; the watermark itself is not kept and begins anew after a restart, but what was told must not be unsaid
 *     because of that
 * @param configuration the version by which the lead was last read, so that what it contributes now can be told from
 *     what it contributed then
 * @param root under which lead it stands, itself or another; null when it never had to do with a merge, and speaks for itself
 * @param into the lead into which it is merged, on the way to {@code root}; null where it stands on its own
 * @param mergedMillis since when it is, epoch milliseconds; 0 where it stands on its own
 * @param measures how many {@link Measure} constants the engine knew that last read it: of the others it has contributed
 *     nothing yet. Release 1 did not write it
 */
public record LeadState(
        List<Fact> facts,
        List<Deal> deals,
        List<Alert> told,
        long wakeMillis,
        long clockMillis,
        ConfigVersion configuration,
        String root,
        String into,
        long mergedMillis,
        int measures) {
    /** Stands for "no timer is registered". */
    public static final long NO_TIMER = Long.MAX_VALUE;

    /** What is not in state that an earlier release wrote is read as 0. */
    public LeadState {
        measures = measures == 0 ? Measure.COUNT_OF_RELEASE_1 : measures;
    }

    /** A lead that never had to do with a merge, read by the engine of today. */
    public LeadState(
            List<Fact> facts,
            List<Deal> deals,
            List<Alert> told,
            long wakeMillis,
            long clockMillis,
            ConfigVersion configuration) {
        this(facts, deals, told, wakeMillis, clockMillis, configuration, null, null, 0, Measure.COUNT);
    }

    /** A lead of which nothing is known. */
    public static final LeadState EMPTY =
            new LeadState(List.of(), List.of(), List.of(), NO_TIMER, Long.MIN_VALUE, ConfigVersion.FILE);

    /** Whether nothing belongs to the lead any more. */
    boolean isEmpty() {
        return facts.isEmpty() && deals.isEmpty();
    }

    /** The same lead with other facts. */
    LeadState withFacts(List<Fact> other) {
        return new LeadState(
                other, deals, told, wakeMillis, clockMillis, configuration, root, into, mergedMillis, measures);
    }

    /** The same lead with another timer. */
    LeadState withWake(long otherMillis) {
        return new LeadState(
                facts, deals, told, otherMillis, clockMillis, configuration, root, into, mergedMillis, measures);
    }

    /** The same lead with other deals. */
    LeadState withDeals(List<Deal> other) {
        return new LeadState(
                facts, other, told, wakeMillis, clockMillis, configuration, root, into, mergedMillis, measures);
    }

    /** The same lead under another. */
    LeadState under(String otherRoot, String otherInto, long otherMillis) {
        return new LeadState(
                facts,
                deals,
                told,
                wakeMillis,
                clockMillis,
                configuration,
                otherRoot,
                otherInto,
                otherMillis,
                measures);
    }

    /** The same lead after it was read anew, with what was told of it. */
    LeadState read(
            List<Alert> otherTold, long otherWakeMillis, long otherClockMillis, ConfigVersion by, int otherMeasures) {
        return new LeadState(
                facts,
                deals,
                otherTold,
                otherWakeMillis,
                otherClockMillis,
                by,
                root,
                into,
                mergedMillis,
                otherMeasures);
    }
}
