package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertDiff;
import io.leadpulse.domain.alert.AlertLife;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
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
import org.apache.flink.streaming.api.TimerService;
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
    private transient LeadResults results;
    private transient ValueState<LeadState> state;

    public LeadFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        EngineContext engine = EngineContext.of(settings);
        book = engine.leadBook();
        results = new LeadResults(book, engine.results());
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
        long watermarkMillis = now(context.timerService());
        LeadView viewBefore = book.read(input.lead(), before.facts(), before.deals());
        LeadView viewAfter = book.read(input.lead(), after.facts(), after.deals());
        emitDeltas(viewAfter.contributions().minus(viewBefore.contributions()), out);
        for (ResultRecord entry : results.ledger(viewBefore, viewAfter, asOf(watermarkMillis))) {
            context.output(RESULTS, entry);
        }
        if (!settings.valuesAtEnd()) {
            context.output(RESULTS, results.profile(viewAfter, asOf(watermarkMillis)));
        }
        state.update(told(after, viewAfter, watermarkMillis, context));
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        LeadState kept = state.value();
        if (kept == null || kept.wakeMillis() != timeMillis) {
            return;
        }
        LeadView view = book.read(context.getCurrentKey(), kept.facts(), kept.deals());
        long watermarkMillis = now(context.timerService());
        LeadState fired = new LeadState(kept.facts(), kept.deals(), kept.told(), LeadState.NO_TIMER);
        LeadState after = told(fired, view, watermarkMillis, context);
        if (!settings.valuesAtEnd() || watermarkMillis == settings.asOfMillis()) {
            context.output(RESULTS, results.profile(view, asOf(watermarkMillis)));
        }
        state.update(after);
    }

    /** Publishes the alerts that are other than told, and sees to it that the lead wakes when it must. */
    private LeadState told(LeadState lead, LeadView view, long watermarkMillis, Context context) {
        AlertDiff alerts = AlertDiff.of(lead.told(), AlertLife.asOf(view.alerts(), watermarkMillis), watermarkMillis);
        for (Alert alert : alerts.publish()) {
            context.output(RESULTS, results.alert(alert, asOf(watermarkMillis)));
        }
        long wakeMillis = nextWake(view, watermarkMillis);
        if (wakeMillis < lead.wakeMillis()) {
            context.timerService().registerEventTimeTimer(wakeMillis);
        } else {
            wakeMillis = lead.wakeMillis();
        }
        return new LeadState(lead.facts(), lead.deals(), alerts.told(), wakeMillis);
    }

    /** The next time at which something follows from the facts without a new one; as-of at the latest. */
    private long nextWake(LeadView view, long watermarkMillis) {
        if (watermarkMillis >= settings.asOfMillis()) {
            return LeadState.NO_TIMER;
        }
        long next = AlertLife.nextAfter(view.alerts(), watermarkMillis);
        if (settings.valuesAtEnd()) {
            return Math.min(next, settings.asOfMillis());
        }
        return Math.min(next, view.score().nextBandChangeAfter(watermarkMillis));
    }

    /** Event time, but not later than as-of: a bounded source ends with a watermark beyond all time. */
    private long now(TimerService timers) {
        return Math.min(timers.currentWatermark(), settings.asOfMillis());
    }

    /** In replay everything is said as of its end, so that the order of arrival leaves no trace. */
    private long asOf(long watermarkMillis) {
        return settings.valuesAtEnd() ? settings.asOfMillis() : watermarkMillis;
    }

    /** The lead with the fact added or taken out; null when that changes nothing. */
    private LeadState withFact(LeadState before, LeadInput input, Context context) {
        if (input.sign() < 0) {
            context.output(outcomes, OutcomeCount.less(Outcome.COUNTED));
            List<Fact> fewer = FactBook.without(before.facts(), input.fact().id());
            return fewer == before.facts() ? null : before.withFacts(fewer);
        }
        FactBook.Acceptance acceptance =
                FactBook.accept(before.facts(), input.fact(), book.policy().bounds());
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
                                                book.policy().bounds().inAll(),
                                                book.policy().bounds().perDay())));
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
