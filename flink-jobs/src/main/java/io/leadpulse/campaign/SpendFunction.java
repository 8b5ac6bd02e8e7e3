package io.leadpulse.campaign;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.campaign.Spend;
import io.leadpulse.domain.event.FactBook.Verdict;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts what campaigns cost. Keyed by the record's idempotency key, so that a correction, also one that names another
 * campaign, takes back what its record had added; repetitions and older versions add nothing, in whatever order they come.
 *
 * <p>A record is kept as long as the sums that it stands in, which is for good: a version that comes years later with a time
 * of today would else be counted beside the first. It is one a bill, so the state grows as the sums by day do.
 */
public final class SpendFunction extends KeyedProcessFunction<String, SalesEvent, RollupDelta> {
    private static final long serialVersionUID = 1;

    private final EngineSettings settings;
    private final OutputTag<OutcomeCount> outcomes;

    private transient Organisation organisation;
    private transient ValueState<Spend> state;

    public SpendFunction(EngineSettings settings, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        organisation = EngineContext.of(settings).organisation();
        state = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.SPEND_STATE, Spend.class));
    }

    @Override
    public void processElement(SalesEvent event, Context context, Collector<RollupDelta> out) throws Exception {
        Spend before = state.value();
        Spend incoming = new Spend(
                event.timeMillis(),
                event.version(),
                event.contentHash(),
                event.subject(),
                event.channel(),
                event.amountMinor(),
                event.runUntilEpochDay());
        Verdict verdict = Spend.verdict(before, incoming);
        context.output(outcomes, outcome(verdict));
        if (before == null || incoming.supersedes(before)) {
            emit(before, incoming, out);
            state.update(incoming);
        }
    }

    private static OutcomeCount outcome(Verdict verdict) {
        return switch (verdict) {
            case COUNTED -> OutcomeCount.one(Outcome.COUNTED);
            case DUPLICATE -> OutcomeCount.one(Outcome.DUPLICATE);
            case DUPLICATE_CONFLICT -> OutcomeCount.one(Outcome.DUPLICATE, "conflict");
            case SUPERSEDED, SUPERSEDES -> OutcomeCount.one(Outcome.SUPERSEDED);
            case TOO_MANY -> throw new IllegalStateException("One record cannot be " + verdict);
        };
    }

    private void emit(Spend before, Spend after, Collector<RollupDelta> out) {
        Contributions gone = before == null ? new Contributions() : before.contributions(organisation);
        Map<String, List<PaneDelta>> byScope = new TreeMap<>();
        for (Map.Entry<ContributionKey, Long> each :
                after.contributions(organisation).minus(gone).entrySet()) {
            ContributionKey key = each.getKey();
            byScope.computeIfAbsent(key.scope(), scope -> new ArrayList<>())
                    .add(new PaneDelta(key.measure(), key.dimension(), key.pane(), each.getValue()));
        }
        byScope.forEach((scope, panes) -> out.collect(new RollupDelta(scope, after.timeMillis(), panes)));
    }
}
