package io.leadpulse.bench.jet;

/** Keeps the scores of leads; repeated activities are passed over. */
final class Leads extends KeyedVertex<Event.OfLead, Lead> {
    static final int RESULTS = 0;

    @Override
    String key(Event.OfLead said) {
        return said.lead();
    }

    @Override
    Lead fresh() {
        return new Lead();
    }

    @Override
    void accept(String key, Lead lead, Event.OfLead said) {
        if (lead.accept(said)) {
            change(key);
        }
    }

    @Override
    void say(String key, Lead lead) {
        long atMillis = Math.max(nowMillis(), lead.latestMillis());
        emit(RESULTS, Result.score(key, atMillis, lead.scoreAt(atMillis), lead.bandAt(atMillis)));
        lead.said(atMillis);
    }
}
