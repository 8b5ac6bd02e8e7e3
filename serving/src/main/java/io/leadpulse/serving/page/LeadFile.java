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
 * @param value how likely it is won and what that is worth; null for a lead that is not open, and until it was worked out
 */
record LeadFile(
        String asked, LeadProfile profile, String profileJson, List<Entry> ledger, List<AlertRow> alerts, Value value) {
    /** More alerts than anybody reads. */
    static final int MAX_ALERTS = 100;

    /** The same, shown to who asked for a lead that was merged into it. */
    LeadFile askedAs(String other) {
        return new LeadFile(other, profile, profileJson, ledger, alerts, value);
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

    /**
     * What an open lead is worth.
     *
     * @param probability 0.0001 to 0.9999; null while it cannot be said
     * @param sizeMinor amount of its open deals, minor units; null when none is known
     * @param expectedMinor probability x size; null while one of them is
     * @param needs what is needed before there is an expected value; null when there is one
     * @param won how many won leads it was learnt from
     * @param lost how many lost ones
     * @param factors what speaks most for and against, the strongest first; without what holds for all leads
     */
    record Value(
            Double probability,
            Long sizeMinor,
            Long expectedMinor,
            String needs,
            long won,
            long lost,
            List<Factor> factors) {}

    /** One thing known of the lead; above 0 it speaks for a win. */
    record Factor(String attribute, String value, double logOdds) {}
}
