package io.leadpulse.bench.plain;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A deal: what was said of it, by time, and what has been said of it. Deals are short, so all is read anew at every change. */
final class Deal {
    private static final long NEVER = Lead.NEVER;
    /** Thousandths of a business day. */
    private static final Map<String, Long> LIMITS =
            Map.of("meeting", 7_000L, "demo", 7_000L, "offer", 10_000L, "negotiation", 14_000L);

    final String id;
    /** Whether something is to be said of it. */
    boolean changed;
    /** When it is to be looked at although nothing happens, epoch milliseconds. */
    long wakeMillis = NEVER;
    /** The sale that is in the sums; null for none. */
    Sale sold;
    /** The alerts that were said, by stage and time of entry. */
    Map<String, Alert> told = Map.of();

    private final List<Step> steps = new ArrayList<>();

    /** A won deal. */
    record Sale(String owner, long wonMillis, long amountMinor) {}

    /** The life of an alert; times in epoch milliseconds, {@link Lead#NEVER} for not yet. */
    record Alert(String owner, long raisedMillis, long escalatedMillis, long leftMillis) {}

    /** What one event said. */
    private record Step(EventKind kind, long timeMillis, String stage, String owner, Long amountMinor) {
        boolean isClosing() {
            return kind == EventKind.DEAL_WON || kind == EventKind.DEAL_LOST;
        }
    }

    Deal(String id) {
        this.id = id;
    }

    /** Takes in an event, late or not. */
    void add(SalesEvent event) {
        int at = steps.size();
        while (at > 0 && steps.get(at - 1).timeMillis() > event.timeMillis()) {
            at--;
        }
        steps.add(at, new Step(event.kind(), event.timeMillis(), event.stage(), event.owner(), event.amountMinor()));
    }

    /** The sale, if it is won; with the newest amount. */
    Sale sale() {
        Step won = null;
        long amountMinor = 0;
        for (Step step : steps) {
            if (step.kind() == EventKind.DEAL_WON) {
                won = step;
            }
            if (step.amountMinor() != null) {
                amountMinor = step.amountMinor();
            }
        }
        return won == null ? null : new Sale(ownerAt(won.timeMillis()), won.timeMillis(), amountMinor);
    }

    /** The alerts as far as time has come; says also when the next comes. */
    Map<String, Alert> alerts(BusinessCalendar calendar, long nowMillis) {
        Map<String, Alert> alerts = new TreeMap<>();
        wakeMillis = NEVER;
        String stage = null;
        long enteredMillis = 0;
        for (Step step : steps) {
            if (step.isClosing() || step.stage() != null) {
                if (stage != null) {
                    stay(alerts, calendar, stage, enteredMillis, step.timeMillis(), nowMillis);
                }
                stage = step.isClosing() ? null : step.stage();
                enteredMillis = step.timeMillis();
            }
        }
        if (stage != null) {
            stay(alerts, calendar, stage, enteredMillis, NEVER, nowMillis);
        }
        return alerts;
    }

    private void stay(
            Map<String, Alert> alerts,
            BusinessCalendar calendar,
            String stage,
            long enteredMillis,
            long leftMillis,
            long nowMillis) {
        long limit = LIMITS.get(stage);
        long raisedMillis = step(calendar.dueAfterBusinessDays(enteredMillis, limit), leftMillis, nowMillis);
        if (raisedMillis == NEVER) {
            return;
        }
        long escalatedMillis = step(calendar.dueAfterBusinessDays(enteredMillis, limit * 3 / 2), leftMillis, nowMillis);
        // Nothing is said of a leaving before time has come to it.
        long endedMillis = leftMillis <= nowMillis ? leftMillis : NEVER;
        if (leftMillis != NEVER && endedMillis == NEVER) {
            wakeMillis = Math.min(wakeMillis, leftMillis);
        }
        alerts.put(
                stage + '|' + enteredMillis,
                new Alert(ownerAt(raisedMillis), raisedMillis, escalatedMillis, endedMillis));
    }

    /** The time, if it has come and the deal was still there; wakes for it, if it has not come. */
    private long step(long dueMillis, long leftMillis, long nowMillis) {
        if (dueMillis >= leftMillis) {
            return NEVER;
        }
        if (dueMillis > nowMillis) {
            wakeMillis = Math.min(wakeMillis, dueMillis);
            return NEVER;
        }
        return dueMillis;
    }

    private String ownerAt(long atMillis) {
        String owner = null;
        for (Step step : steps) {
            if (step.owner() != null && step.timeMillis() <= atMillis) {
                owner = step.owner();
            }
        }
        return owner;
    }
}
