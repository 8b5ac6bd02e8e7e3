package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.DealMeasures;
import io.leadpulse.domain.merge.Member;
import io.leadpulse.domain.merge.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Reads all facts and deals of a lead as one {@link LeadView}. Pure; one instance serves all leads. */
public final class LeadBook {
    private final LeadPolicy policy;
    private final DealMeasures dealMeasures;
    private final LeadMeasures leadMeasures;
    private final PipelineMeasures pipelineMeasures;
    private final CampaignMeasures campaignMeasures;
    private final ActivityMeasures activityMeasures;
    private final Set<String> fitAttributes;

    public LeadBook(LeadPolicy policy) {
        this.policy = policy;
        this.dealMeasures = new DealMeasures(policy.organisation());
        this.leadMeasures = new LeadMeasures(policy.organisation());
        this.pipelineMeasures = new PipelineMeasures(policy);
        this.campaignMeasures = new CampaignMeasures(policy.organisation());
        this.activityMeasures = new ActivityMeasures(policy);
        this.fitAttributes = LeadTraits.fitAttributes(policy.rules());
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
     * @param deals its deals in a fixed order, as they were told
     * @param nowMillis whose exchange rates hold for what is open, epoch milliseconds; {@link Long#MIN_VALUE} if no time is
     *     known yet
     */
    public LeadView read(String lead, List<Fact> facts, List<Deal> deals, long nowMillis) {
        return read(lead, facts, deals, null, nowMillis);
    }

    /**
     * Reads a lead that was merged into nobody knows which: its history stands, but nobody works on it. Of a lead that is
     * not, or no longer, merged it gives what {@link #read(String, List, List, long)} does.
     *
     * @param lead as above, and so the others
     */
    public LeadView readMergedAway(String lead, List<Fact> facts, List<Deal> deals, long nowMillis) {
        return read(lead, facts, deals, Standing.mergedBy(facts), nowMillis);
    }

    /**
     * Reads a lead as release 1 did, as far as that was other: merges and deletions ended its stages and withdrew nothing,
     * and were activities like all others. What it told and contributed by that must be taken back.
     *
     * @param lead as above, and so the others
     */
    public LeadView readByRelease1(String lead, List<Fact> facts, List<Deal> deals, long nowMillis) {
        return new LeadView(
                this,
                lead,
                List.of(),
                Fact.NO_TIME,
                null,
                facts,
                policy.valuation().value(deals, nowMillis));
    }

    private LeadView read(String lead, List<Fact> facts, List<Deal> deals, Fact mergedBy, long nowMillis) {
        return new LeadView(
                this,
                lead,
                List.of(),
                Standing.deletedMillis(facts),
                mergedBy,
                Standing.of(facts),
                policy.valuation().value(deals, nowMillis));
    }

    /**
     * Reads leads that were merged as one.
     *
     * @param root the lead that the others were merged into
     * @param members each of them, its own under its own id
     * @param deals the deals of all, in a fixed order, as they were told
     * @param nowMillis as above
     */
    public LeadView readMerged(String root, SortedMap<String, Member> members, List<Deal> deals, long nowMillis) {
        List<String> others = new ArrayList<>(members.keySet());
        others.remove(root);
        return new LeadView(
                this,
                root,
                others,
                Standing.deletedMillis(
                        members.getOrDefault(root, Member.root(List.of())).facts(), false),
                null,
                Standing.of(members),
                policy.valuation()
                        .value(deals.stream().map(deal -> deal.ofLead(root)).toList(), nowMillis));
    }

    /** Reads a lead before any time is known. */
    public LeadView read(String lead, List<Fact> facts, List<Deal> deals) {
        return read(lead, facts, deals, Long.MIN_VALUE);
    }

    DealMeasures dealMeasures() {
        return dealMeasures;
    }

    LeadMeasures leadMeasures() {
        return leadMeasures;
    }

    PipelineMeasures pipelineMeasures() {
        return pipelineMeasures;
    }

    CampaignMeasures campaignMeasures() {
        return campaignMeasures;
    }

    ActivityMeasures activityMeasures() {
        return activityMeasures;
    }

    Set<String> fitAttributes() {
        return fitAttributes;
    }
}
