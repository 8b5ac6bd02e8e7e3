package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
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
    public static final OutputTag<LeadMessage> MESSAGES = new OutputTag<>("lead-messages", LeadMessageSerializer.TYPE);

    private static final ValueStateDescriptor<LeadState> STATE =
            new ValueStateDescriptor<>(EngineUids.LEAD_STATE, new LeadStateSerializer());

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;
    private final int measures;

    private transient LeadTeller teller;
    private transient LeadSweep sweep;
    private transient ValueState<LeadState> state;
    private transient RecentLeads recent;

    /** What the next input stands for, itself the last of it; empty where it stands for itself. */
    private transient List<LeadInput> gathered;
    /** Whether that is of the past, and waited for more of it. */
    private transient boolean isGatheredPast;

    public LeadFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this(settings, deadLetters, outcomes, Measure.COUNT);
    }

    /** As an engine that knows only the first measures; with those of release 1 it reads merges and deletions as that did. */
    LeadFunction(
            EngineSettings settings,
            OutputTag<DeadLetter> deadLetters,
            OutputTag<OutcomeCount> outcomes,
            int measures) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
        this.measures = measures;
    }

    @Override
    public void open(OpenContext context) {
        teller = new LeadTeller(settings, measures);
        sweep = new LeadSweep(measures);
        state = getRuntimeContext().getState(STATE);
        recent = new RecentLeads();
        gathered = List.of();
    }

    /**
     * With the next input, which is the last of these, all are taken in, in their order, as if they were one.
     *
     * @param isPast whether they are of the past and waited for more of it
     */
    void takeTogether(List<LeadInput> ofOneLead, boolean isPast) {
        gathered = ofOneLead;
        isGatheredPast = isPast;
    }

    @Override
    public void processElement(LeadInput input, ReadOnlyContext context, Collector<RollupDelta> out) throws Exception {
        configure(context);
        String lead = input.lead();
        LeadState stored = stored(lead);
        LeadState before = stored == null ? LeadState.EMPTY : stored;
        List<LeadInput> inputs = gathered.isEmpty() ? List.of(input) : gathered;
        boolean isPast = isGatheredPast;
        gathered = List.of();
        isGatheredPast = false;
        LeadState after = null;
        long newestMillis = Long.MAX_VALUE;
        for (LeadInput each : inputs) {
            LeadState changed = changed(after == null ? before : after, each, context);
            if (changed != null) {
                after = changed;
                newestMillis = Math.min(newestMillis, newestOf(each));
            }
        }
        if (after == null) {
            return;
        }
        long nowMillis = teller.now(before, context.timerService().currentWatermark());
        long ratesMillis = teller.alertNow(before, nowMillis);
        LeadView viewRecent = recent.viewOf(lead, teller.book());
        LeadView viewBefore = viewRecent == null ? teller.readLast(lead, before) : viewRecent;
        LeadView viewAfter = teller.read(lead, after, ratesMillis);
        Map<ContributionKey, Long> difference = teller.difference(viewBefore, before.measures(), viewAfter);
        LeadTeller.emitDeltas(difference, teller.saidAt(viewAfter, nowMillis), out, spent(context));
        if (after.root() != null) {
            Contributions then = LeadTeller.contributed(viewBefore, before.measures());
            Contributions now = teller.contributed(viewAfter);
            LeadState silent = teller.silent(after, ratesMillis);
            passOn(lead, before, then, silent, now, difference, newestMillis, context);
            keep(lead, silent, viewAfter);
            return;
        }
        boolean isHeld = teller.isHeld(newestMillis, isPast, nowMillis, context.timerService());
        LeadState told = isHeld
                ? teller.unjudged(after, ratesMillis)
                : teller.told(after, viewAfter, nowMillis, context.timerService(), said(lead, context));
        if (teller.speaksAt(nowMillis)) {
            teller.publishLedger(viewBefore, viewAfter, nowMillis, said(lead, context));
            if (isPast || inputs.size() > 1) {
                teller.publishBands(viewBefore, viewAfter, told.told(), nowMillis, said(lead, context));
            }
            teller.publishProfile(viewAfter, told.told(), nowMillis, said(lead, context));
        }
        keep(lead, told, viewAfter);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        boolean wasHeld = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        boolean isHeld = teller.isHeld(context.timerService());
        if (wasHeld && isHeld) {
            return;
        }
        configure(context);
        String lead = context.getCurrentKey();
        LeadState kept = stored(lead);
        if (kept == null || (!wasHeld && kept.wakeMillis() != timeMillis)) {
            return;
        }
        LeadState woken = wasHeld ? kept : kept.withWake(LeadState.NO_TIMER);
        if (isHeld || kept.root() != null) {
            // Held it has another timer; and one that others speak for needs none.
            keep(lead, woken, null);
            return;
        }
        long nowMillis = teller.now(kept, context.timerService().currentWatermark());
        long ratesMillis = teller.alertNow(kept, nowMillis);
        boolean isTheSame = saysTheSame(kept, ratesMillis);
        LeadView viewRecent = isTheSame ? recent.viewOf(lead, teller.book()) : null;
        LeadView view = viewRecent == null ? teller.read(lead, kept, ratesMillis) : viewRecent;
        LeadView viewBefore = isTheSame ? view : teller.readLast(lead, kept);
        emitDifference(viewBefore, kept, view, nowMillis, out, spent(context));
        LeadState after = teller.told(woken, view, nowMillis, context.timerService(), said(lead, context));
        if (teller.speaksAt(nowMillis)) {
            teller.publish(
                    settings.valuesAtEnd() ? teller.book().read(lead, List.of(), List.of()) : viewBefore,
                    view,
                    after.told(),
                    nowMillis,
                    said(lead, context));
        }
        keep(lead, after, view);
    }

    /**
     * Takes in what was configured anew; every lead follows when it next wakes or gets an input. After an upgrade that knows
     * more measures all leads contribute to them, see {@link LeadSweep}.
     */
    @Override
    public void processBroadcastElement(Control control, Context context, Collector<RollupDelta> out) throws Exception {
        BroadcastState<String, ConfigurationRecord> records = context.getBroadcastState(LiveConfiguration.RECORDS);
        BroadcastState<String, Long> silence = context.getBroadcastState(LiveConfiguration.SILENCE);
        teller.accept(control, records, silence);
        BroadcastState<String, Integer> swept = context.getBroadcastState(LeadSweep.SWEPT);
        if (sweep.isDue(swept, control)) {
            teller.configure(records, silence);
            context.applyToKeyedState(STATE, (lead, kept) -> {
                if (sweep.takes(lead)) {
                    sweep(lead, kept.value(), context, out);
                }
            });
            sweep.looked(swept);
        }
    }

    /**
     * Says what an earlier release could not say of a lead, and takes back what it would not say today: its contributions
     * and its values. Alerts wait until it wakes. A lead that others speak for needs nothing: whatever it has contributed
     * alone, they add what is missing.
     */
    private void sweep(String lead, LeadState kept, Context context, Collector<RollupDelta> out) throws Exception {
        if (kept.measures() >= measures || kept.root() != null) {
            return;
        }
        long nowMillis = teller.now(kept, context.currentWatermark());
        long ratesMillis = teller.alertNow(kept, nowMillis);
        LeadView last = teller.readLast(lead, kept);
        LeadView view = teller.read(lead, kept, ratesMillis);
        emitDifference(last, kept, view, nowMillis, out, delta -> context.output(LeadTeller.SPENT, delta));
        if (teller.speaksAt(nowMillis)) {
            teller.publish(
                    last,
                    view,
                    kept.told(),
                    nowMillis,
                    result -> context.output(MESSAGES, LeadMessage.says(lead, result)));
        }
        keep(lead, teller.unjudged(kept, ratesMillis), view);
    }

    private void configure(ReadOnlyContext context) throws Exception {
        teller.configure(
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
    }

    /** Whether a lead that was only woken contributes what it did: by the same engine, configuration and exchange rates. */
    private boolean saysTheSame(LeadState kept, long ratesMillis) {
        return kept.measures() == measures
                && teller.configuration().countsAlike(kept.configuration())
                && teller.book().policy().valuation().nextChangeAfter(kept.deals(), kept.clockMillis()) > ratesMillis;
    }

    private static Consumer<RollupDelta> spent(ReadOnlyContext context) {
        return spans -> context.output(LeadTeller.SPENT, spans);
    }

    private static Consumer<ResultRecord> said(String lead, ReadOnlyContext context) {
        return result -> context.output(MESSAGES, LeadMessage.says(lead, result));
    }

    private void emitDifference(
            LeadView last,
            LeadState kept,
            LeadView view,
            long nowMillis,
            Collector<RollupDelta> out,
            Consumer<RollupDelta> spent) {
        if (last != view) {
            LeadTeller.emitDeltas(
                    teller.difference(last, kept.measures(), view), teller.saidAt(view, nowMillis), out, spent);
        }
    }

    /**
     * Tells the merged leads that a lead is a part of, or was, how it stands. What it contributes alone it goes on
     * contributing itself; the merged lead adds what is other together.
     *
     * @param then what it contributed alone until now
     * @param now what it contributes alone from now on
     * @param difference the one less the other
     */
    private static void passOn(
            String lead,
            LeadState before,
            Contributions then,
            LeadState after,
            Contributions now,
            Map<ContributionKey, Long> difference,
            long newestMillis,
            ReadOnlyContext context) {
        if (before.root() == null) {
            context.output(MESSAGES, LeadMessage.handsOver(LeadPart.of(lead, before), before.told(), then.values()));
        }
        String from = before.root() == null ? lead : before.root();
        String to = after.root();
        boolean isMoved = !from.equals(to);
        Map<ContributionKey, Long> takenAway = isMoved ? new Contributions().minus(then) : Map.of();
        if (isMoved && !from.equals(lead)) {
            context.output(MESSAGES, LeadMessage.lacks(from, lead, takenAway));
        }
        if (isMoved && !to.equals(lead)) {
            context.output(MESSAGES, LeadMessage.moved(lead, to, from.equals(lead) ? takenAway : Map.of()));
        }
        context.output(
                MESSAGES,
                LeadMessage.holds(
                        to,
                        LeadPart.of(lead, after),
                        isMoved ? now.values() : difference,
                        isMoved ? Long.MAX_VALUE : newestMillis));
    }

    /**
     * A lead without anything is not kept; it leaves no trace in a replay, as if it had never been named. While alerts stand
     * as told that it has no more, it is: it waits for being judged, which takes them back. So is one of which merges must be
     * remembered.
     *
     * @param view the lead as it is kept, by the time that is kept with it; null when it was not read
     */
    private void keep(String lead, LeadState kept, LeadView view) throws Exception {
        if (isKept(kept)) {
            state.update(kept);
        } else {
            state.clear();
        }
        if (isKept(kept) && view != null) {
            recent.wrote(lead, kept, view, teller.book());
        } else {
            recent.forget(lead);
        }
    }

    private LeadState stored(String lead) throws Exception {
        LeadState known = recent.stateOf(lead);
        return known == null ? state.value() : known;
    }

    private static boolean isKept(LeadState lead) {
        return !lead.isEmpty() || !lead.told().isEmpty() || lead.root() != null;
    }

    /** The time of what an input says; of a deal, of which all is said at once, that of the latest. */
    static long newestOf(LeadInput input) {
        if (input.fact() != null && !input.fact().kind().isAboutRecord()) {
            return input.fact().timeMillis();
        }
        // What goes to another lead, and what is about the record, is never of the past: it is now that this turns out.
        return input.deal() == null ? Long.MAX_VALUE : LeadTeller.newestOf(input.deal());
    }

    /** The lead after an input; null when that changes nothing. */
    private LeadState changed(LeadState before, LeadInput input, ReadOnlyContext context) {
        if (input.root() != null) {
            boolean isKnown = input.root().equals(before.root())
                    && Objects.equals(input.into(), before.into())
                    && input.mergedMillis() == before.mergedMillis();
            return isKnown ? null : before.under(input.root(), input.into(), input.mergedMillis());
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
                                ("more facts of one lead than %d, or of one day than %d, or more characters in them than %d,"
                                                + " or more deletions than %d")
                                        .formatted(
                                                teller.book().policy().bounds().inAll(),
                                                teller.book().policy().bounds().perDay(),
                                                FactBook.MAX_CHARACTERS,
                                                FactBook.MAX_DELETIONS)));
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
