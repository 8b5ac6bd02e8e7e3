package io.leadpulse.bench.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.StatefulProcessorHandle;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.ValueState;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * What a deal adds to the sums of days, and its alerts. Deals are short: with each batch and timer all is read anew from what is known,
 * so that late facts correct or withdraw what was said.
 */
final class Deals {
    private static final Map<String, Integer> LIMIT_BUSINESS_DAYS =
            Map.of("meeting", 7, "demo", 7, "offer", 10, "negotiation", 14);
    private static final double ESCALATED_AT = 1.5;

    private final StatefulProcessorHandle handle;
    private final BusinessHours hours;
    private final Map<String, String> teams;
    private final MapState<String, Step> steps;
    private final ValueState<Sale> sold;
    private final MapState<String, Alert> told;

    /** From the step with which a stage began to that with which it ended; {@code Long.MAX_VALUE} if it has not. */
    private record Stay(String stage, long enteredMillis, long leftMillis) {}

    Deals(StatefulProcessorHandle handle, Task task) {
        this.handle = handle;
        hours = task.hours();
        teams = task.teams();
        steps = handle.getMapState("steps", Encoders.STRING(), Step.ENCODER, TTLConfig.NONE());
        sold = handle.getValueState("sold", Sale.ENCODER, TTLConfig.NONE());
        told = handle.getMapState("told", Encoders.STRING(), Alert.ENCODER, TTLConfig.NONE());
    }

    /** What follows from events of a deal, as of a time; of events with one id the first counts. */
    void accept(String deal, List<Event> events, long nowMillis, List<Change> out) {
        Set<String> leads = new HashSet<>();
        for (Event event : events) {
            if (!steps.containsKey(event.id())) {
                steps.updateValue(event.id(), Step.of(event));
                leads.add(event.lead());
            }
        }
        if (!leads.isEmpty()) {
            leads.forEach(lead -> out.add(Change.known(lead)));
            List<Step> known = known();
            sell(known, out);
            warn(deal, known, nowMillis, out);
        }
    }

    /** Time has come to where something may follow without an event. */
    void wake(String deal, long nowMillis, List<Change> out) {
        warn(deal, known(), nowMillis, out);
    }

    private List<Step> known() {
        List<Step> known = new ArrayList<>();
        for (Iterator<Step> all = steps.values(); all.hasNext(); ) {
            known.add(all.next());
        }
        known.sort(Comparator.comparingLong(Step::timeMillis));
        return known;
    }

    /** A won deal counts on the day on which it was won, for whose it was then, with the newest amount. */
    private void sell(List<Step> known, List<Change> out) {
        Step won = null;
        long amountMinor = 0;
        for (Step step : known) {
            won = step.isWon() ? step : won;
            amountMinor = step.amountMinor() == null ? amountMinor : step.amountMinor();
        }
        if (won == null) {
            return;
        }
        Sale now = new Sale(ownerAt(known, won.timeMillis()), hours.day(won.timeMillis()), amountMinor);
        Sale before = sold.get();
        if (!now.equals(before)) {
            sold.update(now);
            tell(before, now, out);
        }
    }

    private void tell(Sale before, Sale now, List<Change> out) {
        if (before != null) {
            scopes(before).forEach(scope -> out.add(Change.sale(scope, -1, before.amountMinor())));
        }
        scopes(now).forEach(scope -> out.add(Change.sale(scope, 1, now.amountMinor())));
    }

    private List<String> scopes(Sale sale) {
        String day = '|' + sale.day();
        return sale.owner() == null
                ? List.of("company" + day)
                : List.of("company" + day, "team:" + teams.get(sale.owner()) + day, "rep:" + sale.owner() + day);
    }

    private void warn(String deal, List<Step> known, long nowMillis, List<Change> out) {
        Map<String, Alert> alerts = new HashMap<>();
        Set<Long> awaited = new HashSet<>();
        for (Stay stay : stays(known)) {
            Alert alert = alert(stay, known, nowMillis, awaited);
            if (alert != null) {
                alerts.put(stay.stage() + '|' + stay.enteredMillis(), alert);
            }
        }
        wakeAt(awaited);
        Map<String, Alert> before = new HashMap<>();
        for (Iterator<Tuple2<String, Alert>> all = told.iterator(); all.hasNext(); ) {
            Tuple2<String, Alert> each = all.next();
            before.put(each._1(), each._2());
        }
        Set<String> stays = new HashSet<>(before.keySet());
        stays.addAll(alerts.keySet());
        for (String stay : stays) {
            Alert alert = alerts.get(stay);
            if (!Objects.equals(alert, before.get(stay))) {
                if (alert == null) {
                    told.removeKey(stay);
                } else {
                    told.updateValue(stay, alert);
                }
                out.add(Change.said(Result.stuck(deal, stay, alert)));
            }
        }
    }

    /** Spark complains when a timer is set twice. */
    private void wakeAt(Set<Long> awaited) {
        if (!awaited.isEmpty()) {
            for (Iterator<Object> set = handle.listTimers(); set.hasNext(); ) {
                awaited.remove(set.next());
            }
            awaited.forEach(handle::registerTimer);
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

    /** The alert of a stay as far as time has come; null if there is none yet. What comes next is awaited. */
    private Alert alert(Stay stay, List<Step> steps, long nowMillis, Set<Long> awaited) {
        int limit = LIMIT_BUSINESS_DAYS.get(stay.stage());
        long raisedMillis = hours.due(stay.enteredMillis(), limit);
        if (raisedMillis >= stay.leftMillis() || !hasCome(raisedMillis, nowMillis, awaited)) {
            return null;
        }
        long escalatedMillis = hours.due(stay.enteredMillis(), limit * ESCALATED_AT);
        boolean isEscalated = escalatedMillis < stay.leftMillis() && hasCome(escalatedMillis, nowMillis, awaited);
        boolean isLeft = stay.leftMillis() != Long.MAX_VALUE && hasCome(stay.leftMillis(), nowMillis, awaited);
        return new Alert(
                ownerAt(steps, raisedMillis),
                raisedMillis,
                isEscalated ? (Long) escalatedMillis : null,
                isLeft ? (Long) stay.leftMillis() : null);
    }

    private static boolean hasCome(long timeMillis, long nowMillis, Set<Long> awaited) {
        if (timeMillis > nowMillis) {
            awaited.add(timeMillis);
            return false;
        }
        return true;
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
