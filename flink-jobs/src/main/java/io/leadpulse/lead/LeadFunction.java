package io.leadpulse.lead;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertDiff;
import io.leadpulse.domain.alert.AlertLife;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
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
 */
public final class LeadFunction extends KeyedBroadcastProcessFunction<String, LeadInput, Control, RollupDelta> {
    private static final long serialVersionUID = 1;

    /** Results of leads: profiles, ledger entries, alerts. */
    public static final OutputTag<ResultRecord> RESULTS = new OutputTag<>("lead-results") {};

    /** Spans of time of reps, which are no sums yet. */
    public static final OutputTag<RollupDelta> SPENT = new OutputTag<>("spent") {};

    private static final long HELD_RETRY_MILLIS = 10_000;

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    private transient LiveConfiguration configuration;
    private transient EngineContext engine;
    private transient LeadBook book;
    private transient LeadResults results;
    private transient ValueState<LeadState> state;
    private transient LateBurst burst;

    public LeadFunction(EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        configuration = new LiveConfiguration(settings);
        burst = new LateBurst();
        state = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.LEAD_STATE, LeadState.class));
    }

    @Override
    public void processElement(LeadInput input, ReadOnlyContext context, Collector<RollupDelta> out) throws Exception {
        configure(context);
        LeadState stored = state.value();
        LeadState before = stored == null ? LeadState.EMPTY : stored;
        LeadState after = input.dealId() == null ? withFact(before, input, context) : withDeal(before, input);
        if (after == null) {
            return;
        }
        long nowMillis = now(before, context.timerService());
        LeadView viewBefore = viewLastRead(input.lead(), before);
        LeadView viewAfter = book.read(input.lead(), after.facts(), after.deals(), alertNow(before, nowMillis));
        emitDeltas(viewBefore, viewAfter, saidAt(viewAfter, nowMillis), context, out);
        LeadState told = isHeld(input, nowMillis, context)
                ? unjudged(after, alertNow(before, nowMillis))
                : told(after, viewAfter, nowMillis, context);
        if (speaksAt(nowMillis)) {
            publish(viewBefore, viewAfter, told.told(), nowMillis, context);
        }
        keep(told);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        boolean wasHeld = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        boolean isHeld = isHeld(context.timerService());
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
        long nowMillis = now(kept, context.timerService());
        LeadView view = book.read(lead, kept.facts(), kept.deals(), alertNow(kept, nowMillis));
        LeadView viewBefore = saysTheSame(kept, alertNow(kept, nowMillis)) ? view : viewLastRead(lead, kept);
        emitDeltas(viewBefore, view, saidAt(view, nowMillis), context, out);
        LeadState after = told(wasHeld ? kept : kept.withWake(LeadState.NO_TIMER), view, nowMillis, context);
        if (speaksAt(nowMillis)) {
            publish(
                    settings.valuesAtEnd() ? book.read(lead, List.of(), List.of()) : viewBefore,
                    view,
                    after.told(),
                    nowMillis,
                    context);
        }
        keep(after);
    }

    /** Takes in what was configured anew; every lead follows when it next wakes or gets an input. */
    @Override
    public void processBroadcastElement(Control control, Context context, Collector<RollupDelta> out) throws Exception {
        BroadcastState<String, ConfigurationRecord> records = context.getBroadcastState(LiveConfiguration.RECORDS);
        BroadcastState<String, Long> silence = context.getBroadcastState(LiveConfiguration.SILENCE);
        configuration.restore(records, silence);
        configuration.accept(control, records, silence);
    }

    /** Sees to it that the newest configuration is used. */
    private void configure(ReadOnlyContext context) throws Exception {
        configuration.restore(
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
        if (engine != configuration.current()) {
            engine = configuration.current();
            book = engine.leadBook();
            results = new LeadResults(book, engine);
        }
    }

    /** Whether a lead that was only woken contributes what it did: by the same configuration and exchange rates. */
    private boolean saysTheSame(LeadState kept, long ratesMillis) {
        return kept.configuration().equals(configuration.version())
                && book.policy().valuation().nextChangeAfter(kept.deals(), kept.clockMillis()) > ratesMillis;
    }

    /**
     * The lead by the configuration and the exchange rates by which it was last read: what it contributes by these has
     * already been said.
     */
    private LeadView viewLastRead(String lead, LeadState kept) {
        LeadBook lastBook = kept.isEmpty() || kept.configuration().equals(configuration.version())
                ? book
                : configuration.at(kept.configuration()).leadBook();
        return lastBook.read(lead, kept.facts(), kept.deals(), kept.clockMillis());
    }

    /** Whether values are to be published: in a replay not before as-of, so that the order of arrival leaves no trace. */
    private boolean speaksAt(long nowMillis) {
        return !settings.valuesAtEnd() || nowMillis == settings.asOfMillis();
    }

    /** Publishes the lead's values: what is other in its ledger than was said, and its profile, with the alerts as told. */
    private void publish(LeadView said, LeadView view, List<Alert> alerts, long nowMillis, ReadOnlyContext context) {
        long saidMillis = saidAt(view, nowMillis);
        for (ResultRecord entry : results.ledger(said, view, saidMillis)) {
            context.output(RESULTS, entry);
        }
        context.output(RESULTS, results.profile(view, alerts, saidMillis));
    }

    /**
     * The time of which values speak. Live it is that of the lead's latest event, if the watermark is still behind it,
     * so that an event shows at once; only alerts wait for the watermark.
     */
    private long saidAt(LeadView view, long nowMillis) {
        if (settings.valuesAtEnd()) {
            return nowMillis;
        }
        long latestMillis = nowMillis;
        for (Fact fact : view.facts()) {
            latestMillis = Math.max(latestMillis, fact.timeMillis());
        }
        for (Deal deal : view.deals()) {
            latestMillis = Math.max(latestMillis, latestOf(deal));
        }
        return latestMillis == Long.MIN_VALUE ? 0 : latestMillis;
    }

    private static long latestOf(Deal deal) {
        return deal.closedMillis() == Stay.OPEN
                ? deal.stays().stream().mapToLong(Stay::enteredMillis).reduce(deal.openedMillis(), Math::max)
                : deal.closedMillis();
    }

    /**
     * A lead without anything is not kept; it leaves no trace in a replay, as if it had never been named. While alerts stand
     * as told that it has no more, it is: it waits for being judged, which takes them back.
     */
    private void keep(LeadState lead) throws Exception {
        if (lead.isEmpty() && lead.told().isEmpty()) {
            state.clear();
        } else {
            state.update(lead);
        }
    }

    /** Whether the lead's alerts are not judged now, since history is coming in; it then has a timer. */
    private boolean isHeld(LeadInput input, long nowMillis, ReadOnlyContext context) {
        if (isOfThePast(input, nowMillis)) {
            burst.extend(context.timerService().currentProcessingTime());
        }
        return isHeld(context.timerService());
    }

    /** The same without an input. In a replay never: its end is the only time that counts. */
    private boolean isHeld(TimerService timers) {
        long wallMillis = timers.currentProcessingTime();
        if (settings.valuesAtEnd() || !burst.lasts(wallMillis)) {
            return false;
        }
        timers.registerProcessingTimeTimer(LateBurst.nextLook(wallMillis));
        return true;
    }

    private static boolean isOfThePast(LeadInput input, long nowMillis) {
        long newestMillis = newestOf(input);
        return newestMillis < nowMillis && nowMillis - newestMillis > LateBurst.LATE_MILLIS;
    }

    /** The time of what an input says; of a deal, of which all is said at once, that of the latest. */
    private static long newestOf(LeadInput input) {
        if (input.fact() != null) {
            return input.fact().timeMillis();
        }
        // One that goes to another lead is never of the past: it is now that this turns out.
        return input.deal() == null ? Long.MAX_VALUE : newestOf(input.deal());
    }

    private static long newestOf(Deal deal) {
        long newest = latestOf(deal);
        for (Ownership owner : deal.owners()) {
            newest = Math.max(newest, owner.fromMillis());
        }
        for (ExpectedClose expected : deal.expectedCloses()) {
            newest = Math.max(newest, expected.fromMillis());
        }
        return newest;
    }

    /** Its alerts stay as told; what it contributes was said by the rates of this time, and is read by these next. */
    private LeadState unjudged(LeadState lead, long ratesMillis) {
        return new LeadState(
                lead.facts(), lead.deals(), lead.told(), lead.wakeMillis(), ratesMillis, configuration.version());
    }

    /** Publishes the alerts that are other than told, and sees to it that the lead wakes when it must. */
    private LeadState told(LeadState lead, LeadView view, long nowMillis, ReadOnlyContext context) {
        long alertMillis = alertNow(lead, nowMillis);
        AlertDiff alerts = AlertDiff.of(lead.told(), view.alertsAsOf(alertMillis), alertMillis);
        for (Alert alert : alerts.publish()) {
            context.output(RESULTS, results.alert(alert, asOf(alertMillis)));
        }
        long wakeMillis = Math.min(
                nextWake(view, nowMillis, alertMillis, context.timerService()),
                nextRateChange(lead, nowMillis, alertMillis));
        if (wakeMillis < lead.wakeMillis()) {
            context.timerService().registerEventTimeTimer(wakeMillis);
        } else {
            wakeMillis = lead.wakeMillis();
        }
        return new LeadState(
                lead.facts(), lead.deals(), alerts.told(), wakeMillis, alertMillis, configuration.version());
    }

    /**
     * The event time as of which alerts are judged and open deals valued: no later than up to which the sources have been heard, so that nothing
     * is raised or taken back for want of what one of them would have told; it never goes back.
     */
    private long alertNow(LeadState lead, long nowMillis) {
        return Math.max(lead.clockMillis(), Math.min(nowMillis, configuration.heldFromMillis()));
    }

    /**
     * The next time at which a deal of the lead is worth something else. In a replay values are said at as-of only, for
     * which it wakes anyway.
     */
    private long nextRateChange(LeadState lead, long nowMillis, long alertMillis) {
        if (settings.valuesAtEnd()) {
            return LeadState.NO_TIMER;
        }
        long next = book.policy().valuation().nextChangeAfter(lead.deals(), alertMillis);
        return next <= nowMillis ? nowMillis + HELD_RETRY_MILLIS : next;
    }

    /** The next time at which something follows from the facts without a new one; as-of at the latest. */
    private long nextWake(LeadView view, long nowMillis, long alertMillis, TimerService timers) {
        if (nowMillis >= settings.asOfMillis()) {
            return LeadState.NO_TIMER;
        }
        long next = AlertLife.nextAfter(view.alerts(alertMillis), alertMillis);
        if (next <= nowMillis) {
            // Held: it is due, and is looked at again until the source has spoken.
            next = nowMillis + HELD_RETRY_MILLIS;
        }
        if (settings.valuesAtEnd()) {
            return Math.min(next, settings.asOfMillis());
        }
        if (view.isOpen() && nowMillis != Long.MIN_VALUE) {
            next = Math.min(next, LiveWake.after(nowMillis, timers.currentProcessingTime()));
        }
        return Math.min(next, view.score().nextBandChangeAfter(saidAt(view, nowMillis)));
    }

    /**
     * Event time, but not later than as-of: a bounded source ends with a watermark beyond all time. It never goes back,
     * also where the watermark begins anew after a restart.
     */
    private long now(LeadState lead, TimerService timers) {
        return Math.max(lead.clockMillis(), Math.min(timers.currentWatermark(), settings.asOfMillis()));
    }

    /** In replay everything is said as of its end, so that the order of arrival leaves no trace. */
    private long asOf(long nowMillis) {
        return settings.valuesAtEnd() ? settings.asOfMillis() : nowMillis;
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

    private static void emitDeltas(
            LeadView before, LeadView after, long timeMillis, ReadOnlyContext context, Collector<RollupDelta> out) {
        Map<ContributionKey, Long> difference =
                before == after ? Map.of() : after.contributions().minus(before.contributions());
        String scope = null;
        List<PaneDelta> panes = new ArrayList<>();
        for (Map.Entry<ContributionKey, Long> each : difference.entrySet()) {
            ContributionKey key = each.getKey();
            if (!key.scope().equals(scope)) {
                if (scope != null) {
                    emit(new RollupDelta(scope, timeMillis, panes), context, out);
                }
                scope = key.scope();
                panes = new ArrayList<>();
            }
            panes.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), each.getValue()));
        }
        if (scope != null) {
            emit(new RollupDelta(scope, timeMillis, panes), context, out);
        }
    }

    private static void emit(RollupDelta delta, ReadOnlyContext context, Collector<RollupDelta> out) {
        if (Scope.spenderOf(delta.scope()) == null) {
            out.collect(delta);
        } else {
            context.output(SPENT, delta);
        }
    }
}
