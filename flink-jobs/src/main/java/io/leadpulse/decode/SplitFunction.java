package io.leadpulse.decode;

import io.leadpulse.conservation.EventsByKind;
import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.edge.EventTypes;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.SalesEvent;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends every decoded record to the operator that owns it: what names its lead goes on as a fact, deals, anonymous
 * behaviour and merges to the operators that know whose they are, dead letters aside. Counts every record as in.
 */
public final class SplitFunction extends ProcessFunction<Decoded, LeadInput> {
    private static final long serialVersionUID = 1;

    /** Records about deals. */
    public static final OutputTag<SalesEvent> DEALS = new OutputTag<>("deals", EventTypes.EVENTS);
    /** What was said of merges of leads. */
    public static final OutputTag<SalesEvent> MERGES = new OutputTag<>("merges", EventTypes.EVENTS);
    /** Behaviour of visitors. */
    public static final OutputTag<SalesEvent> BEHAVIOUR = new OutputTag<>("behaviour", EventTypes.EVENTS);

    /** What campaigns cost. */
    public static final OutputTag<SalesEvent> SPEND = new OutputTag<>("spend", EventTypes.EVENTS);

    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    public SplitFunction(OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<LeadInput> out) {
        context.output(outcomes, OutcomeCount.one(Outcome.IN, EventsByKind.reason(decoded.event())));
        if (decoded.isConfiguration()) {
            context.output(outcomes, OutcomeCount.one(Outcome.CONFIGURATION));
        } else if (decoded.deadLetter() != null) {
            context.output(deadLetters, decoded.deadLetter());
        } else {
            route(decoded.event(), context, out);
        }
    }

    private void route(SalesEvent event, Context context, Collector<LeadInput> out) {
        EventKind.Stream stream = event.kind().stream();
        if (stream == EventKind.Stream.DEAL) {
            context.output(DEALS, event);
        } else if (event.kind() == EventKind.CAMPAIGN_SPEND) {
            context.output(SPEND, event);
        } else if (stream == EventKind.Stream.COMPANY) {
            context.output(outcomes, OutcomeCount.one(Outcome.COUNTED));
        } else if (event.kind() == EventKind.LEAD_MERGED || event.kind() == EventKind.LEAD_UNMERGED) {
            context.output(MERGES, event);
        } else if (event.anonymousId() != null) {
            context.output(BEHAVIOUR, event);
        } else {
            out.collect(LeadInput.plus(event.lead(), EventFacts.fact(event), event.record()));
        }
    }
}
