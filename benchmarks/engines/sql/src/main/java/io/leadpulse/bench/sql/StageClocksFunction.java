package io.leadpulse.bench.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/**
 * {@code STAGE_CLOCKS}: alerts of a deal that is longer in a stage than it may. At each event and timer all stays of the deal are read
 * anew, so late facts correct what was said, or withdraw it: then nothing but stage and entry is set.
 */
@DataTypeHint("ROW<stage STRING, entered BIGINT, `owner` STRING, raised BIGINT, escalated BIGINT, `left` BIGINT>")
public final class StageClocksFunction extends ProcessTableFunction<Row> {
    private static final long serialVersionUID = 1;
    private static final Map<String, Integer> LIMIT_BUSINESS_DAYS =
            Map.of("meeting", 7, "demo", 7, "offer", 10, "negotiation", 14);
    private static final double ESCALATED_AT = 1.5;

    private final BusinessHours hours;

    StageClocksFunction(BusinessHours hours) {
        this.hours = hours;
    }

    /** What one event says of a deal's stage and owner; null of what it does not say. A structured type of Flink. */
    public static final class Step {
        public Long millis;
        public Boolean closing;
        public String stage;
        public String owner;

        static Step of(Row row) {
            Step step = new Step();
            step.millis = row.getFieldAs("millis");
            step.closing = row.getFieldAs("closing");
            step.stage = row.getFieldAs("stage");
            step.owner = row.getFieldAs("owner");
            return step;
        }
    }

    /** The life of an alert; times in epoch milliseconds, null for not yet. A structured type of Flink. */
    public static final class Alert {
        public String stage;
        public Long entered;
        public String owner;
        public Long raised;
        public Long escalated;
        public Long left;

        boolean isSame(Alert other) {
            return other != null
                    && Objects.equals(owner, other.owner)
                    && raised.equals(other.raised)
                    && Objects.equals(escalated, other.escalated)
                    && Objects.equals(left, other.left);
        }
    }

    /** From the step with which a stage began to that with which it ended; {@code Long.MAX_VALUE} if it has not. */
    private record Stay(String stage, long enteredMillis, long leftMillis) {}

    /** Called by Flink for each event. */
    public void eval(
            Context context,
            @StateHint(ttl = "0") ListView<Step> steps,
            @StateHint(ttl = "0") MapView<String, Alert> told,
            @ArgumentHint(ArgumentTrait.SET_SEMANTIC_TABLE) Row event)
            throws Exception {
        steps.add(Step.of(event));
        say(context.timeContext(Long.class), steps, told);
    }

    /** Called by Flink when something is due. */
    public void onTimer(OnTimerContext context, ListView<Step> steps, MapView<String, Alert> told) throws Exception {
        say(context.timeContext(Long.class), steps, told);
    }

    private void say(TimeContext<Long> time, ListView<Step> steps, MapView<String, Alert> told) throws Exception {
        List<Step> known = new ArrayList<>();
        steps.get().forEach(known::add);
        known.sort(Comparator.comparingLong(step -> step.millis));
        Map<String, Alert> alerts = new HashMap<>();
        for (Stay stay : stays(known)) {
            Alert alert = alert(stay, known, time);
            if (alert != null) {
                alerts.put(alert.stage + '|' + alert.entered, alert);
            }
        }
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Alert> before : told.entries()) {
            if (before.getValue().isSame(alerts.get(before.getKey()))) {
                alerts.remove(before.getKey());
            } else if (!alerts.containsKey(before.getKey())) {
                gone.add(before.getKey());
                collect(Row.of(before.getValue().stage, before.getValue().entered, null, null, null, null));
            }
        }
        for (String stay : gone) {
            told.remove(stay);
        }
        for (Map.Entry<String, Alert> news : alerts.entrySet()) {
            Alert alert = news.getValue();
            told.put(news.getKey(), alert);
            collect(Row.of(alert.stage, alert.entered, alert.owner, alert.raised, alert.escalated, alert.left));
        }
    }

    private static List<Stay> stays(List<Step> steps) {
        List<Stay> stays = new ArrayList<>();
        Step entered = null;
        for (Step step : steps) {
            if (step.closing || step.stage != null) {
                if (entered != null) {
                    stays.add(new Stay(entered.stage, entered.millis, step.millis));
                }
                entered = step.closing ? null : step;
            }
        }
        if (entered != null) {
            stays.add(new Stay(entered.stage, entered.millis, Long.MAX_VALUE));
        }
        return stays;
    }

    /** The alert of a stay as far as time has come; null if there is none yet. A timer is set for what comes next. */
    private Alert alert(Stay stay, List<Step> steps, TimeContext<Long> time) {
        int limit = LIMIT_BUSINESS_DAYS.get(stay.stage());
        long raisedMillis = hours.due(stay.enteredMillis(), limit);
        if (raisedMillis >= stay.leftMillis() || !hasCome(raisedMillis, time)) {
            return null;
        }
        long escalatedMillis = hours.due(stay.enteredMillis(), limit * ESCALATED_AT);
        boolean isEscalated = escalatedMillis < stay.leftMillis() && hasCome(escalatedMillis, time);
        boolean isLeft = stay.leftMillis() != Long.MAX_VALUE && hasCome(stay.leftMillis(), time);
        Alert alert = new Alert();
        alert.stage = stay.stage();
        alert.entered = stay.enteredMillis();
        alert.owner = ownerAt(steps, raisedMillis);
        alert.raised = raisedMillis;
        alert.escalated = isEscalated ? (Long) escalatedMillis : null;
        alert.left = isLeft ? (Long) stay.leftMillis() : null;
        return alert;
    }

    private static boolean hasCome(long timeMillis, TimeContext<Long> time) {
        Long nowMillis = time.currentWatermark();
        if (nowMillis != null && timeMillis <= nowMillis) {
            return true;
        }
        time.registerOnTime(timeMillis);
        return false;
    }

    private static String ownerAt(List<Step> steps, long atMillis) {
        String owner = null;
        for (Step step : steps) {
            if (step.owner != null && step.millis <= atMillis) {
                owner = step.owner;
            }
        }
        return owner;
    }
}
