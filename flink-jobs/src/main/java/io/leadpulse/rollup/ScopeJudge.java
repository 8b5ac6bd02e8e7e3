package io.leadpulse.rollup;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * When a scope is judged by {@link ScopeAlerts}: {@link #CALM_MILLIS} of event time after its last change, so that a
 * correction in several records is judged as a whole, but not later than {@link #PATIENCE_MILLIS} after the first; and at
 * the times at which the pace is looked at, when {@link WorseAlerts} looks at the rates of the company too. A channel is
 * judged by {@link CampaignAlerts} so long after the first change that was not judged, and when a lead becomes old enough.
 * Keyed state of the rollups; bounded by the days that change between two judgements, the periods of the retention, and the
 * rates that ever became worse.
 */
final class ScopeJudge {
    static final long CALM_MILLIS = 5_000;

    /** A scope that never is calm is judged all the same. */
    static final long PATIENCE_MILLIS = 60_000;

    /** More than any grace or out-of-orderness by which a live engine's clock is behind the wall's. */
    static final long CATCHING_UP_MILLIS = 2 * 3_600_000;

    private final MapState<String, ToldScopeAlert> told;
    private final MapState<String, ToldScopeAlert> toldOfRates;
    private final MapState<Integer, Boolean> days;
    private final ValueState<JudgeTimes> times;
    /** Which days are known to be in the state, by scope, so that each is written once. */
    private final Map<String, Set<Integer>> noted = new HashMap<>();

    private ScopeAlerts alerts;
    private CampaignAlerts campaigns;
    private WorseAlerts rates;

    ScopeJudge(RuntimeContext runtime) {
        told = runtime.getMapState(
                new MapStateDescriptor<>(EngineUids.ROLLUP_TOLD, String.class, ToldScopeAlert.class));
        toldOfRates = runtime.getMapState(
                new MapStateDescriptor<>(EngineUids.ROLLUP_TOLD_RATES, String.class, ToldScopeAlert.class));
        days = runtime.getMapState(new MapStateDescriptor<>(EngineUids.ROLLUP_JUDGE_DAYS, Types.INT, Types.BOOLEAN));
        times = runtime.getState(new ValueStateDescriptor<>(EngineUids.ROLLUP_JUDGE_TIMES, JudgeTimes.class));
    }

    /** From now on judges by this configuration. */
    void configure(EngineContext engine) {
        alerts = new ScopeAlerts(engine);
        campaigns = new CampaignAlerts(engine);
        rates = new WorseAlerts(engine);
    }

    /** At how many instants channels were judged by the present configuration. */
    long instantsJudged() {
        return campaigns.instantsJudged();
    }

    private boolean isJudged(String scope) {
        return alerts.concerns(scope) || WorseAlerts.concerns(scope);
    }

    /**
     * Plans the judgement of what a delta of the current scope changes.
     *
     * @param nowMillis the engine's clock, which after a restart is known before the first watermark
     */
    void changed(String scope, List<PaneDelta> panes, long nowMillis, TimerService timers) throws Exception {
        if (CampaignAlerts.concerns(scope)) {
            changedInChannel(scope, panes, timers);
            return;
        }
        if (!isJudged(scope)) {
            return;
        }
        if (alerts.concerns(scope)) {
            for (PaneDelta pane : panes) {
                if (pane.measure().pane() == Measure.Pane.DAY) {
                    note(scope, pane.pane());
                }
            }
        }
        JudgeTimes before = times.value() == null ? JudgeTimes.NEVER : times.value();
        long changedMillis = before.changedMillis() == JudgeTimes.NONE ? nowMillis : before.changedMillis();
        long dueMillis = Math.min(nowMillis + CALM_MILLIS, changedMillis + PATIENCE_MILLIS);
        if (dueMillis != before.dueMillis()) {
            timers.registerEventTimeTimer(dueMillis);
        }
        times.update(new JudgeTimes(changedMillis, dueMillis, before.checkMillis()));
    }

    private void note(String scope, int day) throws Exception {
        if (noted.computeIfAbsent(scope, key -> new HashSet<>()).add(day)) {
            days.put(day, Boolean.TRUE);
        }
    }

    /** Judges the current scope, if this timer is of its judgement. */
    void onTimer(
            long timeMillis,
            String scope,
            PaneReader sums,
            int keptFrom,
            long nowMillis,
            TimerService timers,
            Collector<ResultRecord> out)
            throws Exception {
        JudgeTimes due = times.value();
        if (due == null || (due.dueMillis() != timeMillis && due.checkMillis() != timeMillis)) {
            return;
        }
        if (CampaignAlerts.concerns(scope)) {
            judgeChannel(scope, sums, keptFrom, nowMillis, due, timers, out);
            return;
        }
        boolean isCalm = due.dueMillis() <= nowMillis;
        if (isCalm || due.checkMillis() <= nowMillis) {
            Set<Integer> changed = new HashSet<>();
            Set<Integer> ahead = new HashSet<>();
            for (int day : days.keys()) {
                // While history comes in sums may be ahead of the clock; such a day is judged when it has begun.
                (alerts.hasBegun(day, nowMillis) ? changed : ahead).add(day);
            }
            for (int day : changed) {
                days.remove(day);
            }
            if (ahead.isEmpty()) {
                noted.remove(scope);
            } else {
                noted.put(scope, ahead);
            }
            long turnedOutMillis = Math.min(due.dueMillis(), due.checkMillis());
            judgeGoals(scope, changed, sums, keptFrom, turnedOutMillis, nowMillis, out);
        }
        // As days go on it is looked at whatever changes; the first time too, when no such time is known yet.
        boolean isLook = due.checkMillis() <= nowMillis || due.checkMillis() == JudgeTimes.NONE;
        if (WorseAlerts.concerns(scope) && isLook && caughtUp(nowMillis, timers) == nowMillis) {
            rates.judge(sums, toldOfRates, nowMillis, out);
        }
        long checkMillis = isJudged(scope) ? alerts.nextCheckAfter(nowMillis) : JudgeTimes.NONE;
        if (checkMillis != JudgeTimes.NONE && checkMillis != due.checkMillis()) {
            timers.registerEventTimeTimer(checkMillis);
        }
        times.update(new JudgeTimes(JudgeTimes.NONE, JudgeTimes.NONE, checkMillis));
    }

    private void changedInChannel(String scope, List<PaneDelta> panes, TimerService timers) throws Exception {
        long firstMillis = campaigns.firstChanged(scope, panes);
        if (firstMillis == JudgeTimes.NONE) {
            return;
        }
        JudgeTimes before = times.value() == null ? JudgeTimes.NEVER : times.value();
        long dueMillis = before.dueMillis();
        if (dueMillis == JudgeTimes.NONE) {
            dueMillis = caughtUp(timers.currentWatermark() + CALM_MILLIS, timers);
            timers.registerEventTimeTimer(dueMillis);
        }
        times.update(new JudgeTimes(Math.min(before.changedMillis(), firstMillis), dueMillis, before.checkMillis()));
    }

    private void judgeChannel(
            String scope,
            PaneReader sums,
            int keptFrom,
            long nowMillis,
            JudgeTimes due,
            TimerService timers,
            Collector<ResultRecord> out)
            throws Exception {
        long next = campaigns.judge(scope, sums, keptFrom, due.changedMillis(), told, nowMillis, out);
        long checkMillis = next == JudgeTimes.NONE ? next : caughtUp(next, timers);
        if (checkMillis != JudgeTimes.NONE) {
            timers.registerEventTimeTimer(checkMillis);
        }
        long dueMillis = due.dueMillis() <= nowMillis ? JudgeTimes.NONE : due.dueMillis();
        times.update(new JudgeTimes(nowMillis + 1, dueMillis, checkMillis));
    }

    /**
     * Not while the engine works off history: what was poor then is found when it is done, and thousands of judgements of
     * the past would keep it from getting there.
     */
    private static long caughtUp(long timeMillis, TimerService timers) {
        return Math.max(timeMillis, timers.currentProcessingTime() - CATCHING_UP_MILLIS);
    }

    /** Judges the current scope now. */
    void judge(
            String scope,
            Set<Integer> changedDays,
            PaneReader sums,
            int keptFrom,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        if (CampaignAlerts.concerns(scope)) {
            campaigns.judge(scope, sums, keptFrom, Long.MIN_VALUE, told, nowMillis, out);
            return;
        }
        judgeGoals(scope, changedDays, sums, keptFrom, nowMillis, nowMillis, out);
        if (WorseAlerts.concerns(scope)) {
            rates.judge(sums, toldOfRates, nowMillis, out);
        }
    }

    private void judgeGoals(
            String scope,
            Set<Integer> changedDays,
            PaneReader sums,
            int keptFrom,
            long dueMillis,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        if (alerts.concerns(scope)) {
            alerts.judge(scope, changedDays, sums, keptFrom, told, dueMillis, nowMillis, out);
        }
    }
}
