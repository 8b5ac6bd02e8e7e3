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
 * @param besideWon what it had done beside won leads at its age; null for a lead that is not open
 */
record LeadFile(
        String asked,
        LeadProfile profile,
        String profileJson,
        List<Entry> ledger,
        List<AlertRow> alerts,
        Value value,
        BesideWon besideWon) {
    /** More alerts than anybody reads. */
    static final int MAX_ALERTS = 100;

    /** The same, shown to who asked for a lead that was merged into it. */
    LeadFile askedAs(String other) {
        return new LeadFile(other, profile, profileJson, ledger, alerts, value, besideWon);
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
     * @param likelyMinor the same, by the usual size where none is known
     * @param typicalMinor that usual size; null where its own is known, and where there is none
     * @param typicalOf of what that is usual, such as {@code product pump}
     * @param typicalDeals mean of how many won deals; null without it
     * @param won how many won leads it was learnt from
     * @param lost how many lost ones
     * @param factors what speaks most for and against, the strongest first; without what holds for all leads
     */
    record Value(
            Double probability,
            Long sizeMinor,
            Long expectedMinor,
            String needs,
            Long likelyMinor,
            Long typicalMinor,
            String typicalOf,
            Long typicalDeals,
            long won,
            long lost,
            List<Factor> factors) {}

    /**
     * What it had done beside what won leads had done at the same age.
     *
     * @param ageDays the latest age of those compared that it has reached; null while there is nothing to compare
     * @param wonLeads how many won leads there are
     * @param acts by rule of the score; empty while there is nothing to compare
     */
    record BesideWon(Integer ageDays, long wonLeads, List<DoneBeside> acts) {}

    /** How often a rule had given it points by that age, and the median of won leads. */
    record DoneBeside(String rule, long done, double wonMedian) {}

    /** One thing known of the lead; above 0 it speaks for a win. */
    record Factor(String attribute, String value, double logOdds) {}
}
