package io.leadpulse.bench.datastream;

/** What a visitor did, as long as it may change hands. */
public record WebAct(String record, Rule rule, String place, long timeMillis) {
    static WebAct of(Event event) {
        return new WebAct(event.record(), event.rule(), event.place(), event.timeMillis());
    }

    LeadAct by(String lead) {
        return new LeadAct(lead, rule, place, timeMillis, false);
    }

    LeadAct takenFrom(String lead) {
        return new LeadAct(lead, rule, place, timeMillis, true);
    }
}
