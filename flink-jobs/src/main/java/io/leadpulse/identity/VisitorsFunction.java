package io.leadpulse.identity;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook.Verdict;
import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorBook;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows whose every visitor's events are. Keyed by anonymous id; holds an event until it has a lead, tells the lead, and
 * when a late identification or a correction gives it to another, takes it from the one and gives it to the other.
 *
 * <p>Late, repeated and corrected events lead to the same owners as events in order, within the bounds that
 * {@link VisitorBook} names. An event without a lead after {@link VisitorBook#KEEP_MILLIS}, or pushed out by
 * {@link VisitorBook#MAX_RECORDS} newer ones within that time or {@link #MAX_BYTES} of them, is a dead letter.
 *
 * <p><b>Conservation.</b> Every record that comes in adds exactly one to the outcomes, and no timer adds anything. A lead
 * adds one for each {@code +} (counted, duplicate, superseded or dead letter) and takes one counted away for each
 * {@code -}; so here only this is left to report:
 *
 * <ul>
 *   <li>held: +1 when an event becomes nobody's, -1 when it no longer is;
 *   <li>duplicate or superseded: for a second record of an event, unless its lead sees the two itself, which is when the
 *       new version takes the place of the old one at the same lead.
 * </ul>
 */
public final class VisitorsFunction extends KeyedProcessFunction<String, SalesEvent, LeadInput> {
    private static final long serialVersionUID = 1;

    /** Messages of {@link Reason#HELD_DROPPED}. */
    private static final String TOO_OLD = "nobody was identified at most %d days after the event; waited %d days"
            .formatted(
                    Duration.ofMillis(VisitorBook.IDENTIFY_WITHIN_MILLIS).toDays(),
                    Duration.ofMillis(VisitorBook.KEEP_MILLIS).toDays());

    /**
     * So much of a visitor's records is kept, sixteen times what 500 usual ones take. All of it is one value of state, read and
     * written at each of his events; a broken tracker has one visitor for all people, and sends whole pages.
     */
    static final int MAX_BYTES = 8 << 20;

    private static final String TOO_MANY =
            "more than %d events of one visitor in %d days, or %d bytes of them, before anybody was identified"
                    .formatted(
                            VisitorBook.MAX_RECORDS,
                            Duration.ofMillis(VisitorBook.KEEP_MILLIS).toDays(),
                            MAX_BYTES);

    /** What visitors do that is counted whether or not anybody ever learns who they are. */
    public static final OutputTag<RollupDelta> ROLLUPS =
            new OutputTag<>("visitor rollups", TypeInformation.of(RollupDelta.class));

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;
    private final int measures;

    private transient long horizonMillis;
    private transient Organisation organisation;
    private transient ValueState<VisitorState> state;
    private transient VisitedCampaigns campaigns;

    /** What the next event stands for, itself the last of it; empty where it stands for itself. */
    private transient List<SalesEvent> gathered;

    public VisitorsFunction(
            EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this(settings, deadLetters, outcomes, Measure.COUNT);
    }

    /** As an engine that knows only the first measures. */
    VisitorsFunction(
            EngineSettings settings,
            OutputTag<DeadLetter> deadLetters,
            OutputTag<OutcomeCount> outcomes,
            int measures) {
        this.measures = measures;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void open(OpenContext context) {
        EngineContext engine = EngineContext.of(settings);
        horizonMillis = engine.horizonMillis();
        organisation = engine.organisation();
        state = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(EngineUids.VISITOR_STATE, new VisitorStateSerializer()));
        campaigns = new VisitedCampaigns(getRuntimeContext(), organisation, horizonMillis);
        gathered = List.of();
    }

    /** With the next event, which is the last of these, all are taken in, in their order, with one reading of the state. */
    void takeTogether(List<SalesEvent> ofOneVisitor) {
        gathered = ofOneVisitor;
    }

    @Override
    public void processElement(SalesEvent event, Context context, Collector<LeadInput> out) throws Exception {
        List<SalesEvent> events = gathered.isEmpty() ? List.of(event) : gathered;
        gathered = List.of();
        VisitorState stored = state.value();
        VisitorState before = stored == null ? VisitorState.UNKNOWN : counted(stored, context);
        // A timer that is due may wait for its turn; what had to leave before this event must not be claimed by it.
        VisitorState after = before.wakeMillis() <= now(context.timerService())
                ? settled(before.visitor(), new HashMap<>(before.arrivals()), before.wakeMillis(), context)
                : null;
        for (SalesEvent each : events) {
            // What the state gave must not be changed; what was made here of it can be.
            VisitorState changed = after == null
                    ? after(before, new HashMap<>(before.arrivals()), each, context, out)
                    : after(after, after.arrivals(), each, context, out);
            after = changed == null ? after : changed;
        }
        if (after != null) {
            keep(after, context);
        }
    }

    /**
     * The visitor after an event; null when that changes nothing.
     *
     * @param arrivals the records of his events, which are changed
     */
    private VisitorState after(
            VisitorState before,
            Map<Long, RawRecord> arrivals,
            SalesEvent event,
            Context context,
            Collector<LeadInput> out)
            throws Exception {
        VisitorBook.Acceptance acceptance = VisitorBook.accept(before.visitor(), EventFacts.fact(event), event.lead());
        if (acceptance.moves().isEmpty()) {
            report(acceptance.verdict(), context);
            return null;
        }
        arrivals.put(event.id(), event.record());
        count(acceptance.refused(), -1, context);
        for (VisitorBook.Move move : acceptance.moves()) {
            tell(move, arrivals, context, out);
            count(move, context);
            if (move.isReplaced() && !isSeenByLead(move)) {
                report(acceptance.verdict(), context);
            }
        }
        if (knowsVisits()) {
            campaigns.moved(acceptance.after(), acceptance.moves(), delta -> context.output(ROLLUPS, delta));
        }
        return settled(acceptance.after(), arrivals, before.wakeMillis(), context);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<LeadInput> out) throws Exception {
        VisitorState kept = state.value();
        if (kept != null && kept.wakeMillis() == timeMillis) {
            Map<Long, RawRecord> arrivals = new HashMap<>(kept.arrivals());
            keep(settled(counted(kept, context).visitor(), arrivals, Long.MAX_VALUE, context), context);
        } else if (kept == null) {
            campaigns.rest(timeMillis, context.timerService());
        }
    }

    private void tell(VisitorBook.Move move, Map<Long, RawRecord> arrivals, Context context, Collector<LeadInput> out) {
        VisitorRecord before = move.before();
        VisitorRecord after = move.after();
        boolean isMoved = before == null || !Objects.equals(before.owner(), after.owner());
        if (isMoved && before != null) {
            if (before.owner() == null) {
                context.output(outcomes, OutcomeCount.less(Outcome.HELD));
            } else {
                out.collect(LeadInput.minus(before.owner(), before.fact()));
            }
        }
        if (after.owner() != null) {
            out.collect(LeadInput.plus(
                    after.owner(), after.fact(), arrivals.get(after.fact().id())));
        } else if (isMoved) {
            context.output(outcomes, OutcomeCount.one(Outcome.HELD));
        }
    }

    /**
     * Counts what an earlier release could not count of events that are still kept, before anything happens to them: at the
     * latest when the first of them leaves, {@link VisitorBook#KEEP_MILLIS} after it.
     */
    private VisitorState counted(VisitorState kept, Context context) throws Exception {
        if (Measure.VISITORS.isAmongFirst(kept.measures())) {
            return kept;
        }
        // Not more than once: what comes next may leave the state as it is.
        VisitorState counted = new VisitorState(kept.visitor(), kept.arrivals(), kept.wakeMillis(), measures);
        state.update(counted);
        if (!Measure.FORM_ACTS.isAmongFirst(kept.measures())) {
            for (VisitorRecord record : kept.visitor().records()) {
                count(record.fact(), 1, context);
            }
        }
        if (knowsVisits()) {
            campaigns.kept(kept.visitor(), delta -> context.output(ROLLUPS, delta));
        }
        return counted;
    }

    /** Counts acts with forms once each, whosever they are; a new version takes the place of the one before. */
    private void count(VisitorBook.Move move, Context context) {
        Fact before = move.before() == null ? null : move.before().fact();
        Fact after = move.after().fact();
        if (before == null || move.isReplaced()) {
            count(before, -1, context);
            count(after, 1, context);
        }
    }

    private void count(Fact fact, int sign, Context context) {
        if (fact != null && Measure.FORM_ACTS.isAmongFirst(measures) && fact.isOfForm()) {
            PaneDelta pane = new PaneDelta(
                    Measure.FORM_ACTS,
                    Dimension.of(fact.asset(), fact.kind().wireName()),
                    organisation.epochDayOf(fact.timeMillis()),
                    sign);
            context.output(ROLLUPS, new RollupDelta(Scope.COMPANY, fact.timeMillis(), List.of(pane)));
        }
    }

    private boolean knowsVisits() {
        return Measure.VISITORS.isAmongFirst(measures);
    }

    private static boolean isSeenByLead(VisitorBook.Move move) {
        String owner = move.after().owner();
        return owner != null && owner.equals(move.before().owner());
    }

    private void report(Verdict verdict, Context context) {
        switch (verdict) {
            case DUPLICATE -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE));
            case DUPLICATE_CONFLICT -> context.output(outcomes, OutcomeCount.one(Outcome.DUPLICATE, "conflict"));
            case SUPERSEDED, SUPERSEDES -> context.output(outcomes, OutcomeCount.one(Outcome.SUPERSEDED));
            case COUNTED, TOO_MANY ->
                throw new IllegalStateException("A second record of one event cannot be " + verdict);
        }
    }

    /** Drops what has left or is forgotten. */
    private VisitorState settled(Visitor visitor, Map<Long, RawRecord> arrivals, long wakeMillis, Context context)
            throws Exception {
        long nowMillis = now(context.timerService());
        VisitorBook.Departure departure = VisitorBook.leave(visitor, nowMillis, beyondBytes(visitor, arrivals));
        drop(departure.left(), arrivals, nowMillis, context);
        if (knowsVisits()) {
            campaigns.left(departure.left());
        }
        return VisitorBook.isForgotten(departure.after(), nowMillis, horizonMillis)
                ? new VisitorState(Visitor.UNKNOWN, new HashMap<>(), Long.MAX_VALUE, measures)
                : new VisitorState(departure.after(), arrivals, wakeMillis, measures);
    }

    /** How many of the oldest events must go so that the records of the others are not more than {@link #MAX_BYTES}. */
    private static int beyondBytes(Visitor visitor, Map<Long, RawRecord> arrivals) {
        List<VisitorRecord> records = visitor.records();
        long bytes = 0;
        int staying = records.size();
        while (staying > 0) {
            bytes += arrivals.get(records.get(staying - 1).fact().id()).bytes();
            if (bytes > MAX_BYTES) {
                break;
            }
            staying--;
        }
        return staying;
    }

    /** Keeps a visitor, unless nothing is known of him any more, and sees to it that he wakes when the next event leaves. */
    private void keep(VisitorState visitor, Context context) throws Exception {
        long nowMillis = now(context.timerService());
        if (VisitorBook.isForgotten(visitor.visitor(), nowMillis, horizonMillis)) {
            state.clear();
            campaigns.rest(nowMillis, context.timerService());
            return;
        }
        long nextMillis = nextWake(VisitorBook.nextMillis(visitor.visitor(), horizonMillis));
        long earliestMillis = visitor.wakeMillis();
        if (nextMillis < earliestMillis && nextMillis <= settings.asOfMillis() && nowMillis < settings.asOfMillis()) {
            context.timerService().registerEventTimeTimer(nextMillis);
            earliestMillis = nextMillis;
        }
        state.update(new VisitorState(visitor.visitor(), visitor.arrivals(), earliestMillis, measures));
    }

    /**
     * Event time, but not later than as-of. In a replay nobody leaves by time before its end: its clock follows the
     * record that is furthest ahead, of whatever file, and the order of arrival must leave no trace.
     */
    private long now(TimerService timers) {
        if (settings.valuesAtEnd() && timers.currentWatermark() < settings.asOfMillis()) {
            return Long.MIN_VALUE;
        }
        return Math.min(timers.currentWatermark(), settings.asOfMillis());
    }

    private long nextWake(long leavesMillis) {
        return settings.valuesAtEnd() ? Math.max(leavesMillis, settings.asOfMillis()) : leavesMillis;
    }

    private void drop(List<VisitorRecord> left, Map<Long, RawRecord> arrivals, long nowMillis, Context context) {
        for (VisitorRecord each : left) {
            RawRecord record = arrivals.remove(each.fact().id());
            if (each.owner() == null) {
                context.output(outcomes, OutcomeCount.less(Outcome.HELD));
                boolean isOld = each.timeMillis() + VisitorBook.KEEP_MILLIS <= nowMillis;
                context.output(deadLetters, new DeadLetter(record, Reason.HELD_DROPPED, isOld ? TOO_OLD : TOO_MANY));
            }
        }
    }
}
