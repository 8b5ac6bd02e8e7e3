package io.leadpulse.bench.datastream;

/**
 * What is done by a lead, or taken back because it was another's.
 *
 * @param rule which gives points for it; null if none does
 * @param place in which the rule counts a limited number of times; null without a rule
 * @param timeMillis when, epoch milliseconds
 * @param isTakenBack whether it was the lead's so far and is not any more
 */
public record LeadAct(String lead, Rule rule, String place, long timeMillis, boolean isTakenBack) {
    /** What names its lead itself. */
    static LeadAct of(Event event) {
        return new LeadAct(event.lead(), event.rule(), event.place(), event.timeMillis(), false);
    }
}
