package io.leadpulse.bench.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import org.apache.spark.sql.Encoder;

/** A result in the neutral form of TASK.md; its components are columns of Spark's sink. */
public record Result(String key, String value) {
    static final Encoder<Result> ENCODER = Records.encoder(Result.class);

    static final String SCORE = "score|";
    static final String SALES = "sales|";
    static final String DEAD = "dead|";

    private static final String STUCK = "stuck|";
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Score(@JsonProperty("as_of") long asOfMillis, double score, String band) {}

    private record DaySum(
            @JsonProperty("won_amount_minor") long amountMinor,
            @JsonProperty("won_count") long count) {}

    private record DeadLetter(String reason) {}

    static Result score(String key, long asOfMillis, double score, String band) {
        return of(key, new Score(asOfMillis, score, band));
    }

    static Result sales(String key, long amountMinor, long count) {
        return of(key, new DaySum(amountMinor, count));
    }

    /**
     * An alert of a deal.
     *
     * @param stay {@code stage|when it was entered, epoch milliseconds}
     * @param alert its life; null if it turned out not to be one
     */
    static Result stuck(String deal, String stay, Alert alert) {
        return of(STUCK + deal + '|' + stay, alert);
    }

    static Result deadLetter(String record, String reason) {
        return of(DEAD + record, new DeadLetter(reason));
    }

    private static Result of(String key, Object value) {
        try {
            return new Result(key, JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("numbers and texts can be written", e);
        }
    }
}
