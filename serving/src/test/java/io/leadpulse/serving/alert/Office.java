package io.leadpulse.serving.alert;

import io.leadpulse.schemas.config.AlertDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An {@link AlertPlan} with a virtual clock that ticks once a second, and with all the messages that it led to. */
final class Office {

    /** What one person got at one moment about one message id. */
    record Message(long atMillis, String recipient, String messageId, MessageKind kind, Set<String> alerts) {}

    static final Duration ENGINE_BEHIND = Duration.ofMinutes(16);

    private final AlertPlan plan;
    private final Map<Telling.Key, Telling> log = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private long nowMillis;
    private boolean muted;
    private AlertPlan.Step last;

    Office(long nowMillis) {
        this(new AlertPlan(AlertDelivery.DEFAULT, ENGINE_BEHIND), nowMillis);
    }

    private Office(AlertPlan plan, long nowMillis) {
        this.plan = plan;
        this.nowMillis = nowMillis;
    }

    /** One that has been at work for long. */
    static Office open(long nowMillis) {
        return open(nowMillis, SentLog.MATTERS);
    }

    /** The same that remembers for so long what ended. */
    static Office open(long nowMillis, Duration remembered) {
        return open(nowMillis, AlertDelivery.DEFAULT, remembered);
    }

    /** The same that tells people like this. */
    static Office open(long nowMillis, AlertDelivery policy, Duration remembered) {
        Office office = new Office(new AlertPlan(policy, ENGINE_BEHIND, remembered), nowMillis);
        office.plan.restore(List.of(), nowMillis - 30 * SalesForce.DAY);
        office.plan.caughtUp(nowMillis);
        return office;
    }

    /** One that begins now, having read these. */
    static Office first(long nowMillis, SalesForce.Alert... alerts) {
        Office office = new Office(nowMillis);
        office.put(alerts);
        office.plan.caughtUp(nowMillis);
        return office;
    }

    /** The same after a crash: a new plan that has only the log, and reads these again. */
    Office restarted(SalesForce.Alert... alerts) {
        Office office = new Office(nowMillis);
        office.plan.restore(log.values(), plan.firstCaughtUpMillis());
        office.log.putAll(log);
        office.put(alerts);
        office.plan.caughtUp(nowMillis);
        return office;
    }

    Office put(SalesForce.Alert... alerts) {
        for (SalesForce.Alert alert : alerts) {
            plan.put(alert.asCase());
        }
        return this;
    }

    Office mute(boolean now) {
        muted = now;
        return this;
    }

    /** Ticks until so much later. */
    Office after(long millis) {
        return until(nowMillis + millis, SalesForce.SECOND);
    }

    /** The same in longer steps. */
    Office until(long endMillis, long stepMillis) {
        tick();
        while (nowMillis < endMillis) {
            nowMillis = Math.min(endMillis, nowMillis + stepMillis);
            tick();
        }
        return this;
    }

    private void tick() {
        last = plan.step(nowMillis, SalesForce.at(nowMillis), muted);
        last.all().stream()
                .filter(telling -> telling.active() || telling.outcome().told())
                .filter(telling -> telling.active()
                        || telling.kind() == MessageKind.LEAD
                        || telling.kind() == MessageKind.TEAM_LEAD)
                .collect(Collectors.groupingBy(
                        telling -> telling.recipient() + '\n' + telling.messageId(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .forEach(parts -> messages.add(new Message(
                        nowMillis,
                        parts.get(0).recipient(),
                        parts.get(0).messageId(),
                        parts.get(0).kind(),
                        parts.stream()
                                .map(telling -> telling.alert()
                                        + (telling.active()
                                                ? " " + telling.severity().wireName()
                                                : " " + telling.outcome().said()))
                                .collect(Collectors.toSet()))));
        for (Telling telling : last.all()) {
            // What is written again comes last.
            log.remove(telling.key());
            log.put(telling.key(), telling);
        }
        plan.commit(last, nowMillis);
    }

    long now() {
        return nowMillis;
    }

    AlertPlan plan() {
        return plan;
    }

    AlertPlan.Step lastStep() {
        return last;
    }

    List<Message> messages() {
        return messages;
    }

    List<Telling> log() {
        return List.copyOf(log.values());
    }

    /** In words: who got what sort of message about what, in order. */
    List<String> said() {
        return messages.stream()
                .map(message -> message.recipient() + " " + message.kind().wireName() + " "
                        + (message.kind() == MessageKind.DIGEST
                                ? "of " + message.alerts().size()
                                : String.join(
                                        ", ", message.alerts().stream().sorted().toList())))
                .toList();
    }
}
