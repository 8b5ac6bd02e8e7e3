package io.leadpulse.schemas.result;

import java.util.List;

/**
 * Everything that is known of one lead as of a time ({@code lead.profiles.v1}, key: the lead). Flat on the wire, in
 * parts here, because nobody can count fifty positions. Times are epoch milliseconds, null when there is none.
 *
 * @param lead lead id
 * @param owner rep who owns it; null when nobody does
 * @param status new, working, nurture, qualified, disqualified or customer
 * @param direction inbound, outbound or unknown: who made the first contact
 * @param score the score and what explains it
 * @param milestones what it has become, and when
 * @param contacts contact with it
 * @param stage stage in which its clock runs; null when none does
 * @param stageSinceMillis since when it is in that stage
 * @param deals its deals together
 * @param touches first and last campaign touch
 * @param asOfMillis the time for which all this is true, epoch milliseconds
 */
public record LeadProfile(
        String lead,
        String owner,
        String status,
        String direction,
        Score score,
        Milestones milestones,
        Contacts contacts,
        String stage,
        Long stageSinceMillis,
        Deals deals,
        Touches touches,
        long asOfMillis) {

    /**
     * The score.
     *
     * @param score sum of the clamped groups, 0 to 100
     * @param rawScore the same without the clamp of the total
     * @param band cold, warm or hot
     * @param fit the part that attributes give
     * @param interest the part that acts give
     * @param groups the groups in the order of the rules
     * @param momentum24h change of the raw score in 24 hours
     * @param momentum7d change of the raw score in 7 days
     */
    public record Score(
            double score,
            double rawScore,
            String band,
            double fit,
            double interest,
            List<GroupPoints> groups,
            double momentum24h,
            double momentum7d) {}

    /**
     * What the lead has become.
     *
     * @param createdMillis when it was created
     * @param marketingQualifiedMillis when its score reached the threshold, or it raised its hand
     * @param marketingQualifiedBy idempotency key of the event that did it
     * @param acceptedMillis when sales took it
     * @param rejectedMillis when sales gave it back or disqualified it
     * @param rejectedReason why
     * @param salesQualifiedMillis when its status became qualified or it got a deal
     */
    public record Milestones(
            Long createdMillis,
            Long marketingQualifiedMillis,
            String marketingQualifiedBy,
            Long acceptedMillis,
            Long rejectedMillis,
            String rejectedReason,
            Long salesQualifiedMillis) {}

    /**
     * Contact with the lead.
     *
     * @param firstContactMillis when it was first contacted by a person
     * @param firstContactBusinessSeconds working time until then, seconds
     * @param lastContactMillis latest attempt or inbound message
     * @param lastContactKind kind of that event, as on the wire
     * @param lastContactTwoWay whether it was a conversation, a reply or a meeting
     * @param nextPlannedMillis when the next planned meeting or task is due
     * @param nextPlannedKind kind of the event that planned it
     * @param replyOwedSinceMillis since when the lead waits for an answer; null when none is owed
     */
    public record Contacts(
            Long firstContactMillis,
            Long firstContactBusinessSeconds,
            Long lastContactMillis,
            String lastContactKind,
            Boolean lastContactTwoWay,
            Long nextPlannedMillis,
            String nextPlannedKind,
            Long replyOwedSinceMillis) {}

    /**
     * The lead's deals; amounts in minor units.
     *
     * @param open number of open deals
     * @param openAmountMinor their amount, as far as it is known
     * @param won number of won deals
     * @param wonAmountMinor their amount
     * @param lost number of lost deals
     */
    public record Deals(long open, long openAmountMinor, long won, long wonAmountMinor, long lost) {}

    /** First and last campaign touch; null where nothing is known. */
    public record Touches(String firstCampaign, String firstChannel, String lastCampaign, String lastChannel) {}
}
