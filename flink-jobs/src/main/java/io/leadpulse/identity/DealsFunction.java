package io.leadpulse.identity;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows whose every deal is. Keyed by deal id; keeps the deal's records and tells its lead how the deal now stands; when
 * a newer record names another lead, the old one is told that the deal is gone.
 *
 * <p>Late, repeated and superseded records lead to the same deal as records in order ({@link DealBook}).
 */
public final class DealsFunction extends KeyedProcessFunction<String, SalesEvent, LeadInput> {
    private static final long serialVersionUID = 1;

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    private transient EngineContext engine;
    private transient ValueState<DealState> state;

    public DealsFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        engine = EngineContext.of(settings);
        state = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(EngineUids.DEAL_STATE, new DealStateSerializer()));
    }

    @Override
    public void processElement(SalesEvent event, Context context, Collector<LeadInput> out) throws Exception {
        DealState before = state.value();
        List<DealEvent> kept = before == null ? List.of() : before.events();
        DealBook.Acceptance acceptance = DealBook.accept(kept, EventFacts.deal(event));
        switch (acceptance.verdict()) {
            case COUNTED -> context.output(outcomes, OutcomeCount.one(Outcome.COUNTED));
            case DUPLICATE -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE));
            case DUPLICATE_CONFLICT -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE, "conflict"));
            case SUPERSEDED, SUPERSEDES -> context.output(outcomes, OutcomeCount.one(Outcome.SUPERSEDED));
            case TOO_MANY ->
                context.output(
                        deadLetters,
                        new DeadLetter(
                                event.record(),
                                Reason.TOO_MANY,
                                "more records of one deal than " + DealBook.MAX_RECORDS));
        }
        if (acceptance.kept() != kept) {
            Deal deal = DealBook.resolve(context.getCurrentKey(), acceptance.kept(), engine.dealStages());
            if (before != null && !before.lead().equals(deal.lead())) {
                out.collect(LeadInput.minus(before.lead(), deal.id()));
            }
            out.collect(LeadInput.plus(deal.lead(), deal));
            state.update(new DealState(acceptance.kept(), deal.lead(), expiry(before, acceptance.kept(), context)));
        }
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<LeadInput> out) throws Exception {
        DealState kept = state.value();
        if (kept == null || kept.expiryMillis() != timeMillis) {
            return;
        }
        long dueMillis = expiryOf(kept.events());
        if (dueMillis <= timeMillis) {
            state.clear();
        } else {
            context.timerService().registerEventTimeTimer(dueMillis);
            state.update(new DealState(kept.events(), kept.lead(), dueMillis));
        }
    }

    private long expiry(DealState before, List<DealEvent> events, Context context) {
        if (before != null) {
            return before.expiryMillis();
        }
        long expiryMillis = expiryOf(events);
        context.timerService().registerEventTimeTimer(expiryMillis);
        return expiryMillis;
    }

    private long expiryOf(List<DealEvent> events) {
        return events.get(events.size() - 1).timeMillis() + engine.horizonMillis();
    }
}
