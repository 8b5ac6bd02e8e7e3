package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/**
 * A record as the query reads it, from whichever topic.
 *
 * @param key whose state it changes: {@code visitor|V1}, {@code deal|D1} or {@code lead|L1}; {@code dead|} and the record if it cannot be
 *     counted
 * @param record where it stands: {@code topic/partition/offset}
 * @param reason why it cannot be counted; null if it can, and if not, all that follows is empty
 * @param id idempotency key within its visitor, deal or lead
 * @param timeMillis event time, epoch milliseconds; 0, which moves no clock, of what cannot be counted
 * @param lead the lead named; null if none is
 * @param kind of an activity; null for behaviour
 * @param owner the owner named; null if none is
 * @param stage the deal's stage named; null if none is
 * @param amountMinor amount in cents; null if none is named
 * @param rule which gives points for it; null if none does
 * @param place in which the rule counts a limited number of times; null without a rule
 */
public record Event(
        String key,
        String record,
        String reason,
        String id,
        long timeMillis,
        String lead,
        String kind,
        String owner,
        String stage,
        Long amountMinor,
        Rule rule,
        String place) {
    static final Encoder<Event> ENCODER = Records.encoder(Event.class);

    static final String OF_VISITOR = "visitor|";
    static final String OF_DEAL = "deal|";
    static final String OF_LEAD = "lead|";

    /** A record that cannot be counted. */
    static Event broken(String record, String reason) {
        return new Event(Result.DEAD + record, record, reason, null, 0, null, null, null, null, null, null, null);
    }

    boolean isBroken() {
        return reason != null;
    }

    boolean isWon() {
        return "deal_won".equals(kind);
    }

    boolean isClosing() {
        return isWon() || "deal_lost".equals(kind);
    }
}
