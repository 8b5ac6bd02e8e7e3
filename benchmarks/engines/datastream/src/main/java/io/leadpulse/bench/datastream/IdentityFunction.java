package io.leadpulse.bench.datastream;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
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
 * Whose a visitor's acts are: of who was identified last at or before, else of the first one within 30 days after. An identification
 * that comes late takes acts from one lead and gives them to another. What is nobody's 60 days after its time is a dead letter.
 */
final class IdentityFunction extends KeyedProcessFunction<String, Event, LeadAct> {
    private static final long serialVersionUID = 1;
    private static final long IDENTIFIED_WITHIN_MILLIS = Duration.ofDays(30).toMillis();
    private static final long HELD_FOR_MILLIS = Duration.ofDays(60).toMillis();

    private transient ListState<WebAct> acts;
    private transient MapState<Long, String> identified;

    @Override
    public void open(OpenContext context) {
        acts = getRuntimeContext().getListState(new ListStateDescriptor<>("acts", TypeInformation.of(WebAct.class)));
        identified = getRuntimeContext().getMapState(new MapStateDescriptor<>("identified", Types.LONG, Types.STRING));
    }

    @Override
    public void processElement(Event event, Context context, Collector<LeadAct> out) throws Exception {
        WebAct act = WebAct.of(event);
        acts.add(act);
        NavigableMap<Long, String> before = identified();
        NavigableMap<Long, String> after = before;
        if (event.lead() != null) {
            identified.put(event.timeMillis(), event.lead());
            after = new TreeMap<>(before);
            after.put(event.timeMillis(), event.lead());
            if (!event.lead().equals(floor(before, event.timeMillis()))) {
                moveAll(act, before, after, out);
            }
        }
        String lead = lead(after, act.timeMillis());
        if (lead == null) {
            context.timerService().registerEventTimeTimer(act.timeMillis() + HELD_FOR_MILLIS);
        } else {
            out.collect(act.by(lead));
        }
    }

    /** Gives all earlier acts to whom they belong now. */
    private void moveAll(
            WebAct newest, NavigableMap<Long, String> before, NavigableMap<Long, String> after, Collector<LeadAct> out)
            throws Exception {
        for (WebAct act : acts.get()) {
            String from = lead(before, act.timeMillis());
            String to = lead(after, act.timeMillis());
            if (!act.record().equals(newest.record()) && !Objects.equals(from, to)) {
                if (from != null) {
                    out.collect(act.takenFrom(from));
                }
                out.collect(act.by(to));
            }
        }
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<LeadAct> out) throws Exception {
        NavigableMap<Long, String> known = identified();
        for (WebAct act : acts.get()) {
            if (act.timeMillis() + HELD_FOR_MILLIS == timeMillis && lead(known, act.timeMillis()) == null) {
                context.output(SalesTopology.DEAD_LETTERS, Result.deadLetter(act.record(), "held_dropped"));
            }
        }
    }

    private NavigableMap<Long, String> identified() throws Exception {
        NavigableMap<Long, String> known = new TreeMap<>();
        for (Map.Entry<Long, String> each : identified.entries()) {
            known.put(each.getKey(), each.getValue());
        }
        return known;
    }

    private static String lead(NavigableMap<Long, String> identified, long timeMillis) {
        String before = floor(identified, timeMillis);
        if (before != null) {
            return before;
        }
        Map.Entry<Long, String> after = identified.higherEntry(timeMillis);
        return after != null && after.getKey() - timeMillis <= IDENTIFIED_WITHIN_MILLIS ? after.getValue() : null;
    }

    private static String floor(NavigableMap<Long, String> identified, long timeMillis) {
        Map.Entry<Long, String> before = identified.floorEntry(timeMillis);
        return before == null ? null : before.getValue();
    }
}
