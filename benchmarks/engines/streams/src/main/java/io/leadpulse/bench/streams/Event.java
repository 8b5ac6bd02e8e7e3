package io.leadpulse.bench.streams;

/**
 * A record as it was read: what happened, or why it does not count.
 *
 * @param refusal reason of the dead letter; null if it counts, else all others are empty
 * @param id identifies it within its lead, deal or visitor
 * @param timeMillis event time, epoch milliseconds
 * @param lead the lead that it names; null if none
 * @param visitor who did it on the web; null for anything else
 * @param rule what it gives points by; null if it gives none
 * @param within in what the rule counts it a limited number of times
 * @param deal the deal of which it speaks; null if of none
 * @param step what it says of the deal; null if of none
 */
record Event(
        String refusal,
        String id,
        long timeMillis,
        String lead,
        String visitor,
        Rule rule,
        String within,
        String deal,
        Deal.Step step) {

    /** A record that does not count. */
    static Event refused(String reason) {
        return new Event(reason, null, 0, null, null, null, "", null, null);
    }
}
