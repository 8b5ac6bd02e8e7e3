package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/** What one event says of a deal; null of what it does not say. */
public record Step(long timeMillis, boolean isWon, boolean isClosing, String stage, String owner, Long amountMinor) {
    static final Encoder<Step> ENCODER = Records.encoder(Step.class);

    static Step of(Event event) {
        return new Step(
                event.timeMillis(),
                event.isWon(),
                event.isClosing(),
                event.stage(),
                event.owner(),
                event.amountMinor());
    }
}
