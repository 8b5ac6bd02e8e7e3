package io.leadpulse.bench.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.StatefulProcessorHandle;
import org.apache.spark.sql.streaming.TTLConfig;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Whose a visitor's acts are: of who was identified last at or before, else of the first one within 30 days after. An identification
 * that comes late takes acts from one lead and gives them to another. What is nobody's 60 days after its time is a dead letter.
 */
final class Visitors {
    private static final long IDENTIFIED_WITHIN_MILLIS = Duration.ofDays(30).toMillis();
    private static final long HELD_FOR_MILLIS = Duration.ofDays(60).toMillis();

    private final StatefulProcessorHandle handle;
    /** All acts of a visitor, by their ids: he has some 150. */
    private final MapState<String, WebAct> acts;

    private final MapState<Long, String> identified;

    Visitors(StatefulProcessorHandle handle) {
        this.handle = handle;
        acts = handle.getMapState("acts", Encoders.STRING(), WebAct.ENCODER, TTLConfig.NONE());
        identified = handle.getMapState("identified", Encoders.LONG(), Encoders.STRING(), TTLConfig.NONE());
    }

    /** What follows from events of the visitor whose turn it is; of events with one id the first counts. */
    void accept(List<Event> events, List<Change> out) {
        Map<String, Event> fresh = new HashMap<>();
        for (Event event : events) {
            if (!acts.containsKey(event.id())) {
                fresh.putIfAbsent(event.id(), event);
            }
        }
        NavigableMap<Long, String> before = identified();
        NavigableMap<Long, String> after = new TreeMap<>(before);
        boolean isOther = false;
        for (Event event : fresh.values()) {
            if (event.lead() != null) {
                isOther |= !event.lead().equals(floor(before, event.timeMillis()));
                after.put(event.timeMillis(), event.lead());
                identified.updateValue(event.timeMillis(), event.lead());
            }
        }
        if (isOther) {
            moveAll(before, after, out);
        }
        for (Event event : fresh.values()) {
            WebAct act = WebAct.of(event);
            acts.updateValue(event.id(), act);
            String lead = lead(after, act.timeMillis());
            if (lead == null) {
                handle.registerTimer(act.timeMillis() + HELD_FOR_MILLIS);
            } else {
                out.add(act.by(lead));
            }
        }
    }

    /** Gives acts of earlier batches to whom they belong now. */
    private void moveAll(NavigableMap<Long, String> before, NavigableMap<Long, String> after, List<Change> out) {
        for (Iterator<WebAct> earlier = acts.values(); earlier.hasNext(); ) {
            WebAct act = earlier.next();
            String from = lead(before, act.timeMillis());
            String to = lead(after, act.timeMillis());
            if (!Objects.equals(from, to)) {
                if (from != null) {
                    out.add(act.takenFrom(from));
                }
                out.add(act.by(to));
            }
        }
    }

    /** It is the time at which acts that are still nobody's are given up. */
    void wake(long timeMillis, List<Change> out) {
        NavigableMap<Long, String> known = identified();
        for (Iterator<WebAct> all = acts.values(); all.hasNext(); ) {
            WebAct act = all.next();
            if (act.timeMillis() + HELD_FOR_MILLIS == timeMillis && lead(known, act.timeMillis()) == null) {
                out.add(Change.said(Result.deadLetter(act.record(), "held_dropped")));
            }
        }
    }

    private NavigableMap<Long, String> identified() {
        NavigableMap<Long, String> known = new TreeMap<>();
        for (Iterator<Tuple2<Long, String>> all = identified.iterator(); all.hasNext(); ) {
            Tuple2<Long, String> each = all.next();
            known.put(each._1(), each._2());
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
