package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.measure.DealMeasures;
import java.util.List;

/** Reads all facts and deals of a lead as one {@link LeadView}. Pure; one instance serves all leads. */
public final class LeadBook {
    private final FactBook.Bounds bounds;
    private final DealMeasures dealMeasures;

    public LeadBook(Organisation organisation, FactBook.Bounds bounds) {
        this.bounds = bounds;
        this.dealMeasures = new DealMeasures(organisation);
    }

    /** How many facts of a lead are kept. */
    public FactBook.Bounds bounds() {
        return bounds;
    }

    /**
     * Reads a lead.
     *
     * @param facts its facts in {@link Fact#CANONICAL_ORDER}, one per id
     * @param deals its deals
     */
    public LeadView read(List<Fact> facts, List<Deal> deals) {
        return new LeadView(this, facts, deals);
    }

    DealMeasures dealMeasures() {
        return dealMeasures;
    }
}
