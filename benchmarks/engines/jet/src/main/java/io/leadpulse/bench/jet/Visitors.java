package io.leadpulse.bench.jet;

/**
 * Keeps whose acts of visitors are; repeated ones are passed over. An identification that comes late takes acts from one lead and gives
 * them to another. What is nobody's 60 days after its time is a dead letter.
 */
final class Visitors extends KeyedVertex<Event.WebAct, Visitor> {
    static final int RESULTS = 0;
    static final int LEADS = 1;

    @Override
    String key(Event.WebAct act) {
        return act.visitor();
    }

    @Override
    Visitor fresh() {
        return new Visitor();
    }

    @Override
    void accept(String key, Visitor visitor, Event.WebAct act) {
        visitor.accept(act, each -> emit(LEADS, each));
    }

    @Override
    void wake(String key, Visitor visitor) {
        for (Event.WebAct each : visitor.giveUp(nowMillis())) {
            emit(RESULTS, Result.deadLetter(each.record(), "held_dropped"));
        }
    }

    @Override
    void say(String key, Visitor visitor) {
        throw new IllegalStateException("what visitors do is told at once");
    }
}
