package io.leadpulse.lead;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.engine.ResultRecord;
import java.util.List;
import java.util.Map;

/**
 * What the lead operator tells that of merged leads: a result of a lead that speaks for itself, which only passes, or a
 * change of what makes a merged lead.
 *
 * <p>Both go the same way, because a lead that is merged has said things itself before: what is then said of it by the
 * operator of merged leads must come after that, wherever it is read.
 *
 * @param lead whose result it is, or which merged lead changes; the key
 * @param result the result that passes; null when something changes
 * @param member the lead that is, or no longer is, a part of it: itself, or one merged into it
 * @param part that lead as it now stands; null when it no longer is a part
 * @param movedTo when it is itself no longer a part: under which lead it stands now
 * @param told alerts of which it said itself that they stand; said on from here
 * @param alone what is other thereby in what the parts of this merged lead contribute each alone, as was said of it: all
 *     that a part gives where it comes or goes
 * @param newestMillis the time of what is new about it; the end of time when it is only now that this turns out
 */
public record LeadMessage(
        String lead,
        ResultRecord result,
        String member,
        LeadPart part,
        String movedTo,
        List<Alert> told,
        Map<ContributionKey, Long> alone,
        long newestMillis) {

    /** A lead speaks for itself. */
    static LeadMessage says(String lead, ResultRecord result) {
        return new LeadMessage(lead, result, null, null, null, List.of(), Map.of(), Long.MAX_VALUE);
    }

    /** A lead no longer speaks for itself; so it has said, and so it stands. */
    static LeadMessage handsOver(LeadPart part, List<Alert> told, Map<ContributionKey, Long> alone) {
        return new LeadMessage(part.lead(), null, part.lead(), part, null, told, alone, Long.MAX_VALUE);
    }

    /** A lead is a part of this merged lead, and now stands like this. */
    static LeadMessage holds(String root, LeadPart part, Map<ContributionKey, Long> alone, long newestMillis) {
        return new LeadMessage(root, null, part.lead(), part, null, List.of(), alone, newestMillis);
    }

    /** A lead is no longer a part of this merged lead. */
    static LeadMessage lacks(String root, String member, Map<ContributionKey, Long> alone) {
        return new LeadMessage(root, null, member, null, null, List.of(), alone, Long.MAX_VALUE);
    }

    /** A lead stands under another. */
    static LeadMessage moved(String lead, String root, Map<ContributionKey, Long> alone) {
        return new LeadMessage(lead, null, lead, null, root, List.of(), alone, Long.MAX_VALUE);
    }
}
