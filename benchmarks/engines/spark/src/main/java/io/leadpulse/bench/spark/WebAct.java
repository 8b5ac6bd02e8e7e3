package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/** What a visitor did, as long as it may change hands. */
public record WebAct(String record, Rule rule, String place, long timeMillis) {
    static final Encoder<WebAct> ENCODER = Records.encoder(WebAct.class);

    static WebAct of(Event event) {
        return new WebAct(event.record(), event.rule(), event.place(), event.timeMillis());
    }

    Change by(String lead) {
        return Change.by(lead, rule, place, timeMillis);
    }

    Change takenFrom(String lead) {
        return Change.takenFrom(lead, rule, place, timeMillis);
    }
}
