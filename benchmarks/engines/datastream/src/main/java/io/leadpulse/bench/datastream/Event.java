package io.leadpulse.bench.datastream;

/**
 * A record as the job reads it, from whichever topic.
 *
 * @param record where it stands: {@code topic/partition/offset}
 * @param reason why it cannot be counted; null if it can, and if not, all that follows is empty
 * @param id idempotency key within its visitor, deal or lead
 * @param timeMillis event time, epoch milliseconds
 * @param lead the lead named; null if none is
 * @param visitor the visitor; null for activities
 * @param deal the deal; null for what is not said of one
 * @param kind of an activity; null for behaviour
 * @param owner the owner named; null if none is
 * @param stage the deal's stage named; null if none is
 * @param amountMinor amount in cents; null if none is named
 * @param rule which gives points for it; null if none does
 * @param place in which the rule counts a limited number of times; null without a rule
 */
public record Event(
        String record,
        String reason,
        String id,
        long timeMillis,
        String lead,
        String visitor,
        String deal,
        String kind,
        String owner,
        String stage,
        Long amountMinor,
        Rule rule,
        String place) {

    /** A record that cannot be counted. */
    static Event broken(String record, String reason) {
        return new Event(record, reason, null, Long.MIN_VALUE, null, null, null, null, null, null, null, null, null);
    }

    boolean isBroken() {
        return reason != null;
    }

    boolean isOfDeal() {
        return deal != null;
    }

    boolean isOfVisitor() {
        return visitor != null;
    }

    boolean isWon() {
        return "deal_won".equals(kind);
    }

    boolean isClosing() {
        return isWon() || "deal_lost".equals(kind);
    }

    /** What no other event has; a repeated one has the same. */
    String identity() {
        return (isOfDeal() ? "deal/" + deal : isOfVisitor() ? "visitor/" + visitor : "lead/" + lead) + '/' + id;
    }
}
