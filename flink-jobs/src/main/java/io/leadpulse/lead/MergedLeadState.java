package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything kept of a lead that has to do with a merge. Bounded by
 * {@link io.leadpulse.domain.merge.MergeBook#MAX_TOGETHER} and the bounds on facts of each part; kept for life.
 *
 * @param parts the leads that stand under it, itself included unless it stands under another, in the order of their ids
 * @param movedTo under which lead it stands itself; null when it stands on its own, and while its own part is awaited
 * @param told as of {@link LeadState}
 * @param wakeMillis as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}
 * @param configuration as of {@link LeadState}
 */
public record MergedLeadState(
        List<LeadPart> parts,
        String movedTo,
        List<Alert> told,
        long wakeMillis,
        long clockMillis,
        ConfigVersion configuration) {
    /** A lead of which nothing is known. */
    static final MergedLeadState EMPTY =
            new MergedLeadState(List.of(), null, List.of(), LeadState.NO_TIMER, Long.MIN_VALUE, ConfigVersion.FILE);

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

    /** The same with a part added, replaced, or taken out where it is null. */
    MergedLeadState with(String member, LeadPart part) {
        List<LeadPart> others = new ArrayList<>(parts.size() + 1);
        for (LeadPart each : parts) {
            if (!each.lead().equals(member)) {
                others.add(each);
            }
        }
        if (part != null) {
            int place = 0;
            while (place < others.size() && others.get(place).lead().compareTo(member) < 0) {
                place++;
            }
            others.add(place, part);
        }
        return new MergedLeadState(others, movedTo, told, wakeMillis, clockMillis, configuration);
    }

    /** The same, standing under another; under none if that is null. */
    MergedLeadState movedTo(String other) {
        return new MergedLeadState(parts, other, told, wakeMillis, clockMillis, configuration);
    }

    /** The same with alerts that it told itself, and its clock not behind that by which it did. */
    MergedLeadState havingTold(List<Alert> alerts, long otherClockMillis) {
        return new MergedLeadState(
                parts, movedTo, alerts, wakeMillis, Math.max(clockMillis, otherClockMillis), configuration);
    }
}
