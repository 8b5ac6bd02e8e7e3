package io.leadpulse.lead;

import io.leadpulse.app.EngineContext;
import io.leadpulse.app.EngineSettings;
import io.leadpulse.app.EngineUids;
import io.leadpulse.app.ResultRecord;
import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps every lead's facts and deals and publishes what follows from them. Keyed by lead; one value of state, read and
 * written once per event.
 *
 * <p>What is published is a pure function of the facts (and, for alerts, of the watermark), computed before and after
 * each input; the difference goes out. So it makes no difference to the final results whether an input is in order,
 * late, a duplicate or a correction. Timers only wake; the facts decide.
 */
public final class LeadFunction extends KeyedProcessFunction<String, LeadInput, RollupDelta> {
    private static final long serialVersionUID = 1;

    /** Results of leads: profiles, ledger entries, alerts. */
    public static final OutputTag<ResultRecord> RESULTS = new OutputTag<>("lead-results") {};

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    private transient LeadBook book;
    private transient ValueState<LeadState> state;

    public LeadFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        book = EngineContext.of(settings).leadBook();
        state = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.LEAD_STATE, LeadState.class));
    }

    @Override
    public void processElement(LeadInput input, Context context, Collector<RollupDelta> out) throws Exception {
        LeadState stored = state.value();
        LeadState before = stored == null ? LeadState.EMPTY : stored;
        LeadState after = input.dealId() == null ? withFact(before, input, context) : withDeal(before, input);
        if (after == null) {
            return;
        }
        LeadView viewBefore = book.read(before.facts(), before.deals());
        LeadView viewAfter = book.read(after.facts(), after.deals());
        emitDeltas(viewAfter.contributions().minus(viewBefore.contributions()), out);
        state.update(after);
    }

    /** The lead with the fact added or taken out; null when that changes nothing. */
    private LeadState withFact(LeadState before, LeadInput input, Context context) {
        if (input.sign() < 0) {
            context.output(outcomes, OutcomeCount.less(Outcome.COUNTED));
            List<Fact> fewer = FactBook.without(before.facts(), input.fact().id());
            return fewer == before.facts() ? null : before.withFacts(fewer);
        }
        FactBook.Acceptance acceptance = FactBook.accept(before.facts(), input.fact(), book.bounds());
        switch (acceptance.verdict()) {
            case COUNTED -> context.output(outcomes, OutcomeCount.one(Outcome.COUNTED));
            case DUPLICATE -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE));
            case DUPLICATE_CONFLICT -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE, "conflict"));
            case SUPERSEDED, SUPERSEDES -> context.output(outcomes, OutcomeCount.one(Outcome.SUPERSEDED));
            case TOO_MANY ->
                context.output(
                        deadLetters,
                        new DeadLetter(
                                input.record(),
                                Reason.TOO_MANY,
                                "more facts of one lead than %d, or of one day than %d"
                                        .formatted(
                                                book.bounds().inAll(),
                                                book.bounds().perDay())));
        }
        return acceptance.kept() == before.facts() ? null : before.withFacts(acceptance.kept());
    }

    private static LeadState withDeal(LeadState before, LeadInput input) {
        List<Deal> deals = new ArrayList<>(before.deals().size() + 1);
        for (Deal deal : before.deals()) {
            if (!deal.id().equals(input.dealId())) {
                deals.add(deal);
            }
        }
        if (input.sign() > 0) {
            int place = 0;
            while (place < deals.size() && deals.get(place).id().compareTo(input.dealId()) < 0) {
                place++;
            }
            deals.add(place, input.deal());
        }
        return before.withDeals(deals);
    }

    private static void emitDeltas(Map<ContributionKey, Long> difference, Collector<RollupDelta> out) {
        String scope = null;
        List<PaneDelta> panes = new ArrayList<>();
        for (Map.Entry<ContributionKey, Long> each : difference.entrySet()) {
            ContributionKey key = each.getKey();
            if (!key.scope().equals(scope)) {
                if (scope != null) {
                    out.collect(new RollupDelta(scope, panes));
                }
                scope = key.scope();
                panes = new ArrayList<>();
            }
            panes.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), each.getValue()));
        }
        if (scope != null) {
            out.collect(new RollupDelta(scope, panes));
        }
    }
}
