package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.measure.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything kept of a lead that has to do with a merge, but for what its parts contribute alone. Bounded by
 * {@link io.leadpulse.domain.merge.MergeBook#MAX_TOGETHER} and {@link #MAX_FACTS}; kept for life.
 *
 * @param parts the leads that stand under it, itself included unless it stands under another, in the order of their ids
 * @param movedTo under which lead it stands itself; null when it stands on its own, and while its own part is awaited
 * @param told as of {@link LeadState}
 * @param wakeMillis as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}
 * @param configuration as of {@link LeadState}
 * @param measures as of {@link LeadState}
 */
public record MergedLeadState(
        List<LeadPart> parts,
        String movedTo,
        List<Alert> told,
        long wakeMillis,
        long clockMillis,
        ConfigVersion configuration,
        int measures) {
    /**
     * At most so many facts of all parts are read together, twice what a lead may have by default: all of them are read at
     * each event. Of a part for which there is no room the newest are taken.
     */
    static final int MAX_FACTS = 4_000;

    /** A lead of which nothing is known. */
    static final MergedLeadState EMPTY = new MergedLeadState(
            List.of(), null, List.of(), LeadState.NO_TIMER, Long.MIN_VALUE, ConfigVersion.FILE, Measure.COUNT);

    /**
     * Whether results are said of it here. Parts of others may come before its own, which brings along what it has said
     * itself, and may leave after it.
     */
    boolean speaks(String lead) {
        return part(lead) != null;
    }

    /** A part; null when the lead is none. */
    LeadPart part(String lead) {
        for (LeadPart part : parts) {
            if (part.lead().equals(lead)) {
                return part;
            }
        }
        return null;
    }

    /** The same with a part added, replaced, or taken out where it is null; see {@link #MAX_FACTS}. */
    MergedLeadState with(String member, LeadPart part) {
        List<LeadPart> others = new ArrayList<>(parts.size() + 1);
        int room = MAX_FACTS;
        for (LeadPart each : parts) {
            if (!each.lead().equals(member)) {
                others.add(each);
                room -= each.facts().size();
            }
        }
        if (part != null) {
            int place = 0;
            while (place < others.size() && others.get(place).lead().compareTo(member) < 0) {
                place++;
            }
            others.add(place, part.withNewest(Math.max(0, room)));
        }
        return new MergedLeadState(others, movedTo, told, wakeMillis, clockMillis, configuration, measures);
    }

    /** The same, standing under another; under none if that is null. */
    MergedLeadState movedTo(String other) {
        return new MergedLeadState(parts, other, told, wakeMillis, clockMillis, configuration, measures);
    }

    /** The same with alerts that it told itself, and its clock not behind that by which it did. */
    MergedLeadState havingTold(List<Alert> alerts, long otherClockMillis) {
        return new MergedLeadState(
                parts, movedTo, alerts, wakeMillis, Math.max(clockMillis, otherClockMillis), configuration, measures);
    }

    /** The same with another timer. */
    MergedLeadState withWake(long otherMillis) {
        return new MergedLeadState(parts, movedTo, told, otherMillis, clockMillis, configuration, measures);
    }

    /** The same after it was read anew, with what was told of it. */
    MergedLeadState read(LeadState by) {
        return new MergedLeadState(
                parts, movedTo, by.told(), by.wakeMillis(), by.clockMillis(), by.configuration(), by.measures());
    }
}
