package io.leadpulse.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.RawRecord;

/**
 * A signed message to a lead. Ownership is resolved upstream: what belongs to a lead comes as {@code +}, what turned
 * out to belong to another comes as {@code -}, and the lead operator only does as it is told.
 *
 * @param lead the lead
 * @param sign +1 or -1
 * @param fact the activity or behaviour; null when it is about a deal
 * @param deal the deal as it now stands; null with a fact and with -1 about a deal
 * @param dealId the deal's id; null with a fact
 * @param record the record that the fact came from, for its dead letter; null with -1 and with a deal
 * @param root under which lead it stands from now on, itself or the one in which its merges end; null with a fact or deal
 * @param into the lead into which it is merged, on the way to {@code root}; null where it stands on its own
 * @param mergedMillis since when it is, epoch milliseconds; 0 where it stands on its own
 */
public record LeadInput(
        String lead,
        int sign,
        Fact fact,
        Deal deal,
        String dealId,
        RawRecord record,
        String root,
        String into,
        long mergedMillis) {

    /** What an input takes beside what may be large. */
    private static final int FLAT_BYTES = 1_000;

    private static final int BYTES_OF_A_PART = 50;

    /** The fact belongs to the lead. */
    public static LeadInput plus(String lead, Fact fact, RawRecord record) {
        return new LeadInput(lead, 1, fact, null, null, record, null, null, 0);
    }

    /** The fact no longer belongs to the lead. */
    public static LeadInput minus(String lead, Fact fact) {
        return new LeadInput(lead, -1, fact, null, null, null, null, null, 0);
    }

    /** The deal belongs to the lead and now stands like this. */
    public static LeadInput plus(String lead, Deal deal) {
        return new LeadInput(lead, 1, null, deal, deal.id(), null, null, null, 0);
    }

    /** The deal no longer belongs to the lead. */
    public static LeadInput minus(String lead, String dealId) {
        return new LeadInput(lead, -1, null, null, dealId, null, null, null, 0);
    }

    /** The lead was merged, taken out again, or another was merged into it. */
    public static LeadInput under(String lead, String root, String into, long mergedMillis) {
        return new LeadInput(lead, 1, null, null, null, null, root, into, mergedMillis);
    }

    /** How much memory it takes, about. A record may be large, and a deal may have been through much. */
    int bytes() {
        int bytes = FLAT_BYTES;
        if (record != null) {
            bytes += record.bytes();
        }
        if (deal != null) {
            int parts = deal.stays().size()
                    + deal.owners().size()
                    + deal.expectedCloses().size()
                    + deal.refunds().size()
                    + deal.openSpans().size();
            bytes += BYTES_OF_A_PART * parts;
        }
        return bytes;
    }
}
