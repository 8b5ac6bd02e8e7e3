package io.leadpulse.rollup;

import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.campaign.CampaignVisit;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums contributions. Keyed by scope, so that all measures and panes of a scope lie together and every ratio, pace and
 * comparison is a pure function over sums at one place.
 *
 * <p>A sum does not care about order: late, repeated (as +, -) and corrected contributions restate the pane they belong
 * to. Nothing is dropped for being late, but five-minute panes older than {@link #FIVE_MINUTE_DAYS} days are not kept
 * apart any more. Bounded by days and dimensions that occur.
 */
public final class RollupFunction extends KeyedBroadcastProcessFunction<String, RollupDelta, Control, ResultRecord>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    /**
     * Days for which the course of a day is kept: the last 60 business days of a week of at least three working days, and
     * 8 like weekdays with it.
     */
    static final int FIVE_MINUTE_DAYS = 160;

    /** None of them is divided. */
    private static final List<Measure> COURSES_OF_A_DAY = Arrays.stream(Measure.values())
            .filter(RollupFunction::isCourseOfADay)
            .toList();

    private static final int FIVE_SECONDS_PER_DAY = Math.toIntExact(86_400_000 / Measure.FIVE_SECONDS_MILLIS);

    private static final ValueStateDescriptor<Long> LATEST =
            new ValueStateDescriptor<>(EngineUids.ROLLUP_LATEST, Types.LONG);

    private final EngineSettings settings;

    private transient LiveConfiguration configuration;
    private transient EngineContext engine;
    private transient ScopeBlocks blocks;
    /** Sums that have changed since they were said, by scope; nothing of it is left at a barrier. */
    private transient Map<String, PaneSums> unsaid;

    private transient int unsaidSums;
    /** The same in state: all of a replay, and of sources that are not said. */
    private transient MapState<PaneKey, Boolean> dirty;
    /** When these are said: in a replay at its end; live it is left of an earlier release, which kept all of them here. */
    private transient ValueState<Long> timer;

    private transient ValueState<Integer> keptFrom;
    private transient ValueState<Long> latest;
    /** Whether a source was said; null while it was not, or is not any more. */
    private transient ValueState<Boolean> shown;

    private transient ScopePublisher publisher;
    private transient ScopeJudge judge;

    /** What the watermark was at least when the state was kept: Flink begins a restored one anew. */
    private transient ListState<Long> clock;

    private transient long clockMillis;

    public RollupFunction(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        clock = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(EngineUids.ROLLUP_CLOCK, Types.LONG));
        // At a barrier all have the same watermark, but not each has had reason to look at it.
        clockMillis = Long.MIN_VALUE;
        for (long each : clock.get()) {
            clockMillis = Math.max(clockMillis, each);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        clock.update(List.of(clockMillis));
    }

    /** The engine's clock; after a restart not before that of the checkpoint. */
    private long clockMillis(TimerService timers) {
        clockMillis = Math.max(clockMillis, timers.currentWatermark());
        return clockMillis;
    }

    @Override
    public void open(OpenContext context) {
        configuration = new LiveConfiguration(settings);
        blocks = new ScopeBlocks(getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(EngineUids.ROLLUP_BLOCKS, BlockKey.class, PaneBlock.class)));
        unsaid = new LinkedHashMap<>();
        dirty = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(EngineUids.ROLLUP_DIRTY, PaneKey.class, Boolean.class));
        timer = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_TIMER, Types.LONG));
        keptFrom = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_KEPT_FROM, Types.INT));
        latest = getRuntimeContext().getState(LATEST);
        shown = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_SHOWN, Types.BOOLEAN));
        judge = new ScopeJudge(getRuntimeContext());
    }

    @Override
    public void processElement(RollupDelta delta, ReadOnlyContext context, Collector<ResultRecord> out)
            throws Exception {
        configure(context);
        String scope = delta.scope();
        PaneSums changed = unsaid.computeIfAbsent(scope, key -> new PaneSums());
        ScopeBlocks.Changes changedBlocks = blocks.changesOf(scope);
        int before = changed.size();
        int firstDay = Integer.MIN_VALUE;
        boolean isFirstDayKnown = false;
        for (PaneDelta pane : delta.panes()) {
            if (isShortLived(pane.measure())) {
                if (!isFirstDayKnown) {
                    firstDay = firstDay(context.timerService().currentWatermark());
                    isFirstDayKnown = true;
                }
                if (dayOf(pane.measure(), pane.pane()) < firstDay) {
                    continue;
                }
            }
            changedBlocks.add(
                    BlockKey.ofPane(pane.measure(), pane.dimension(), pane.pane()), pane.pane(), pane.value());
            addToTotal(changedBlocks, pane);
            if (pane.measure().pane() != Measure.Pane.FIVE_SECONDS) {
                changed.add(pane);
            }
        }
        unsaidSums += changed.size() - before;
        noteLatest(delta.timeMillis());
        if (settings.valuesAtEnd()) {
            sayAtTheEnd(context.timerService());
        } else {
            judge.changed(scope, delta.panes(), clockMillis(context.timerService()), context.timerService());
        }
    }

    /** How many sums wait to be said, and blocks to be written. */
    int waiting() {
        return unsaidSums + blocks.changes();
    }

    /** The scopes of which something waits. */
    Set<String> scopesWaiting() {
        Set<String> scopes = new LinkedHashSet<>(unsaid.keySet());
        blocks.unwritten().forEach(scopes::add);
        return scopes;
    }

    /** Writes to the state what waits of a scope, which is the current key: its sums, and in a replay what is to be said of them. */
    void write(String scope) throws Exception {
        blocks.write(scope);
        if (settings.valuesAtEnd()) {
            keepUnsaid(scope);
        }
    }

    private void keepUnsaid(String scope) throws Exception {
        for (PaneKey pane : takeUnsaid(scope)) {
            dirty.put(pane, Boolean.TRUE);
        }
    }

    private List<PaneKey> takeUnsaid(String scope) {
        PaneSums taken = unsaid.remove(scope);
        if (taken == null) {
            return List.of();
        }
        unsaidSums -= taken.size();
        return taken.keys();
    }

    /** At how many instants channels were judged by the present configuration. */
    long instantsJudged() {
        return judge.instantsJudged();
    }

    /** Live the operator sees to it; a replay says everything when its event time is over. */
    private void sayAtTheEnd(TimerService timers) throws Exception {
        if (timer.value() == null) {
            timers.registerEventTimeTimer(settings.asOfMillis());
            timer.update(settings.asOfMillis());
        }
    }

    /** Takes in what was configured anew; when all of it is there, every scope says at once what follows for it. */
    @Override
    public void processBroadcastElement(Control control, Context context, Collector<ResultRecord> out)
            throws Exception {
        BroadcastState<String, ConfigurationRecord> records = context.getBroadcastState(LiveConfiguration.RECORDS);
        BroadcastState<String, Long> silence = context.getBroadcastState(LiveConfiguration.SILENCE);
        configuration.restore(records, silence);
        // Every few seconds something comes this way, however quiet the day is.
        clockMillis = Math.max(clockMillis, context.currentWatermark());
        if (configuration.accept(control, records, silence)) {
            use(configuration.current());
            long watermarkMillis = context.currentWatermark();
            context.applyToKeyedState(
                    LATEST,
                    (scope, latestMillis) -> publisher.publish(
                            scope,
                            List.of(),
                            new PaneReader(scope, blocks),
                            Math.max(watermarkMillis, latestMillis.value()),
                            out));
        }
    }

    private void noteLatest(long timeMillis) throws Exception {
        Long before = latest.value();
        if (!settings.valuesAtEnd() && (before == null || before < timeMillis)) {
            latest.update(timeMillis);
        }
    }

    private void configure(ReadOnlyContext context) throws Exception {
        configuration.restore(
                context.getBroadcastState(LiveConfiguration.RECORDS),
                context.getBroadcastState(LiveConfiguration.SILENCE));
        use(configuration.current());
    }

    private void use(EngineContext current) {
        if (engine != current) {
            engine = current;
            publisher = new ScopePublisher(engine, settings.valuesAtEnd());
            judge.configure(engine);
        }
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<ResultRecord> out) throws Exception {
        configure(context);
        clockMillis(context.timerService());
        if (!settings.valuesAtEnd() && context.timeDomain() == TimeDomain.EVENT_TIME) {
            judge(timeMillis, context, out);
            return;
        }
        say(context.getCurrentKey(), context.timerService().currentWatermark(), out);
    }

    /**
     * Says what has changed in a scope, which is the current key, since it was said last.
     *
     * @param clockMillis the watermark
     */
    void say(String scope, long clockMillis, Collector<ResultRecord> out) throws Exception {
        use(configuration.current());
        long watermarkMillis = Math.min(clockMillis, settings.asOfMillis());
        int keepFrom = keepFrom(scope, watermarkMillis);
        PaneReader sums = new PaneReader(scope, blocks);
        boolean isKept = timer.value() != null;
        timer.clear();
        if (Scope.isSource(scope)) {
            boolean wasShown = Boolean.TRUE.equals(shown.value());
            if (!isShown(scope, wasShown, sums, watermarkMillis, out)) {
                return;
            }
            isKept |= !wasShown;
        }
        Collection<PaneKey> all = takeUnsaid(scope);
        if (isKept) {
            all = new LinkedHashSet<>(all);
            for (PaneKey pane : dirty.keys()) {
                all.add(pane);
            }
            dirty.clear();
        }
        List<PaneKey> changed = new ArrayList<>(all.size());
        for (PaneKey pane : all) {
            boolean isKnown = !isShortLived(pane.measure()) || dayOf(pane.measure(), pane.pane()) >= keepFrom;
            // At the end a sum of which all was taken back is as one that never was: in another order it would not be
            // here.
            boolean isNever = settings.valuesAtEnd() && sums.sumOf(pane.measure(), pane.dimension(), pane.pane()) == 0;
            if (isKnown && !isNever) {
                changed.add(pane);
            }
        }
        if (settings.valuesAtEnd() && blocks.isEmpty(scope)) {
            // Everything said of the scope was taken back; in another order it would never have been named.
            return;
        }
        publisher.publish(scope, changed, sums, asOf(watermarkMillis), out);
        if (settings.valuesAtEnd()) {
            Set<Integer> days = new HashSet<>();
            for (PaneKey pane : changed) {
                if (pane.measure().pane() == Measure.Pane.DAY) {
                    days.add(pane.pane());
                }
            }
            judge.judge(scope, days, sums, keepFrom, watermarkMillis, out);
        }
    }

    /**
     * Whether a source is said at all. Anybody can make up the name of a campaign, so one that only a few unknown visitors
     * named is summed but not said, and its changes wait. It depends on the sums alone, not on how they came about: what was
     * said of a source that has become such a one again is taken back.
     */
    private boolean isShown(
            String scope, boolean wasShown, PaneReader sums, long watermarkMillis, Collector<ResultRecord> out)
            throws Exception {
        if (isKnown(scope, sums)) {
            if (!wasShown) {
                shown.update(true);
            }
            return true;
        }
        keepUnsaid(scope);
        if (wasShown) {
            sums.panesFrom(
                    Integer.MIN_VALUE,
                    Set.of(Measure.VISITORS),
                    (measure, dimension, pane, sum) -> dirty.put(new PaneKey(measure, dimension, pane), Boolean.TRUE));
            List<PaneKey> said = new ArrayList<>();
            dirty.keys().forEach(said::add);
            publisher.withdraw(scope, said, sums, asOf(watermarkMillis), out);
            shown.clear();
        }
        return false;
    }

    /** Whether a lead or money came of a source, or enough visitors by it. */
    private boolean isKnown(String scope, PaneReader sums) throws Exception {
        for (BlockKey key : blocks.keys(scope)) {
            if (key.measure() != Measure.VISITORS) {
                return true;
            }
        }
        long[] visitors = new long[1];
        sums.panesFrom(
                Integer.MIN_VALUE, Set.of(Measure.VISITORS), (measure, dimension, pane, sum) -> visitors[0] += sum);
        return visitors[0] >= CampaignVisit.MIN_VISITORS;
    }

    /** Judges what was promised for this time; not at the end of time, which a bounded input tells when it ends. */
    private void judge(long timeMillis, OnTimerContext context, Collector<ResultRecord> out) throws Exception {
        long nowMillis = Math.min(context.timerService().currentWatermark(), settings.asOfMillis());
        if (nowMillis < BusinessCalendar.MAX_MILLIS) {
            int keptFromDay = engine.organisation().epochDayOf(nowMillis) - FIVE_MINUTE_DAYS;
            judge.onTimer(
                    timeMillis,
                    context.getCurrentKey(),
                    new PaneReader(context.getCurrentKey(), blocks),
                    keptFromDay,
                    nowMillis,
                    context.timerService(),
                    out);
        }
    }

    /**
     * Live a scope speaks of the time of its latest change, where the watermark is still behind it: the first sale of a
     * day shows in the progress of that day, not in that of the day before.
     */
    private long asOf(long watermarkMillis) throws Exception {
        return settings.valuesAtEnd() ? watermarkMillis : Math.max(watermarkMillis, latest.value());
    }

    /** The first day whose course is kept, after those before it are dropped; every day before the first watermark. */
    private int keepFrom(String scope, long watermarkMillis) throws Exception {
        if (watermarkMillis == Long.MIN_VALUE) {
            return Integer.MIN_VALUE;
        }
        int keepFrom = engine.organisation().epochDayOf(watermarkMillis) - FIVE_MINUTE_DAYS;
        dropOldFiveMinutes(scope, keepFrom);
        return keepFrom;
    }

    private static void addToTotal(ScopeBlocks.Changes changed, PaneDelta pane) throws Exception {
        if (!pane.measure().hasTotal()) {
            return;
        }
        BlockKey total = BlockKey.ofTotal(pane.measure(), pane.dimension());
        switch (pane.measure().pane()) {
            case DAY -> changed.add(total, 0, pane.value());
            case DAY_HISTOGRAM -> changed.add(total, Measure.bucketOf(pane.pane()), pane.value());
            case FIVE_MINUTES, FIVE_SECONDS, NOW -> {
                // The first two are the day's sum again, the third has no days.
            }
        }
    }

    /**
     * Five-minute panes that have become too old since the last time; the first time all that are, since some may have
     * come before the first watermark told their age.
     */
    private void dropOldFiveMinutes(String scope, int keepFrom) throws Exception {
        Integer kept = keptFrom.value();
        int firstBlock = BlockKey.blockOf(Measure.COHORT_LEADS, keepFrom * FIVE_SECONDS_PER_DAY);
        if (kept == null) {
            removeBlocks(
                    scope,
                    key -> isCourseOfADay(key.measure())
                            ? key.block() < keepFrom
                            : isOfFiveSecondsBefore(key, firstBlock));
        } else {
            for (int day = kept; day < keepFrom; day++) {
                for (Measure measure : COURSES_OF_A_DAY) {
                    blocks.remove(scope, new BlockKey(measure, "", day));
                }
            }
            if (BlockKey.blockOf(Measure.COHORT_LEADS, kept * FIVE_SECONDS_PER_DAY) < firstBlock) {
                removeBlocks(scope, key -> isOfFiveSecondsBefore(key, firstBlock));
            }
        }
        if (kept == null || kept < keepFrom) {
            keptFrom.update(keepFrom);
        }
    }

    private static boolean isOfFiveSecondsBefore(BlockKey key, int firstBlock) {
        return key.measure().pane() == Measure.Pane.FIVE_SECONDS && key.block() < firstBlock;
    }

    private void removeBlocks(String scope, Predicate<BlockKey> condition) throws Exception {
        List<BlockKey> old = new ArrayList<>();
        for (BlockKey key : blocks.keys(scope)) {
            if (condition.test(key)) {
                old.add(key);
            }
        }
        for (BlockKey key : old) {
            blocks.remove(scope, key);
        }
    }

    /**
     * The first day of which the course is taken in; what is older goes nowhere. In a replay the age is that at its end, so that
     * the order of arrival leaves no trace.
     */
    private int firstDay(long watermarkMillis) throws Exception {
        Integer kept = keptFrom.value();
        long nowMillis = settings.valuesAtEnd() ? settings.asOfMillis() : watermarkMillis;
        int ofNow = nowMillis == Long.MIN_VALUE
                ? Integer.MIN_VALUE
                : engine.organisation().epochDayOf(nowMillis) - FIVE_MINUTE_DAYS;
        return kept == null ? ofNow : Math.max(kept, ofNow);
    }

    private static boolean isCourseOfADay(Measure measure) {
        return measure.pane() == Measure.Pane.FIVE_MINUTES;
    }

    /** Whether panes of a measure are dropped when they are old. */
    private static boolean isShortLived(Measure measure) {
        return isCourseOfADay(measure) || measure.pane() == Measure.Pane.FIVE_SECONDS;
    }

    private static int dayOf(Measure shortLived, int pane) {
        return Math.floorDiv(pane, isCourseOfADay(shortLived) ? Measure.SLOTS_PER_DAY : FIVE_SECONDS_PER_DAY);
    }
}
