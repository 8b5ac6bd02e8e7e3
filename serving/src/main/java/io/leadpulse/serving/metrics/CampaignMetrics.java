package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;

/** Where leads come from, as it stands now. Rates and costs are of cohorts and stand in the read model. */
final class CampaignMetrics {
    private CampaignMetrics() {}

    static void collect(Moment moment, LeadCounts.Counts counts, Samples out) {
        ScopeBook company = moment.sums(Scope.COMPANY);
        for (EventKind kind : EventKind.values()) {
            long acts = company.sumOver(Measure.AUTOMATIC_ACTS, kind.wireName(), moment.current(PeriodKind.DAY));
            if (acts != 0 || kind == EventKind.PAGE_VIEWED || kind == EventKind.EMAIL_CLICKED) {
                out.add(Family.AUTOMATIC_ACTS_TODAY, acts, kind.wireName());
            }
        }
        if (counts != null) {
            for (LeadCounts.CampaignCount each : counts.byCampaign()) {
                String channel = each.channel() == null ? "" : each.channel();
                out.add(Family.CAMPAIGN_LEADS, each.leads(), each.campaign(), channel, each.band());
            }
        }
    }
}
