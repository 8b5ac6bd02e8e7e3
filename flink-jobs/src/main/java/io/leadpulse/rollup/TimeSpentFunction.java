package io.leadpulse.rollup;

import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.activity.TimeSpent;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.engine.EngineUids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes the time that a rep spent out of the spans of his activities, which come from many leads: keyed by rep, since only
 * all of his spans together tell what overlaps. It says the difference that a span makes, so that the rollups behind it
 * stay sums.
 *
 * <p>A span that comes is + 1 and one that goes - 1, so the order of arrival does not matter. A day's time is the union of
 * its spans by kind, and of all kinds; a team's is that of the spans spent in the team.
 *
 * <p>State is bounded by the facts of the leads that the spans come from: a fact has one span, two where it passes midnight.
 */
public final class TimeSpentFunction extends KeyedProcessFunction<String, RollupDelta, RollupDelta> {
    private static final long serialVersionUID = 1;
    private static final String ALL_KINDS = "";

    private transient MapState<Integer, Map<String, Long>> days;

    @Override
    public void open(OpenContext context) {
        days = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        EngineUids.SPENT_SPANS, Types.INT, Types.MAP(Types.STRING, Types.LONG)));
    }

    @Override
    public void processElement(RollupDelta delta, Context context, Collector<RollupDelta> out) throws Exception {
        String rep = Scope.spenderOf(delta.scope());
        Map<Integer, List<PaneDelta>> byDay = new TreeMap<>();
        for (PaneDelta pane : delta.panes()) {
            byDay.computeIfAbsent(pane.pane(), day -> new ArrayList<>()).add(pane);
        }
        Contributions before = new Contributions();
        Contributions after = new Contributions();
        for (Map.Entry<Integer, List<PaneDelta>> each : byDay.entrySet()) {
            int day = each.getKey();
            Map<String, Long> kept = days.get(day);
            Map<String, Long> spans = kept == null ? new HashMap<>() : new HashMap<>(kept);
            contribute(rep, day, spans, before);
            for (PaneDelta pane : each.getValue()) {
                spans.merge(pane.dimension(), pane.value(), (one, other) -> one + other == 0 ? null : one + other);
            }
            contribute(rep, day, spans, after);
            if (spans.isEmpty()) {
                days.remove(day);
            } else {
                days.put(day, spans);
            }
        }
        emit(after.minus(before), delta.timeMillis(), out);
    }

    private static void emit(Map<ContributionKey, Long> difference, long timeMillis, Collector<RollupDelta> out) {
        Map<String, List<PaneDelta>> byScope = new TreeMap<>();
        difference.forEach((key, value) -> byScope.computeIfAbsent(key.scope(), scope -> new ArrayList<>())
                .add(new PaneDelta(key.measure(), key.dimension(), key.pane(), value)));
        byScope.forEach((scope, panes) -> out.collect(new RollupDelta(scope, timeMillis, panes)));
    }

    /** A span that went before it came is kept at - 1 and is none. */
    private static void contribute(String rep, int day, Map<String, Long> spans, Contributions to) {
        Map<ContributionKey, List<TimeSpent.Span>> bySum = new HashMap<>();
        for (Map.Entry<String, Long> each : spans.entrySet()) {
            if (each.getValue() < 0) {
                continue;
            }
            SpentSpan span = SpentSpan.of(each.getKey());
            for (String dimension : List.of(span.kind(), ALL_KINDS)) {
                add(bySum, Scope.COMPANY, dimension, day, span);
                add(bySum, Scope.rep(rep), dimension, day, span);
                if (!span.team().isEmpty()) {
                    add(bySum, Scope.team(span.team()), dimension, day, span);
                }
            }
        }
        bySum.forEach((key, each) -> to.add(
                key.scope(),
                key.measure(),
                key.dimension(),
                key.pane(),
                TimeSpent.of(each).millis()));
    }

    private static void add(
            Map<ContributionKey, List<TimeSpent.Span>> bySum, String scope, String dimension, int day, SpentSpan span) {
        bySum.computeIfAbsent(new ContributionKey(scope, Measure.TIME_SPENT, dimension, day), key -> new ArrayList<>())
                .add(span.span());
    }
}
