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
import io.leadpulse.engine.HistoryPace;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Changes of one scope that come within this time, by the machine's clock, are published together. */
    static final long COLLECT_MILLIS = 150;

    private static final ValueStateDescriptor<Long> LATEST =
            new ValueStateDescriptor<>(EngineUids.ROLLUP_LATEST, Types.LONG);

    private final EngineSettings settings;

    private transient LiveConfiguration configuration;
    private transient EngineContext engine;
    private transient ScopeBlocks blocks;
    private transient MapState<PaneKey, Boolean> dirty;
    /** Which of these are known to be in the state, by scope, so that each is written once; live only. */
    private transient Map<String, Set<PaneKey>> noted;

    private transient ValueState<Long> timer;
    private transient ValueState<Integer> keptFrom;
    private transient ValueState<Long> latest;
    /** Whether a source was said; null while it was not, or is not any more. */
    private transient ValueState<Boolean> shown;

    private transient ScopePublisher publisher;
    private transient ScopeJudge judge;
    private transient HistoryPace history;

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
        noted = new HashMap<>();
        dirty = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(EngineUids.ROLLUP_DIRTY, PaneKey.class, Boolean.class));
        timer = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_TIMER, Types.LONG));
        keptFrom = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_KEPT_FROM, Types.INT));
        latest = getRuntimeContext().getState(LATEST);
        shown = getRuntimeContext().getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_SHOWN, Types.BOOLEAN));
        judge = new ScopeJudge(getRuntimeContext());
        history = new HistoryPace();
    }

    @Override
    public void processElement(RollupDelta delta, ReadOnlyContext context, Collector<ResultRecord> out)
            throws Exception {
        configure(context);
        long watermarkMillis = context.timerService().currentWatermark();
        for (PaneDelta pane : delta.panes()) {
            if (isShortLived(pane.measure()) && isTooOld(pane, watermarkMillis)) {
                continue;
            }
            String scope = delta.scope();
            BlockKey block = BlockKey.ofPane(pane.measure(), pane.dimension(), pane.pane());
            add(scope, block, pane.pane(), pane.value());
            addToTotal(scope, pane);
            if (pane.measure().pane() != Measure.Pane.FIVE_SECONDS) {
                note(scope, new PaneKey(pane.measure(), pane.dimension(), pane.pane()));
            }
        }
        noteLatest(delta.timeMillis());
        if (!settings.valuesAtEnd()) {
            judge.changed(delta.scope(), delta.panes(), clockMillis(context.timerService()), context.timerService());
        }
        registerPublication(delta.timeMillis(), context.timerService());
    }

    /** That a sum has changed since it was published. */
    private void note(String scope, PaneKey pane) throws Exception {
        if (settings.valuesAtEnd()
                || noted.computeIfAbsent(scope, key -> new HashSet<>()).add(pane)) {
            dirty.put(pane, Boolean.TRUE);
        }
    }

    /** At how many instants channels were judged by the present configuration. */
    long instantsJudged() {
        return judge.instantsJudged();
    }

    /**
     * Live by the machine's clock, so that a change shows at once whatever event time does, while history comes in
     * somewhat later; a replay publishes when its event time is over.
     */
    private void registerPublication(long timeMillis, TimerService timers) throws Exception {
        Long waiting = timer.value();
        if (settings.valuesAtEnd()) {
            if (waiting == null) {
                timers.registerEventTimeTimer(settings.asOfMillis());
                timer.update(settings.asOfMillis());
            }
            return;
        }
        long wallMillis = timers.currentProcessingTime();
        long atMillis =
                wallMillis + (history.isHistory(timeMillis, wallMillis) ? HistoryPace.SUMS_MILLIS : COLLECT_MILLIS);
        if (waiting == null || atMillis < waiting) {
            if (waiting != null) {
                timers.deleteProcessingTimeTimer(waiting);
            }
            timers.registerProcessingTimeTimer(atMillis);
            timer.update(atMillis);
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
        timer.clear();
        long watermarkMillis = Math.min(context.timerService().currentWatermark(), settings.asOfMillis());
        int keepFrom = keepFrom(context.getCurrentKey(), watermarkMillis);
        PaneReader sums = new PaneReader(context.getCurrentKey(), blocks);
        if (Scope.isSource(context.getCurrentKey()) && !isShown(context.getCurrentKey(), sums, watermarkMillis, out)) {
            return;
        }
        List<PaneKey> changed = new ArrayList<>();
        for (PaneKey pane : dirty.keys()) {
            if (!isShortLived(pane.measure()) || dayOf(pane.measure(), pane.pane()) >= keepFrom) {
                changed.add(pane);
            }
        }
        dirty.clear();
        noted.remove(context.getCurrentKey());
        if (settings.valuesAtEnd() && blocks.isEmpty()) {
            // Everything said of the scope was taken back; in another order it would never have been named.
            return;
        }
        publisher.publish(context.getCurrentKey(), changed, sums, asOf(watermarkMillis), out);
        if (settings.valuesAtEnd()) {
            Set<Integer> days = new HashSet<>();
            for (PaneKey pane : changed) {
                if (pane.measure().pane() == Measure.Pane.DAY) {
                    days.add(pane.pane());
                }
            }
            judge.judge(context.getCurrentKey(), days, sums, keepFrom, watermarkMillis, out);
        }
    }

    /**
     * Whether a source is said at all. Anybody can make up the name of a campaign, so one that only a few unknown visitors
     * named is summed but not said, and its changes wait. It depends on the sums alone, not on how they came about: what was
     * said of a source that has become such a one again is taken back.
     */
    private boolean isShown(String scope, PaneReader sums, long watermarkMillis, Collector<ResultRecord> out)
            throws Exception {
        boolean wasShown = Boolean.TRUE.equals(shown.value());
        if (isKnown(sums)) {
            if (!wasShown) {
                shown.update(true);
            }
            return true;
        }
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
        noted.remove(scope);
        return false;
    }

    /** Whether a lead or money came of a source, or enough visitors by it. */
    private boolean isKnown(PaneReader sums) throws Exception {
        for (BlockKey key : blocks.keys()) {
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

    private void addToTotal(String scope, PaneDelta pane) throws Exception {
        if (!pane.measure().hasTotal()) {
            return;
        }
        BlockKey total = BlockKey.ofTotal(pane.measure(), pane.dimension());
        switch (pane.measure().pane()) {
            case DAY -> add(scope, total, 0, pane.value());
            case DAY_HISTOGRAM -> add(scope, total, Measure.bucketOf(pane.pane()), pane.value());
            case FIVE_MINUTES, FIVE_SECONDS, NOW -> {
                // The first two are the day's sum again, the third has no days.
            }
        }
    }

    private void add(String scope, BlockKey key, int pane, long value) throws Exception {
        blocks.put(scope, key, blocks.get(scope, key).plus(pane, value));
    }

    /**
     * Five-minute panes that have become too old since the last time; the first time all that are, since some may have
     * come before the first watermark told their age.
     */
    private void dropOldFiveMinutes(String scope, int keepFrom) throws Exception {
        Integer kept = keptFrom.value();
        if (kept == null) {
            removeBlocks(scope, key -> isCourseOfADay(key.measure()) && key.block() < keepFrom);
        } else {
            for (int day = kept; day < keepFrom; day++) {
                for (Measure measure : COURSES_OF_A_DAY) {
                    blocks.remove(scope, new BlockKey(measure, "", day));
                }
            }
        }
        int firstBlock = BlockKey.blockOf(Measure.COHORT_LEADS, keepFrom * FIVE_SECONDS_PER_DAY);
        if (kept == null || BlockKey.blockOf(Measure.COHORT_LEADS, kept * FIVE_SECONDS_PER_DAY) < firstBlock) {
            removeBlocks(scope, key -> key.measure().pane() == Measure.Pane.FIVE_SECONDS && key.block() < firstBlock);
        }
        if (kept == null || kept < keepFrom) {
            keptFrom.update(keepFrom);
        }
    }

    private void removeBlocks(String scope, Predicate<BlockKey> condition) throws Exception {
        List<BlockKey> old = new ArrayList<>();
        for (BlockKey key : blocks.keys()) {
            if (condition.test(key)) {
                old.add(key);
            }
        }
        for (BlockKey key : old) {
            blocks.remove(scope, key);
        }
    }

    /** In a replay the age is that at its end, so that the order of arrival leaves no trace. */
    private boolean isTooOld(PaneDelta pane, long watermarkMillis) throws Exception {
        int day = dayOf(pane.measure(), pane.pane());
        Integer kept = keptFrom.value();
        if (kept != null && day < kept) {
            return true;
        }
        long nowMillis = settings.valuesAtEnd() ? settings.asOfMillis() : watermarkMillis;
        return nowMillis != Long.MIN_VALUE && day < engine.organisation().epochDayOf(nowMillis) - FIVE_MINUTE_DAYS;
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
