package io.leadpulse.serving.metrics;

import io.leadpulse.domain.figure.Ratio;
import java.util.List;

/**
 * Counts of leads, which only the read model can tell: profiles are not kept in memory. Asked at most once a second, by
 * the thread that answers a scrape, so it must answer fast, from what it last found if it must.
 */
public interface LeadCounts {
    /**
     * So many leads.
     *
     * @param what of {@link Counts}: a band, an event or a kind of waiting
     * @param rep the leads' owner; null when nobody owns them
     * @param leads how many, above 0
     */
    record Count(String what, String rep, long leads) {}

    /**
     * So many leads of a campaign.
     *
     * @param campaign that touched them first
     * @param channel by which it did; null when none was named
     * @param band cold, warm or hot
     * @param leads how many, above 0
     */
    record CampaignCount(String campaign, String channel, String band, long leads) {}

    /**
     * What was found.
     *
     * @param openByBand open leads: cold, warm, hot
     * @param movedToday leads warmed and cooled since the company's midnight
     * @param waiting leads that wait: hand_raised, reply_owed, unassigned
     * @param byCampaign leads created in the last 28 days by their first touch and their band
     * @param leadToSalesQualified leads that became sales-qualified within 30 days / leads created, of those that have
     *     had the 30 days: created 120 to 30 days ago
     * @param firstContactMedianSeconds median first-contact time in business seconds, of leads created in the last 90
     *     days; null when none was contacted
     */
    record Counts(
            List<Count> openByBand,
            List<Count> movedToday,
            List<Count> waiting,
            List<CampaignCount> byCampaign,
            Ratio leadToSalesQualified,
            Long firstContactMedianSeconds) {}

    /** All leads of a sort, whoever owns them. */
    static long count(List<Count> counts, String what) {
        return counts.stream()
                .filter(count -> count.what().equals(what))
                .mapToLong(Count::leads)
                .sum();
    }

    /** What it finds now; null while it cannot tell. */
    Counts counts();
}
