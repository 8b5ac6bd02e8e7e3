package io.leadpulse.serving.page;

import io.leadpulse.schemas.result.LeadProfile;
import java.time.Instant;
import java.util.List;

/**
 * What the tables hold of one lead.
 *
 * @param profile as published last
 * @param profileJson the same on the wire
 * @param ledger by time, newest first; withdrawn entries too
 * @param alerts open ones first, then newest first
 */
record LeadFile(LeadProfile profile, String profileJson, List<Entry> ledger, List<AlertRow> alerts) {
    /** More alerts than anybody reads. */
    static final int MAX_ALERTS = 100;

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
