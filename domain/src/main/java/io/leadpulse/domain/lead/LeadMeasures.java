package io.leadpulse.domain.lead;

import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.ContactRules;
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
        contributeLead(lead, to);
        for (Fact fact : lead.facts()) {
            contributeFact(fact, to);
        }
    }

    /** Adds what it has become. */
    void contributeLead(LeadView lead, Contributions to) {
        LeadMilestones milestones = lead.milestones();
        if (!lead.facts().isEmpty()) {
            add(lead, Measure.LEADS_CREATED, milestones.createdMillis(), to);
            add(lead, Measure.LEADS_MARKETING_QUALIFIED, milestones.marketingQualifiedMillis(), to);
            add(lead, Measure.LEADS_ACCEPTED, milestones.acceptedMillis(), to);
            add(lead, Measure.LEADS_SALES_QUALIFIED, milestones.salesQualifiedMillis(), to);
            contributeSale(lead, milestones, to);
            contributeFirstContact(lead, to);
        }
    }

    /** Adds what one of its facts gives, whatever the others are. */
    void contributeFact(Fact fact, Contributions to) {
        if (fact.actor() != null && fact.kind().stream() == EventKind.Stream.ACTIVITY) {
            int day = organisation.epochDayOf(fact.timeMillis());
            credit(
                    fact.actor(),
                    fact.timeMillis(),
                    Measure.ACTIVITIES,
                    fact.kind().wireName(),
                    day,
                    to);
            if (ContactRules.isConversation(fact)) {
                credit(fact.actor(), fact.timeMillis(), Measure.CONVERSATIONS, NO_DIMENSION, day, to);
            }
        }
    }

    /** Credited to who owned the lead when it was contacted; on the day of its creation, as a cohort. */
    private void contributeFirstContact(LeadView lead, Contributions to) {
        ContactHistory contacts = lead.contacts();
        long contactMillis = contacts.firstContactMillis();
        Long tookMillis = lead.firstContactBusinessMillis();
        if (tookMillis == null) {
            return;
        }
        String owner = lead.ownerAt(contactMillis);
        int day = organisation.epochDayOf(contacts.createdMillis());
        credit(owner, contactMillis, Measure.FIRST_CONTACT_COUNT, NO_DIMENSION, day, 1, to);
        credit(owner, contactMillis, Measure.FIRST_CONTACT_MILLIS, NO_DIMENSION, day, tookMillis, to);
        credit(
                owner,
                contactMillis,
                Measure.FIRST_CONTACT_HISTOGRAM,
                NO_DIMENSION,
                Measure.histogramPane(day, tookMillis),
                1,
                to);
        boolean isLate = lead.lateFirstContacts().stream().anyMatch(alert -> alert.raisedMillis() <= contactMillis);
        if (!isLate) {
            credit(owner, contactMillis, Measure.FIRST_CONTACT_WITHIN_LIMIT, NO_DIMENSION, day, 1, to);
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
        credit(rep, timeMillis, measure, dimension, pane, 1, to);
    }

    private void credit(
            String rep, long timeMillis, Measure measure, String dimension, int pane, long value, Contributions to) {
        to.add(Scope.COMPANY, measure, dimension, pane, value);
        if (rep != null) {
            to.add(Scope.rep(rep), measure, dimension, pane, value);
            String team = organisation.teamOf(rep, timeMillis);
            if (team != null) {
                to.add(Scope.team(team), measure, dimension, pane, value);
            }
        }
    }
}
