package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps every lead's facts and deals and publishes what follows from them. Keyed by lead; one value of state, read and
 * written once per event.
 *
 * <p>What is published is a pure function of the facts (and, for alerts, of the watermark), computed before and after
 * each input; the difference goes out. So it makes no difference to the final results whether an input is in order,
 * late, a duplicate or a correction. Timers only wake; the facts decide. Alerts of a lead whose past is coming in are
 * judged when it is in, see {@link LateBurst}.
 *
 * <p>A lead that has to do with a merge says nothing itself any more but what it contributes; how it stands goes to
 * {@link MergedLeadFunction}, which says the rest.
 */
public final class LeadFunction extends KeyedBroadcastProcessFunction<String, LeadInput, Control, RollupDelta> {
    private static final long serialVersionUID = 1;

    /** What leads say themselves, and how those stand of which others say it. */
    public static final OutputTag<LeadMessage> MESSAGES = new OutputTag<>("lead-messages") {};

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    private transient LeadTeller teller;
    private transient ValueState<LeadState> state;

    public LeadFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        teller = new LeadTeller(settings);
        state = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.LEAD_STATE, LeadState.class));
    }

    @Override
    public void processElement(LeadInput input, ReadOnlyContext context, Collector<RollupDelta> out) throws Exception {
        configure(context);
        LeadState stored = state.value();
        LeadState before = stored == null ? LeadState.EMPTY : stored;
        LeadState after = changed(before, input, context);
        if (after == null) {
            return;
        }
        String lead = input.lead();
        long nowMillis = teller.now(before, context.timerService());
        long ratesMillis = teller.alertNow(before, nowMillis);
        LeadView viewBefore = viewLastRead(lead, before);
        LeadView viewAfter = teller.book().read(lead, after.facts(), after.deals(), ratesMillis);
        emitDeltas(viewBefore, viewAfter, nowMillis, context, out);
        if (after.root() != null) {
            LeadState silent = teller.silent(after, viewAfter, nowMillis, context.timerService());
            passOn(before, viewBefore, silent, viewAfter, newestOf(input), context);
            keep(silent);
            return;
        }
        LeadState told = teller.isHeld(newestOf(input), nowMillis, context.timerService())
                ? teller.unjudged(after, ratesMillis)
                : teller.told(after, viewAfter, nowMillis, context.timerService(), said(lead, context));
        if (teller.speaksAt(nowMillis)) {
            teller.publish(viewBefore, viewAfter, told.told(), nowMillis, said(lead, context));
        }
        keep(told);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        boolean wasHeld = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        boolean isHeld = teller.isHeld(context.timerService());
        if (wasHeld && isHeld) {
            return;
        }
        configure(context);
        LeadState kept = state.value();
        if (kept == null || (!wasHeld && kept.wakeMillis() != timeMillis)) {
            return;
        }
        if (isHeld) {
            keep(kept.withWake(LeadState.NO_TIMER));
            return;
        }
        String lead = context.getCurrentKey();
        LeadState woken = wasHeld ? kept : kept.withWake(LeadState.NO_TIMER);
        long nowMillis = teller.now(kept, context.timerService());
        long ratesMillis = teller.alertNow(kept, nowMillis);
        LeadView view = teller.book().read(lead, kept.facts(), kept.deals(), ratesMillis);
        boolean isSame = saysTheSame(kept, ratesMillis);
        LeadView viewBefore = isSame ? view : viewLastRead(lead, kept);
        emitDeltas(viewBefore, view, nowMillis, context, out);
        if (kept.root() != null) {
            LeadState silent = teller.silent(woken, view, nowMillis, context.timerService());
            if (!isSame) {
                passOn(kept, viewBefore, silent, view, Long.MAX_VALUE, context);
            }
            keep(silent);
            return;
        }
        LeadState after = teller.told(woken, view, nowMillis, context.timerService(), said(lead, context));
        if (teller.speaksAt(nowMillis)) {
            teller.publish(
                    settings.valuesAtEnd() ? teller.book().read(lead, List.of(), List.of()) : viewBefore,
                    view,
                    after.told(),
                    nowMillis,
                    said(lead, context));
        }
        keep(after);
    }

    /** Takes in what was configured anew; every lead follows when it next wakes or gets an input. */
    @Override
    public void processBroadcastElement(Control control, Context context, Collector<RollupDelta> out) throws Exception {
        teller.accept(
                control,
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
    }

    private void configure(ReadOnlyContext context) throws Exception {
        teller.configure(
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
    }

    /** Whether a lead that was only woken contributes what it did: by the same configuration and exchange rates. */
    private boolean saysTheSame(LeadState kept, long ratesMillis) {
        return teller.configuration().countsAlike(kept.configuration())
                && teller.book().policy().valuation().nextChangeAfter(kept.deals(), kept.clockMillis()) > ratesMillis;
    }

    private static Consumer<ResultRecord> said(String lead, ReadOnlyContext context) {
        return result -> context.output(MESSAGES, LeadMessage.says(lead, result));
    }

    private void emitDeltas(
            LeadView before, LeadView after, long nowMillis, ReadOnlyContext context, Collector<RollupDelta> out) {
        if (before != after) {
            LeadTeller.emitDeltas(
                    after.contributions().minus(before.contributions()),
                    teller.saidAt(after, nowMillis),
                    out,
                    spans -> context.output(LeadTeller.SPENT, spans));
        }
    }

    /**
     * Tells the merged leads that a lead is a part of, or was, how it stands. What it contributes alone it goes on
     * contributing itself; the merged lead adds what is other together.
     */
    private static void passOn(
            LeadState before,
            LeadView viewBefore,
            LeadState after,
            LeadView viewAfter,
            long newestMillis,
            ReadOnlyContext context) {
        String lead = viewAfter.lead();
        if (before.root() == null) {
            context.output(MESSAGES, LeadMessage.handsOver(LeadPart.of(before, viewBefore), before.told()));
        }
        String from = before.root() == null ? lead : before.root();
        String to = after.root();
        boolean isMoved = !from.equals(to);
        if (isMoved && !from.equals(lead)) {
            context.output(MESSAGES, LeadMessage.lacks(from, lead));
        }
        if (isMoved && !to.equals(lead)) {
            context.output(MESSAGES, LeadMessage.moved(lead, to));
        }
        context.output(
                MESSAGES,
                LeadMessage.holds(to, LeadPart.of(after, viewAfter), isMoved ? Long.MAX_VALUE : newestMillis));
    }

    /**
     * The lead by the configuration and the exchange rates by which it was last read: what it contributes by these has
     * already been said.
     */
    private LeadView viewLastRead(String lead, LeadState kept) {
        LeadBook lastBook = kept.isEmpty() ? teller.book() : teller.bookAt(kept.configuration());
        return lastBook.read(lead, kept.facts(), kept.deals(), kept.clockMillis());
    }

    /**
     * A lead without anything is not kept; it leaves no trace in a replay, as if it had never been named. While alerts stand
     * as told that it has no more, it is: it waits for being judged, which takes them back. So is one of which merges must be
     * remembered.
     */
    private void keep(LeadState lead) throws Exception {
        if (lead.isEmpty() && lead.told().isEmpty() && lead.root() == null) {
            state.clear();
        } else {
            state.update(lead);
        }
    }

    /** The time of what an input says; of a deal, of which all is said at once, that of the latest. */
    private static long newestOf(LeadInput input) {
        if (input.fact() != null) {
            return input.fact().timeMillis();
        }
        // One that goes to another lead is never of the past: it is now that this turns out.
        return input.deal() == null ? Long.MAX_VALUE : LeadTeller.newestOf(input.deal());
    }

    /** The lead after an input; null when that changes nothing. */
    private LeadState changed(LeadState before, LeadInput input, ReadOnlyContext context) {
        if (input.root() != null) {
            return input.root().equals(before.root()) ? null : before.withRoot(input.root());
        }
        return input.dealId() == null ? withFact(before, input, context) : withDeal(before, input);
    }

    /** The lead with the fact added or taken out; null when that changes nothing. */
    private LeadState withFact(LeadState before, LeadInput input, ReadOnlyContext context) {
        if (input.sign() < 0) {
            List<Fact> fewer = FactBook.without(before.facts(), input.fact().id());
            boolean isHeld = fewer != before.facts();
            // What is taken back and is not here was refused here; it now gets its fate elsewhere.
            context.output(
                    outcomes,
                    isHeld
                            ? OutcomeCount.less(Outcome.COUNTED)
                            : new OutcomeCount(Outcome.DEAD_LETTERED, Reason.TOO_MANY.wireName(), -1));
            return isHeld ? before.withFacts(fewer) : null;
        }
        FactBook.Acceptance acceptance = FactBook.accept(
                before.facts(), input.fact(), teller.book().policy().bounds());
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
                                                teller.book().policy().bounds().inAll(),
                                                teller.book().policy().bounds().perDay())));
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
}
