package io.leadpulse.domain.alert;

import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Builds the life of an alert, and reads it at a watermark. Whole lives are computed from the facts as they stand,
 * steps ahead of the watermark included; {@link #asOf} gives what may be told, {@link #nextAfter} when to look again.
 */
public final class AlertLife {

    /** No step is ahead. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<AlertTransition> BY_TIME =
            Comparator.comparingLong(AlertTransition::atMillis).thenComparing(AlertTransition::kind);

    private final long endMillis;
    private final List<AlertTransition> transitions = new ArrayList<>();

    /** A life that ends with its cause at {@code endMillis}, or {@link #NEVER}. */
    AlertLife(long endMillis) {
        this.endMillis = endMillis;
    }

    /** Raises if the cause still stands then. */
    void raise(long atMillis) {
        if (atMillis < endMillis) {
            transitions.add(new AlertTransition(AlertState.RAISED, atMillis));
        }
    }

    /** Escalates if it was raised and the cause still stands then; not before the raise. */
    void escalate(long atMillis) {
        if (!transitions.isEmpty() && atMillis < endMillis) {
            long raisedMillis = transitions.get(0).atMillis();
            transitions.add(new AlertTransition(AlertState.ESCALATED, Math.max(raisedMillis, atMillis)));
        }
    }

    /** Whether it was raised: else there is no alert. */
    boolean isRaised() {
        return !transitions.isEmpty();
    }

    /** The alert; null if it was never raised. */
    Alert alert(
            String lead,
            String deal,
            AlertCause cause,
            String stage,
            long enteredMillis,
            long limitMilliDays,
            long limitMillis,
            long dueMillis,
            List<Ownership> owners) {
        // Most causes end in time, and an id costs more than all the rest of an alert.
        if (!isRaised()) {
            return null;
        }
        return alert(
                Alert.idOf(lead, deal, cause, stage, enteredMillis),
                lead,
                deal,
                cause,
                stage,
                null,
                enteredMillis,
                limitMilliDays,
                limitMillis,
                dueMillis,
                owners);
    }

    /** The same with an id of its own, and with what it is about. */
    Alert alert(
            String id,
            String lead,
            String deal,
            AlertCause cause,
            String stage,
            String about,
            long enteredMillis,
            long limitMilliDays,
            long limitMillis,
            long dueMillis,
            List<Ownership> owners) {
        if (!isRaised()) {
            return null;
        }
        if (endMillis != NEVER) {
            transitions.add(new AlertTransition(AlertState.RESOLVED, endMillis));
        }
        return new Alert(
                id,
                lead,
                deal,
                cause,
                stage,
                about,
                enteredMillis,
                limitMilliDays,
                limitMillis,
                dueMillis,
                Ownership.at(owners, transitions.get(0).atMillis()),
                transitions.get(transitions.size() - 1).kind(),
                transitions,
                Map.of());
    }

    /** As {@link #withActs(List, Map, List)}, where every alert has had but one id. */
    public static List<Alert> withActs(List<Alert> alerts, List<Fact> facts) {
        return withActs(alerts, Map.of(), facts);
    }

    /**
     * Adds what people did with the alerts: snoozes and handlings that name an alert and lie within its life (from the
     * raise, before the end of its cause). Others are ignored: there was nothing to snooze. Neither changes the steps
     * of the clock; an alert that escalates after it was snoozed or handled stands as escalated.
     *
     * @param alerts whole lives
     * @param formerIds by the id of an alert those under which an act may mean it, too; of others an alert may be absent
     * @param facts the lead's facts, one per id, in any order
     */
    public static List<Alert> withActs(List<Alert> alerts, Map<String, List<String>> formerIds, List<Fact> facts) {
        List<Fact> acts = new ArrayList<>();
        for (Fact fact : facts) {
            boolean act = fact.kind() == EventKind.ALERT_SNOOZED || fact.kind() == EventKind.ALERT_HANDLED;
            if (act && fact.alert() != null) {
                acts.add(fact);
            }
        }
        if (acts.isEmpty()) {
            return alerts;
        }
        acts.sort(Fact.CANONICAL_ORDER);
        List<Alert> acted = new ArrayList<>(alerts.size());
        for (Alert alert : alerts) {
            acted.add(withActs(alert, formerIds.getOrDefault(alert.id(), List.of()), acts));
        }
        return acted;
    }

    private static Alert withActs(Alert alert, List<String> formerIds, List<Fact> acts) {
        List<AlertTransition> life = new ArrayList<>(alert.transitions());
        for (Fact act : acts) {
            boolean within = act.timeMillis() >= alert.raisedMillis() && act.timeMillis() < alert.resolvedMillis();
            boolean isMeant = act.alert().equals(alert.id()) || formerIds.contains(act.alert());
            if (!within || !isMeant) {
                continue;
            }
            if (act.kind() == EventKind.ALERT_SNOOZED) {
                long untilMillis = act.dueMillis() == Fact.NO_TIME ? AlertTransition.NO_TIME : act.dueMillis();
                life.add(new AlertTransition(AlertState.SNOOZED, act.timeMillis(), untilMillis));
            } else {
                life.add(new AlertTransition(AlertState.HANDLED, act.timeMillis()));
            }
        }
        life.sort(BY_TIME);
        return alert.with(life);
    }

    /**
     * What may be told of these alerts once the watermark has passed {@code watermarkMillis}: the steps not later than
     * it; an alert not yet raised is left out.
     *
     * @param alerts whole lives
     */
    public static List<Alert> asOf(List<Alert> alerts, long watermarkMillis) {
        List<Alert> told = new ArrayList<>(alerts.size());
        for (Alert alert : alerts) {
            int steps = 0;
            while (steps < alert.transitions().size()
                    && alert.transitions().get(steps).atMillis() <= watermarkMillis) {
                steps++;
            }
            if (steps == alert.transitions().size()) {
                told.add(alert);
            } else if (steps > 0) {
                told.add(alert.with(new ArrayList<>(alert.transitions().subList(0, steps))));
            }
        }
        return told;
    }

    /**
     * The first step of these alerts later than {@code watermarkMillis}, or {@link #NEVER}: when to look again if
     * nothing comes in between.
     *
     * @param alerts whole lives
     */
    public static long nextAfter(List<Alert> alerts, long watermarkMillis) {
        long next = NEVER;
        for (Alert alert : alerts) {
            for (AlertTransition step : alert.transitions()) {
                if (step.atMillis() > watermarkMillis) {
                    next = Math.min(next, step.atMillis());
                    break;
                }
            }
        }
        return next;
    }
}
