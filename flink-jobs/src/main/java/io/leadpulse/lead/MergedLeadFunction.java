package io.leadpulse.lead;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.rollup.RollupDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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
 * difference is contributed: what all give together less what each gives alone. So nothing is missing or doubled while a
 * merge is on its way, and what only adds up does not move at all.
 */
public final class MergedLeadFunction extends KeyedBroadcastProcessFunction<String, LeadMessage, Control, RollupDelta> {
    private static final long serialVersionUID = 1;

    /** Results of all leads: profiles, ledger entries, alerts. */
    public static final OutputTag<ResultRecord> RESULTS = new OutputTag<>("lead-results") {};

    private final EngineSettings settings;

    private transient LeadTeller teller;
    private transient ValueState<MergedLeadState> state;

    public MergedLeadFunction(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        teller = new LeadTeller(settings);
        state = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(EngineUids.MERGED_LEAD_STATE, MergedLeadState.class));
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
        LeadView said = isHandover && message.part() != null
                ? alone(message.part())
                : view(lead, before, teller.bookAt(before.configuration()), before.clockMillis());
        turn(lead, before, after, said, message.newestMillis(), context, out);
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
        MergedLeadState woken = wasHeld ? kept : withWake(kept, LeadState.NO_TIMER);
        if (isHeld) {
            state.update(woken);
            return;
        }
        String lead = context.getCurrentKey();
        LeadView said = settings.valuesAtEnd()
                ? teller.book().read(lead, List.of(), List.of())
                : view(lead, kept, teller.bookAt(kept.configuration()), kept.clockMillis());
        turn(lead, kept, woken, said, Long.MAX_VALUE, context, out);
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

    /** Says what is other after it than before it, and keeps it. */
    private void turn(
            String lead,
            MergedLeadState before,
            MergedLeadState after,
            LeadView said,
            long newestMillis,
            ReadOnlyContext context,
            Collector<RollupDelta> out)
            throws Exception {
        Consumer<ResultRecord> results = result -> context.output(RESULTS, result);
        LeadState shell = shell(after);
        long nowMillis = teller.now(shell, context.timerService());
        long ratesMillis = teller.alertNow(shell, nowMillis);
        LeadView view = view(lead, after, teller.book(), ratesMillis);
        Contributions then = difference(
                lead, before, view(lead, before, teller.bookAt(before.configuration()), before.clockMillis()));
        LeadTeller.emitDeltas(
                difference(lead, after, view).minus(then),
                teller.saidAt(view, nowMillis),
                out,
                spans -> context.output(LeadTeller.SPENT, spans));
        LeadState told = teller.isHeld(newestMillis, nowMillis, context.timerService())
                ? teller.unjudged(shell, ratesMillis)
                : teller.told(shell, view, nowMillis, context.timerService(), results);
        if (teller.speaksAt(nowMillis)) {
            if (after.movedTo() != null) {
                teller.publishMoved(said, view, after.movedTo(), nowMillis, results);
            } else if (after.speaks(lead)) {
                teller.publish(said, view, told.told(), nowMillis, results);
            }
        }
        state.update(new MergedLeadState(
                after.parts(),
                after.movedTo(),
                told.told(),
                told.wakeMillis(),
                told.clockMillis(),
                told.configuration()));
    }

    /** The merged lead, read by a configuration and the exchange rates of a time; without anything while it does not speak. */
    private static LeadView view(String lead, MergedLeadState state, LeadBook book, long ratesMillis) {
        if (!state.speaks(lead)) {
            return book.read(lead, List.of(), List.of());
        }
        SortedMap<String, List<Fact>> members = new TreeMap<>();
        for (LeadPart part : state.parts()) {
            members.put(part.lead(), part.facts());
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

    /** What is contributed here: what all give together less what each gives alone. */
    private static Contributions difference(String lead, MergedLeadState state, LeadView together) {
        if (!state.speaks(lead)) {
            return new Contributions();
        }
        Contributions difference = together.contributions();
        for (LeadPart part : state.parts()) {
            difference = difference.less(part.contributed());
        }
        return difference;
    }

    /** What it said itself until now. */
    private LeadView alone(LeadPart part) {
        return teller.bookAt(part.configuration()).read(part.lead(), part.facts(), part.deals(), part.clockMillis());
    }

    /** What {@link LeadTeller} needs to know of it. */
    private static LeadState shell(MergedLeadState lead) {
        return new LeadState(
                List.of(), deals(lead), lead.told(), lead.wakeMillis(), lead.clockMillis(), lead.configuration());
    }

    private static MergedLeadState withWake(MergedLeadState lead, long wakeMillis) {
        return new MergedLeadState(
                lead.parts(), lead.movedTo(), lead.told(), wakeMillis, lead.clockMillis(), lead.configuration());
    }
}
