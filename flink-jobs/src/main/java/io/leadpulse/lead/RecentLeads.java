package io.leadpulse.lead;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The leads that were written last, as they were written, and what was read of them then: a lead that something happens to
 * soon gets more. Every write goes to the state at once; this only saves reading it again.
 */
final class RecentLeads {
    /** What a fact takes, with what is read of it. */
    private static final int FACT_BYTES = 800;
    /** Of one of several subtasks of a worker. */
    private static final int SHARE_OF_HEAP = 32;
    /** So many facts of all leads together. */
    private static final int FACTS = Math.toIntExact(
            Math.max(20_000, Math.min(160_000, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / FACT_BYTES)));
    /** What a lead takes beside its facts, in facts. */
    private static final int LEAD = 10;

    private final Map<String, Recent> leads = new LinkedHashMap<>(256, 0.75f, true);
    private int facts;

    /** A lead as it is stored; null when that is not known here. */
    LeadState stateOf(String lead) {
        Recent recent = leads.get(lead);
        return recent == null ? null : recent.state();
    }

    /** How a lead was read when it was written; null when that is not known here, or was by another configuration. */
    LeadView viewOf(String lead, LeadBook by) {
        Recent recent = leads.get(lead);
        return recent == null || recent.by() != by ? null : recent.view();
    }

    /**
     * Remembers a lead that has been written.
     *
     * @param view the lead as it was written, by the exchange rates of the time that is written with it
     * @param by by what it was read
     */
    void wrote(String lead, LeadState state, LeadView view, LeadBook by) {
        forget(lead);
        Recent recent = new Recent(state, view, by, weight(state));
        leads.put(lead, recent);
        facts += recent.weight();
        Iterator<Recent> eldest = leads.values().iterator();
        while (facts > FACTS && eldest.hasNext()) {
            facts -= eldest.next().weight();
            eldest.remove();
        }
    }

    /** Forgets a lead that has been written otherwise, or is kept no longer. */
    void forget(String lead) {
        Recent gone = leads.remove(lead);
        if (gone != null) {
            facts -= gone.weight();
        }
    }

    /** In facts; an attribute can take as much as one. */
    private static int weight(LeadState state) {
        int weight = LEAD + state.facts().size() + state.deals().size();
        for (Fact fact : state.facts()) {
            weight += fact.attributes().size();
        }
        return weight;
    }

    private record Recent(LeadState state, LeadView view, LeadBook by, int weight) {}
}
