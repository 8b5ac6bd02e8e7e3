package io.leadpulse.bench.datastream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The score of a lead. Of what counts a limited number of times the earliest count, in whichever order acts come: the times of all are
 * kept. A timer says when the band changes because points decay.
 */
final class ScoreFunction extends KeyedProcessFunction<String, LeadAct, Result> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Points> points;
    private transient ValueState<Long> bandChange;
    private transient MapState<String, List<Long>> times;

    @Override
    public void open(OpenContext context) {
        points = getRuntimeContext().getState(new ValueStateDescriptor<>("points", TypeInformation.of(Points.class)));
        bandChange = getRuntimeContext().getState(new ValueStateDescriptor<>("band change", Types.LONG));
        times = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("times", Types.STRING, Types.LIST(Types.LONG)));
    }

    @Override
    public void processElement(LeadAct act, Context context, Collector<Result> out) throws Exception {
        Points before = points.value();
        Points after = act.rule() == null ? before : count(before == null ? Points.NONE : before, act);
        if (after == null) {
            after = Points.NONE;
        }
        if (!after.equals(before)) {
            points.update(after);
            long nowMillis = context.timerService().currentWatermark();
            say(after, Math.max(nowMillis, after.latestMillis()), context, out);
        }
    }

    /** Counts an act, if it is among the earliest of its place; then one that was so far is not any more. */
    private Points count(Points before, LeadAct act) throws Exception {
        Rule rule = act.rule();
        int sign = act.isTakenBack() ? -1 : 1;
        if (rule.times == Rule.EVERY) {
            return before.with(rule, act.timeMillis(), sign);
        }
        List<Long> known = times.get(act.place());
        List<Long> all = known == null ? new ArrayList<>() : new ArrayList<>(known);
        int found = Collections.binarySearch(all, act.timeMillis());
        int at = found < 0 ? -found - 1 : found;
        // Who counts no more when another comes, or counts then when one goes.
        int edge = act.isTakenBack() ? rule.times : rule.times - 1;
        Long other = all.size() > edge ? all.get(edge) : null;
        if (act.isTakenBack()) {
            all.remove(at);
        } else {
            all.add(at, act.timeMillis());
        }
        times.put(act.place(), all);
        if (at >= rule.times) {
            return before;
        }
        Points after = before.with(rule, act.timeMillis(), sign);
        return other == null ? after : after.with(rule, other, -sign);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<Result> out) throws Exception {
        bandChange.clear();
        say(points.value(), timeMillis, context, out);
    }

    private void say(Points now, long asOfMillis, Context context, Collector<Result> out) throws Exception {
        out.collect(Result.score(context.getCurrentKey(), asOfMillis, now.scoreAt(asOfMillis), now.bandAt(asOfMillis)));
        long next = now.nextBandChangeAfter(asOfMillis);
        Long awaited = bandChange.value();
        if (awaited != null && awaited != next) {
            context.timerService().deleteEventTimeTimer(awaited);
            bandChange.clear();
        }
        if (next != Points.NEVER && (awaited == null || awaited != next)) {
            context.timerService().registerEventTimeTimer(next);
            bandChange.update(next);
        }
    }
}
