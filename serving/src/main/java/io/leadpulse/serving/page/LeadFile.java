package io.leadpulse.serving.page;

import io.leadpulse.schemas.result.LeadProfile;
import java.time.Instant;
import java.util.List;

/**
 * What the tables hold of one lead.
 *
 * @param asked the lead that was asked for, if it was merged into this one; null if it is this one
 * @param profile as published last
 * @param profileJson the same on the wire
 * @param ledger by time, newest first; withdrawn entries too
 * @param alerts open ones first, then newest first
 */
record LeadFile(String asked, LeadProfile profile, String profileJson, List<Entry> ledger, List<AlertRow> alerts) {
    /** More alerts than anybody reads. */
    static final int MAX_ALERTS = 100;

    /** The same, shown to who asked for a lead that was merged into it. */
    LeadFile askedAs(String other) {
        return new LeadFile(other, profile, profileJson, ledger, alerts);
    }

    /** One entry of the ledger, see {@link io.leadpulse.schemas.result.LedgerRecord}. */
    record Entry(
            long factId,
            String event,
            long timeMillis,
            String rule,
            int ruleVersion,
            String group,
            double points,
            String product,
            String withdrawn) {}

    /** One alert; times are null where there is none, sign and act where it does not tell of a lead about to fall off. */
    record AlertRow(
            String alert,
            String cause,
            String lead,
            String deal,
            String stage,
            Instant since,
            String limit,
            String state,
            String severity,
            Instant raised,
            Instant snoozedUntil,
            boolean open,
            String sign,
            String act) {}
}
