package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a lead has come on the way from its creation to a purchase. The steps are those of a lead, in the order of
 * {@link #steps}, then the open stages of deals in the company's order, then the purchase.
 *
 * <p>What was reached stays reached: a lead that goes back a stage, or whose deal is lost, has reached no less. Only a
 * correction of what was said lowers it.
 */
public final class Funnel {
    /** The names of steps that are stages of deals begin with it, so that no stage is taken for a step of leads. */
    public static final String STAGE = "stage:";

    private static final List<String> OF_LEADS =
            List.of("created", "contacted", "marketing_qualified", "accepted", "sales_qualified", "opportunity");
    private static final String WON = "won";
    private static final String NURTURE = "nurture";

    private final List<String> steps;
    private final boolean[] taken;
    private final int last;
    private final boolean lost;
    private final String lostReason;

    private Funnel(List<String> steps, boolean[] taken, boolean lost, String lostReason) {
        this.steps = steps;
        this.taken = taken;
        this.lost = lost;
        this.lostReason = lostReason;
        int furthest = 0;
        for (int step = 0; step < taken.length; step++) {
            furthest = taken[step] ? step : furthest;
        }
        this.last = furthest;
    }

    /** The names of all steps, first to last. */
    public static List<String> steps(DealStages stages) {
        List<String> steps = new ArrayList<>(OF_LEADS);
        stages.open().forEach(stage -> steps.add(STAGE + stage));
        steps.add(WON);
        return steps;
    }

    /** How far this lead has come; it must have a fact. */
    static Funnel of(LeadView lead, DealStages stages) {
        LeadMilestones milestones = lead.milestones();
        List<String> steps = steps(stages);
        boolean[] taken = new boolean[steps.size()];
        boolean marketingQualified = milestones.marketingQualifiedMillis() != Fact.NO_TIME;
        taken[0] = true;
        taken[1] = lead.contacts().firstContactMillis() != Fact.NO_TIME;
        taken[2] = marketingQualified;
        // The first attempt accepts any lead, most of them before their score says anything; the step is that of an
        // MQL.
        taken[3] = marketingQualified && milestones.acceptedMillis() != Fact.NO_TIME;
        taken[4] = milestones.salesQualifiedMillis() != Fact.NO_TIME;
        for (Deal deal : lead.deals()) {
            if (!deal.deleted()) {
                taken[OF_LEADS.size() - 1] = true;
                for (Stay stay : deal.stays()) {
                    int stage = stages.open().indexOf(stay.stage());
                    if (stage >= 0) {
                        taken[OF_LEADS.size() + stage] = true;
                    }
                }
            }
        }
        taken[taken.length - 1] = milestones.firstSaleMillis() != Fact.NO_TIME;
        boolean lost = !taken[taken.length - 1] && !lead.isOpen();
        return new Funnel(steps, taken, lost, lost ? reason(lead) : null);
    }

    /** Of a lead that had a deal that of the deal lost last, else why it was turned down, or that it is in nurture. */
    private static String reason(LeadView lead) {
        Deal latest = null;
        for (Deal deal : lead.deals()) {
            boolean isLost = !deal.deleted() && deal.outcome() == Deal.Outcome.LOST;
            if (isLost && (latest == null || deal.closedMillis() > latest.closedMillis())) {
                latest = deal;
            }
        }
        if (latest != null) {
            return latest.reason();
        }
        return lead.milestones().status().equals(NURTURE)
                ? NURTURE
                : lead.milestones().rejectedReason();
    }

    /** The names of the steps that it has reached: those that it took, and all before. */
    List<String> reached() {
        return steps.subList(0, last + 1);
    }

    /** The names of the steps that it took itself. */
    List<String> taken() {
        List<String> names = new ArrayList<>();
        for (int step = 0; step < taken.length; step++) {
            if (taken[step]) {
                names.add(steps.get(step));
            }
        }
        return names;
    }

    /** The last step that it reached. */
    String last() {
        return steps.get(last);
    }

    /** Whether it did not buy and nobody works on it: turned down, in nurture, or its last deal lost. */
    boolean isLost() {
        return lost;
    }

    /** Why it was lost; null when it was not, or nobody said. */
    String lostReason() {
        return lostReason;
    }
}
