package io.leadpulse.bench.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.spark.sql.Encoder;

/**
 * The life of an alert that a deal is stuck.
 *
 * @param owner whose it was when raised; null for nobody's
 * @param raisedMillis epoch milliseconds
 * @param escalatedMillis epoch milliseconds; null if it was not
 * @param leftMillis when the deal left the stage, epoch milliseconds; null if it has not
 */
public record Alert(
        String owner,
        @JsonProperty("raised") long raisedMillis,
        @JsonProperty("escalated") Long escalatedMillis,
        @JsonProperty("left") Long leftMillis) {
    static final Encoder<Alert> ENCODER = Records.encoder(Alert.class);
}
