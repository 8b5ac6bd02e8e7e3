package io.leadpulse.bench.datastream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Alerts of a deal that is longer in a stage than it may. Deals are short: at each event and timer all stays are read anew from what is
 * known, so late facts correct or withdraw what was said.
 */
final class StageClockFunction extends KeyedProcessFunction<String, Event, Result> {
    private static final long serialVersionUID = 1;
    private static final Map<String, Integer> LIMIT_BUSINESS_DAYS =
            Map.of("meeting", 7, "demo", 7, "offer", 10, "negotiation", 14);
    private static final double ESCALATED_AT = 1.5;

    private final BusinessHours hours;

    private transient ListState<Step> steps;
    private transient MapState<String, Alert> told;

    /** What one event says of a deal's stage and owner; null of what it does not say. */
    public record Step(long timeMillis, boolean isClosing, String stage, String owner) {}

    /** From the step with which a stage began to that with which it ended; {@code Long.MAX_VALUE} if it has not. */
    private record Stay(String stage, long enteredMillis, long leftMillis) {}

    StageClockFunction(Task task) {
        this.hours = task.hours();
    }

    @Override
    public void open(OpenContext context) {
        steps = getRuntimeContext().getListState(new ListStateDescriptor<>("steps", TypeInformation.of(Step.class)));
        told = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("told", Types.STRING, TypeInformation.of(Alert.class)));
    }

    @Override
    public void processElement(Event event, Context context, Collector<Result> out) throws Exception {
        if (event.isClosing() || event.stage() != null || event.owner() != null) {
            steps.add(new Step(event.timeMillis(), event.isClosing(), event.stage(), event.owner()));
            say(context, out);
        }
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<Result> out) throws Exception {
        say(context, out);
    }

    private void say(Context context, Collector<Result> out) throws Exception {
        List<Step> known = new ArrayList<>();
        steps.get().forEach(known::add);
        known.sort(Comparator.comparingLong(Step::timeMillis));
        Map<String, Alert> alerts = new HashMap<>();
        for (Stay stay : stays(known)) {
            Alert alert = alert(stay, known, context);
            if (alert != null) {
                alerts.put(stay.stage() + '|' + stay.enteredMillis(), alert);
            }
        }
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Alert> before : told.entries()) {
            if (before.getValue().equals(alerts.get(before.getKey()))) {
                alerts.remove(before.getKey());
            } else if (!alerts.containsKey(before.getKey())) {
                gone.add(before.getKey());
            }
        }
        for (String stay : gone) {
            told.remove(stay);
            out.collect(Result.stuck(context.getCurrentKey(), stay, null));
        }
        for (Map.Entry<String, Alert> news : alerts.entrySet()) {
            told.put(news.getKey(), news.getValue());
            out.collect(Result.stuck(context.getCurrentKey(), news.getKey(), news.getValue()));
        }
    }

    private static List<Stay> stays(List<Step> steps) {
        List<Stay> stays = new ArrayList<>();
        Step entered = null;
        for (Step step : steps) {
            if (step.isClosing() || step.stage() != null) {
                if (entered != null) {
                    stays.add(new Stay(entered.stage(), entered.timeMillis(), step.timeMillis()));
                }
                entered = step.isClosing() ? null : step;
            }
        }
        if (entered != null) {
            stays.add(new Stay(entered.stage(), entered.timeMillis(), Long.MAX_VALUE));
        }
        return stays;
    }

    /** The alert of a stay as far as time has come; null if there is none yet. A timer is set for what comes next. */
    private Alert alert(Stay stay, List<Step> steps, Context context) {
        int limit = LIMIT_BUSINESS_DAYS.get(stay.stage());
        long raisedMillis = hours.due(stay.enteredMillis(), limit);
        if (raisedMillis >= stay.leftMillis() || !hasCome(raisedMillis, context)) {
            return null;
        }
        long escalatedMillis = hours.due(stay.enteredMillis(), limit * ESCALATED_AT);
        boolean isEscalated = escalatedMillis < stay.leftMillis() && hasCome(escalatedMillis, context);
        boolean isLeft = stay.leftMillis() != Long.MAX_VALUE && hasCome(stay.leftMillis(), context);
        return new Alert(
                ownerAt(steps, raisedMillis),
                raisedMillis,
                isEscalated ? (Long) escalatedMillis : null,
                isLeft ? (Long) stay.leftMillis() : null);
    }

    private static boolean hasCome(long timeMillis, Context context) {
        if (timeMillis <= context.timerService().currentWatermark()) {
            return true;
        }
        context.timerService().registerEventTimeTimer(timeMillis);
        return false;
    }

    private static String ownerAt(List<Step> steps, long atMillis) {
        String owner = null;
        for (Step step : steps) {
            if (step.owner() != null && step.timeMillis() <= atMillis) {
                owner = step.owner();
            }
        }
        return owner;
    }
}
