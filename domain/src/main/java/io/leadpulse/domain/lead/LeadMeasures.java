package io.leadpulse.domain.lead;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;

/**
 * What one lead adds to the rollups beside its deals: what it has become, credited to who owned it then, and the
 * activities done with it, each credited to who did it.
 */
public final class LeadMeasures {
    private static final String NO_DIMENSION = "";
    private static final long NINETY_DAYS_MILLIS = 90 * 86_400_000L;

    private final Organisation organisation;

    /** Measures leads of this organisation: its teams, its local days. */
    public LeadMeasures(Organisation organisation) {
        this.organisation = organisation;
    }

    /** Adds everything that this lead contributes; a lead without any fact has only its deals. */
    public void contribute(LeadView lead, Contributions to) {
        LeadMilestones milestones = lead.milestones();
        if (!lead.facts().isEmpty()) {
            add(lead, Measure.LEADS_CREATED, milestones.createdMillis(), to);
            add(lead, Measure.LEADS_MARKETING_QUALIFIED, milestones.marketingQualifiedMillis(), to);
            add(lead, Measure.LEADS_ACCEPTED, milestones.acceptedMillis(), to);
            add(lead, Measure.LEADS_SALES_QUALIFIED, milestones.salesQualifiedMillis(), to);
            contributeSale(lead, milestones, to);
        }
        for (Fact fact : lead.facts()) {
            if (fact.actor() != null && fact.kind().stream() == EventKind.Stream.ACTIVITY) {
                credit(
                        fact.actor(),
                        fact.timeMillis(),
                        Measure.ACTIVITIES,
                        fact.kind().wireName(),
                        organisation.epochDayOf(fact.timeMillis()),
                        to);
            }
        }
    }

    private void contributeSale(LeadView lead, LeadMilestones milestones, Contributions to) {
        if (milestones.firstSaleMillis() == Fact.NO_TIME) {
            return;
        }
        long tookMillis = milestones.firstSaleMillis() - milestones.createdMillis();
        credit(
                lead.ownerAt(milestones.firstSaleMillis()),
                milestones.firstSaleMillis(),
                Measure.LEAD_TO_SALE_HISTOGRAM,
                NO_DIMENSION,
                Measure.histogramPane(organisation.epochDayOf(milestones.firstSaleMillis()), tookMillis),
                to);
        if (tookMillis <= NINETY_DAYS_MILLIS) {
            add(lead, Measure.LEADS_SOLD_WITHIN_90_DAYS, milestones.createdMillis(), to);
        }
    }

    private void add(LeadView lead, Measure measure, long timeMillis, Contributions to) {
        if (timeMillis != Fact.NO_TIME) {
            credit(
                    lead.ownerAt(timeMillis),
                    timeMillis,
                    measure,
                    NO_DIMENSION,
                    organisation.epochDayOf(timeMillis),
                    to);
        }
    }

    private void credit(String rep, long timeMillis, Measure measure, String dimension, int pane, Contributions to) {
        to.add(Scope.COMPANY, measure, dimension, pane, 1);
        if (rep != null) {
            to.add(Scope.rep(rep), measure, dimension, pane, 1);
            String team = organisation.teamOf(rep, timeMillis);
            if (team != null) {
                to.add(Scope.team(team), measure, dimension, pane, 1);
            }
        }
    }
}
