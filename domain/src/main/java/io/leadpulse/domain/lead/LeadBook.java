package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.DealMeasures;
import java.util.List;

/** Reads all facts and deals of a lead as one {@link LeadView}. Pure; one instance serves all leads. */
public final class LeadBook {
    private final LeadPolicy policy;
    private final DealMeasures dealMeasures;
    private final LeadMeasures leadMeasures;

    public LeadBook(LeadPolicy policy) {
        this.policy = policy;
        this.dealMeasures = new DealMeasures(policy.organisation());
        this.leadMeasures = new LeadMeasures(policy.organisation());
    }

    /** What this book reads leads by. */
    public LeadPolicy policy() {
        return policy;
    }

    /**
     * Reads a lead.
     *
     * @param lead the lead's id
     * @param facts its facts in {@link Fact#CANONICAL_ORDER}, one per id
     * @param deals its deals in a fixed order
     */
    public LeadView read(String lead, List<Fact> facts, List<Deal> deals) {
        return new LeadView(this, lead, facts, deals);
    }

    DealMeasures dealMeasures() {
        return dealMeasures;
    }

    LeadMeasures leadMeasures() {
        return leadMeasures;
    }
}
