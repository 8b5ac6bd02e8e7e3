package io.leadpulse.schemas.result;

import java.util.List;
import java.util.Map;

/**
 * One alert with its whole life ({@code lead.alerts.v1}, key: the alert). The same cause has the same id for ever, so it
 * is never told twice.
 *
 * @param alert alert id, a hash of the cause
 * @param cause what is wrong, such as {@code stuck}
 * @param scope whose alert it is where it is not of one lead ({@code company}, {@code team:north}); null otherwise
 * @param lead lead; null where it is not of one lead
 * @param deal deal; null where it is not of one deal
 * @param owner rep to be told; null when nobody owns it
 * @param stage stage it is about; null when it is about none
 * @param sinceMillis since when the cause holds (entry into the stage), epoch milliseconds
 * @param limit the limit in words, such as {@code 7 business days}
 * @param state raised, escalated, snoozed, handled, resolved or withdrawn: the last transition
 * @param severity warning or critical
 * @param transitions all transitions in order of time
 * @param details more about it by name, such as the named causes of a fall-off; empty when there is none
 * @param asOfMillis when this was so, epoch milliseconds
 */
public record AlertRecord(
        String alert,
        String cause,
        String scope,
        String lead,
        String deal,
        String owner,
        String stage,
        long sinceMillis,
        String limit,
        String state,
        String severity,
        List<Transition> transitions,
        Map<String, String> details,
        long asOfMillis) {

    /**
     * One step of an alert's life.
     *
     * @param state raised, escalated, snoozed, handled, resolved or withdrawn
     * @param timeMillis event time at which it happened, epoch milliseconds
     * @param severity warning or critical, from then on
     * @param reason why it was withdrawn: {@code corrected}, or {@code merged} because leads were merged or taken apart; null of
     *     other steps, whose reason is the cause
     */
    public record Transition(String state, long timeMillis, String severity, String reason) {}
}
