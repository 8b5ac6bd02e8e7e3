package io.leadpulse.bench.jet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;

/** A result in the neutral form of TASK.md, as it is written to Kafka. */
record Result(String key, String value) {
    private static final ObjectWriter JSON = new ObjectMapper().writer();

    private record Score(@JsonProperty("as_of") long asOfMillis, double score, String band) {}

    private record DaySum(
            @JsonProperty("won_amount_minor") long amountMinor,
            @JsonProperty("won_count") long count) {}

    private record Stuck(
            String owner,
            @JsonProperty("raised") long raisedMillis,
            @JsonProperty("escalated") Long escalatedMillis,
            @JsonProperty("left") Long leftMillis) {}

    private record DeadLetter(String reason) {}

    static Result score(String lead, long asOfMillis, double score, String band) {
        return of("score|" + lead, new Score(asOfMillis, score, band));
    }

    static Result sales(String scopeAndDay, long amountMinor, long count) {
        return of("sales|" + scopeAndDay, new DaySum(amountMinor, count));
    }

    /** An alert of a deal; null if it turned out not to be one. */
    static Result stuck(String deal, Deal.Stay stay, Deal.Alert alertOrNull) {
        return of(
                "stuck|" + deal + '|' + stay.stage() + '|' + stay.enteredMillis(),
                alertOrNull == null
                        ? null
                        : new Stuck(
                                alertOrNull.owner(),
                                alertOrNull.raisedMillis(),
                                timeOrNull(alertOrNull.escalatedMillis()),
                                timeOrNull(alertOrNull.leftMillis())));
    }

    static Result deadLetter(String record, String reason) {
        return of("dead|" + record, new DeadLetter(reason));
    }

    private static Long timeOrNull(long millis) {
        return millis == KeyedVertex.NEVER ? null : (Long) millis;
    }

    private static Result of(String key, Object value) {
        try {
            return new Result(key, JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("numbers and texts can be written", e);
        }
    }
}
