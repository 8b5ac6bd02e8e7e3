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
 * @param value how likely it is won and what that is worth; null for a lead that is not open, and until it was worked out
 */
record LeadFile(LeadProfile profile, String profileJson, List<Entry> ledger, List<AlertRow> alerts, Value value) {
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

    /** One alert; times are null where there is none. */
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
            boolean open) {}

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
