package io.leadpulse.lead;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.merge.Member;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.ResultRecordSerializer;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Speaks for every lead that has to do with a merge, as {@link LeadFunction} does for all others; keyed by lead. What leads
 * say themselves passes through, without state.
 *
 * <p>A lead under which others stand is read from the facts and deals of all, as if all had always been said of it. One that
 * stands under another has nothing any more, and says where it went. Once a lead had to do with a merge it stays here, also
 * when it stands on its own again.
 *
 * <p><b>Contributions.</b> Each record goes on contributing what it alone gives, from {@link LeadFunction}. Here only the
 * difference is contributed: what all give together less what each gives alone, as was said of it. So nothing is missing or
 * doubled while a merge is on its way, and what only adds up does not move at all. What the parts give alone is kept as one
 * sum apart from them, which is read only when the lead begins to speak or ceases to; an event says what it changes in it.
 */
public final class MergedLeadFunction extends KeyedBroadcastProcessFunction<String, LeadMessage, Control, RollupDelta> {
    private static final long serialVersionUID = 1;

    /** Results of all leads: profiles, ledger entries, alerts. */
    public static final OutputTag<ResultRecord> RESULTS = new OutputTag<>("lead-results", ResultRecordSerializer.TYPE);

    private static final ValueStateDescriptor<MergedLeadState> STATE =
            new ValueStateDescriptor<>(EngineUids.MERGED_LEAD_STATE, new MergedLeadStateSerializer());

    private final EngineSettings settings;
    private final int measures;
    private final int mostRead;

    private transient LeadTeller teller;
    private transient LeadSweep sweep;
    private transient ValueState<MergedLeadState> state;
    private transient MapState<ContributionKey, Long> alone;

    public MergedLeadFunction(EngineSettings settings) {
        this(settings, Measure.COUNT);
    }

    /** As an engine that knows only the first measures. */
    MergedLeadFunction(EngineSettings settings, int measures) {
        this(settings, measures, MergedLeadState.MAX_READ);
    }

    /** As one that reads at most so many facts together. */
    MergedLeadFunction(EngineSettings settings, int measures, int mostRead) {
        this.settings = settings;
        this.measures = measures;
        this.mostRead = mostRead;
    }

    @Override
    public void open(OpenContext context) {
        teller = new LeadTeller(settings, measures);
        sweep = new LeadSweep(measures);
        state = getRuntimeContext().getState(STATE);
        alone = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        EngineUids.MERGED_ALONE, TypeInformation.of(ContributionKey.class), Types.LONG));
    }

    @Override
    public void processElement(LeadMessage message, ReadOnlyContext context, Collector<RollupDelta> out)
            throws Exception {
        if (message.result() != null) {
            context.output(RESULTS, message.result());
            return;
        }
        configure(context);
        String lead = message.lead();
        MergedLeadState stored = state.value();
        MergedLeadState before = stored == null ? MergedLeadState.EMPTY : stored;
        MergedLeadState after = before.with(message.member(), message.part());
        boolean isHandover = false;
        if (message.member().equals(lead)) {
            after = after.movedTo(message.movedTo());
            isHandover = stored == null || (!before.speaks(lead) && before.movedTo() == null);
        }
        if (isHandover && message.part() != null) {
            after = after.havingTold(message.told(), message.part().clockMillis());
        }
        LeadView last = last(lead, before);
        LeadView said = isHandover && message.part() != null ? alone(message.part()) : last;
        turn(lead, before, last, after, said, message, context, out);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        boolean wasHeld = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        boolean isHeld = teller.isHeld(context.timerService());
        if (wasHeld && isHeld) {
            return;
        }
        configure(context);
        MergedLeadState kept = state.value();
        if (kept == null || (!wasHeld && kept.wakeMillis() != timeMillis)) {
            return;
        }
        MergedLeadState woken = wasHeld ? kept : kept.withWake(LeadState.NO_TIMER);
        if (isHeld) {
            state.update(woken);
            return;
        }
        String lead = context.getCurrentKey();
        LeadView last = last(lead, kept);
        LeadView said = settings.valuesAtEnd() ? teller.book().read(lead, List.of(), List.of()) : last;
        turn(lead, kept, last, woken, said, null, context, out);
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

    private void sweep(String lead, MergedLeadState kept, Context context, Collector<RollupDelta> out)
            throws Exception {
        if (kept.measures() >= measures || !kept.speaks(lead)) {
            return;
        }
        LeadState shell = shell(kept);
        long nowMillis = teller.now(shell, context.currentWatermark());
        long ratesMillis = teller.alertNow(shell, nowMillis);
        LeadView last = last(lead, kept);
        LeadView view = view(lead, kept, teller.book(), ratesMillis);
        LeadTeller.emitDeltas(
                teller.contributed(view).minus(LeadTeller.contributed(last, kept.measures())),
                teller.saidAt(view, nowMillis),
                out,
                spans -> context.output(LeadTeller.SPENT, spans));
        if (teller.speaksAt(nowMillis)) {
            teller.publish(last, view, kept.told(), nowMillis, result -> context.output(RESULTS, result));
        }
        state.update(kept.read(teller.unjudged(shell, ratesMillis)));
    }

    private void configure(ReadOnlyContext context) throws Exception {
        teller.configure(
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
    }

    /**
     * Says what is other after it than before it, and keeps it.
     *
     * @param last the lead as it was last read
     * @param said the lead as results were last said of it
     * @param messageOrNull what changed; null when it only woke
     */
    private void turn(
            String lead,
            MergedLeadState before,
            LeadView last,
            MergedLeadState after,
            LeadView said,
            LeadMessage messageOrNull,
            ReadOnlyContext context,
            Collector<RollupDelta> out)
            throws Exception {
        Consumer<ResultRecord> results = result -> context.output(RESULTS, result);
        LeadState shell = shell(after);
        long nowMillis = teller.now(shell, context.timerService().currentWatermark());
        long ratesMillis = teller.alertNow(shell, nowMillis);
        LeadView view = view(lead, after, teller.book(), ratesMillis);
        Map<ContributionKey, Long> change = messageOrNull == null ? Map.of() : messageOrNull.alone();
        LeadTeller.emitDeltas(
                difference(lead, before, last, after, view, change),
                teller.saidAt(view, nowMillis),
                out,
                spans -> context.output(LeadTeller.SPENT, spans));
        long newestMillis = messageOrNull == null ? Long.MAX_VALUE : messageOrNull.newestMillis();
        // Of its members' history it hears when they have gathered it.
        LeadState told = teller.isHeld(newestMillis, true, nowMillis, context.timerService())
                ? teller.unjudged(shell, ratesMillis)
                : teller.told(shell, view, nowMillis, context.timerService(), results, after.isRegrouped(lead));
        if (teller.speaksAt(nowMillis)) {
            if (after.movedTo() != null) {
                teller.publishMoved(said, view, after.movedTo(), nowMillis, results);
            } else if (after.speaks(lead)) {
                teller.publish(said, view, told.told(), nowMillis, results);
            }
        }
        state.update(after.read(told));
    }

    /**
     * What is now contributed here and was not: what all give together less what each gives alone. While the lead does not
     * speak it contributes nothing; what its parts give alone is then all there is.
     *
     * @param change what is other in what the parts give alone; kept
     */
    private Map<ContributionKey, Long> difference(
            String lead,
            MergedLeadState before,
            LeadView last,
            MergedLeadState after,
            LeadView view,
            Map<ContributionKey, Long> change)
            throws Exception {
        Contributions then = new Contributions();
        if (before.speaks(lead)) {
            then = LeadTeller.contributed(last, before.measures());
            then = after.speaks(lead) ? then : then.less(alone());
        }
        for (Map.Entry<ContributionKey, Long> each : change.entrySet()) {
            Long known = alone.get(each.getKey());
            long sum = Math.addExact(known == null ? 0 : known, each.getValue());
            if (sum == 0) {
                alone.remove(each.getKey());
            } else {
                alone.put(each.getKey(), sum);
            }
        }
        Contributions now = new Contributions();
        if (after.speaks(lead)) {
            now = teller.contributed(view).less(before.speaks(lead) ? change : alone());
        }
        return now.minus(then);
    }

    /** What the parts give alone, all together. */
    private Map<ContributionKey, Long> alone() throws Exception {
        Map<ContributionKey, Long> sums = new HashMap<>();
        for (Map.Entry<ContributionKey, Long> each : alone.entries()) {
            sums.put(each.getKey(), each.getValue());
        }
        return sums;
    }

    /** The merged lead as it was last read. */
    private LeadView last(String lead, MergedLeadState kept) {
        return view(lead, kept, teller.bookAt(kept.configuration()), kept.clockMillis());
    }

    /** The merged lead, read by a configuration and the exchange rates of a time; without anything while it does not speak. */
    private LeadView view(String lead, MergedLeadState state, LeadBook book, long ratesMillis) {
        if (!state.speaks(lead)) {
            return book.read(lead, List.of(), List.of());
        }
        SortedMap<String, Member> members = new TreeMap<>();
        for (LeadPart part : state.newest(mostRead)) {
            members.put(part.lead(), part.memberOf(lead));
        }
        return book.readMerged(lead, members, deals(state), ratesMillis);
    }

    private static List<Deal> deals(MergedLeadState state) {
        List<Deal> deals = new ArrayList<>();
        for (LeadPart part : state.parts()) {
            deals.addAll(part.deals());
        }
        deals.sort(Comparator.comparing(Deal::id));
        return deals;
    }

    /** What it said itself until now. */
    private LeadView alone(LeadPart part) {
        return teller.bookAt(part.configuration()).read(part.lead(), part.facts(), part.deals(), part.clockMillis());
    }

    /** What {@link LeadTeller} needs to know of it. */
    private static LeadState shell(MergedLeadState lead) {
        return new LeadState(
                List.of(),
                deals(lead),
                lead.told(),
                lead.wakeMillis(),
                lead.clockMillis(),
                lead.configuration(),
                null,
                null,
                0,
                lead.measures());
    }
}
