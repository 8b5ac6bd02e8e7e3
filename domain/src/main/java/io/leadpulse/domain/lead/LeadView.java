package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import java.util.List;

/** Everything that follows from a lead's facts and deals; each part is computed when it is asked for. */
public final class LeadView {
    private final LeadBook book;
    private final List<Fact> facts;
    private final List<Deal> deals;

    LeadView(LeadBook book, List<Fact> facts, List<Deal> deals) {
        this.book = book;
        this.facts = facts;
        this.deals = deals;
    }

    /** The lead's facts in canonical order. */
    public List<Fact> facts() {
        return facts;
    }

    /** What the lead adds to the rollups. */
    public Contributions contributions() {
        Contributions contributions = new Contributions();
        for (Deal deal : deals) {
            book.dealMeasures().contribute(deal, contributions);
        }
        return contributions;
    }
}
