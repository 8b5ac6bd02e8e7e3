package io.leadpulse.rollup;

import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes the time that a rep spent out of the spans of his activities, which come from many leads: keyed by rep, since only
 * all of his spans together tell what overlaps. It says the difference that a span makes, so that the rollups behind it
 * stay sums.
 *
 * <p>A span that comes is + 1 and one that goes - 1, so the order of arrival does not matter. A day's time is the union of
 * its spans by kind, and of all kinds; a team's is that of the spans spent in the team. {@link SpentTime} says how.
 *
 * <p>State is bounded by the five minutes of the correction horizon: a day that is older is dropped, and its time stays as it
 * is. A replay drops nothing, as its clock follows whatever record is furthest ahead.
 */
public final class TimeSpentFunction extends KeyedProcessFunction<String, RollupDelta, RollupDelta> {
    private static final long serialVersionUID = 1;

    private final EngineSettings settings;

    private transient Organisation organisation;
    private transient long horizonMillis;
    private transient MapState<SpentSlot, Map<String, PaneBlock>> slots;
    private transient SpentTime time;

    public TimeSpentFunction(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        EngineContext engine = EngineContext.of(settings);
        organisation = engine.organisation();
        horizonMillis = engine.horizonMillis();
        slots = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        EngineUids.SPENT_SPANS,
                        TypeInformation.of(SpentSlot.class),
                        Types.MAP(Types.STRING, TypeInformation.of(PaneBlock.class))));
        time = new SpentTime(new SpentTime.Marks() {
            @Override
            public Map<String, PaneBlock> of(SpentSlot slot) throws Exception {
                Map<String, PaneBlock> marks = slots.get(slot);
                return marks == null ? Map.of() : marks;
            }

            @Override
            public void keep(SpentSlot slot, Map<String, PaneBlock> marks) throws Exception {
                if (marks.isEmpty()) {
                    slots.remove(slot);
                } else {
                    slots.put(slot, marks);
                }
            }
        });
    }

    @Override
    public void processElement(RollupDelta delta, Context context, Collector<RollupDelta> out) throws Exception {
        String rep = Scope.spenderOf(delta.scope());
        Contributions change = new Contributions();
        for (PaneDelta pane : delta.panes()) {
            if (settings.valuesAtEnd() || keep(pane.pane(), context)) {
                time.add(rep, pane.pane(), SpentSpan.of(pane.dimension()), pane.value(), change);
            }
        }
        emit(change.minus(new Contributions()), delta.timeMillis(), out);
    }

    /** Whether a day is not dropped yet; sees to it that it will be. */
    private boolean keep(int day, Context context) {
        long dropMillis = organisation.slotStartMillis(day + 1, 0) + horizonMillis;
        if (dropMillis <= context.timerService().currentWatermark()) {
            return false;
        }
        context.timerService().registerEventTimeTimer(dropMillis);
        return true;
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<RollupDelta> out) throws Exception {
        int day = organisation.epochDayOf(timeMillis - horizonMillis) - 1;
        long endMillis = organisation.slotStartMillis(day + 1, 0);
        for (long millis = organisation.slotStartMillis(day, 0); millis < endMillis; millis += SpentTime.SLOT_MILLIS) {
            slots.remove(SpentTime.slot(day, millis));
        }
        slots.remove(SpentTime.slot(day, endMillis - 1));
    }

    private static void emit(Map<ContributionKey, Long> difference, long timeMillis, Collector<RollupDelta> out) {
        Map<String, List<PaneDelta>> byScope = new TreeMap<>();
        difference.forEach((key, value) -> byScope.computeIfAbsent(key.scope(), scope -> new ArrayList<>())
                .add(new PaneDelta(key.measure(), key.dimension(), key.pane(), value)));
        byScope.forEach((scope, panes) -> out.collect(new RollupDelta(scope, timeMillis, panes)));
    }
}
