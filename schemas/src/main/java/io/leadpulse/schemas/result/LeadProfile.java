package io.leadpulse.schemas.result;

import java.util.List;
import java.util.Map;

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
 * @param touches first and last campaign touch, and by what it came in
 * @param work what is wanted of us, and who is to do it
 * @param dealList its deals one by one, open ones first, then by the latest opened; at most {@link #MAX_DEALS}
 * @param behaviour what it did by itself, and what happened with it
 * @param identity whether it is one record, several, or none any more
 * @param traits what the win probability knows of it beside its stage: values by attribute
 * @param outcome how it ended; null while it has not
 * @param candidate what the candidate rules say of it; null while there are none
 * @param organisation the organisation of which it is the contact; null for a contact of whom none is known
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
        Work work,
        List<DealState> dealList,
        Behaviour behaviour,
        Identity identity,
        Map<String, String> traits,
        Outcome outcome,
        Candidate candidate,
        String organisation,
        long asOfMillis) {

    /** Deals that a profile lists at most; {@link Deals} counts all. */
    public static final int MAX_DEALS = 50;

    /** A contact of whom no organisation is known. */
    public LeadProfile(
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
            Work work,
            List<DealState> dealList,
            Behaviour behaviour,
            Identity identity,
            Map<String, String> traits,
            Outcome outcome,
            Candidate candidate,
            long asOfMillis) {
        this(
                lead,
                owner,
                status,
                direction,
                score,
                milestones,
                contacts,
                stage,
                stageSinceMillis,
                deals,
                touches,
                work,
                dealList,
                behaviour,
                identity,
                traits,
                outcome,
                candidate,
                null,
                asOfMillis);
    }

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

    /**
     * First and last campaign touch, and by what the lead came in; null where nothing is known.
     *
     * @param landingPage the first page that it saw, as far as pages are told apart: {@code /blog}
     * @param firstForm the first form that it sent
     * @param firstAsset the first asset that it took
     */
    public record Touches(
            String firstCampaign,
            String firstChannel,
            String lastCampaign,
            String lastChannel,
            String landingPage,
            String firstForm,
            String firstAsset) {

        /** Nothing is known. */
        public static final Touches NONE = new Touches(null, null, null, null, null, null, null);
    }

    /**
     * What the lead did by itself, and what happened with it; all up to {@link LeadProfile#asOfMillis}. The counts of the
     * last 24 hours, 7 and 30 days are those of that time: a lead is published again when one of them changes with time.
     *
     * @param acts what it did at least once, in the order of {@code domain.behaviour.Act}
     * @param journey the newest steps, in order of time
     * @param journeyEarlier how many steps came before these
     * @param products decayed points by product, by name
     * @param answers how often it answered
     * @param answerHour hour of the day, 0 to 23, at which it usually answers; null while it answered too seldom
     * @param projectEndEpochDay day on which its own project is to end, days since 1970-01-01; null when not said
     */
    public record Behaviour(
            List<ActCount> acts,
            List<Step> journey,
            long journeyEarlier,
            List<ProductPoints> products,
            long answers,
            Long answerHour,
            Long projectEndEpochDay) {

        /** Nothing is known. */
        public static final Behaviour NONE = new Behaviour(List.of(), List.of(), 0, List.of(), 0, null, null);
    }

    /**
     * How often it did something.
     *
     * @param act what, such as {@code web_visit}
     * @param last24h how often in the last 24 hours
     * @param last7d in the last 7 days of 24 hours
     * @param last30d in the last 30 days of 24 hours
     * @param inAll in all
     * @param latestMillis when last
     */
    public record ActCount(String act, long last24h, long last7d, long last30d, long inAll, long latestMillis) {}

    /**
     * One step of the journey.
     *
     * @param atMillis when
     * @param type touch, message or stage
     * @param kind kind of the event, as on the wire; of a stage its name, or won or lost
     * @param about campaign or channel, deal, product or asset; null when not given
     */
    public record Step(long atMillis, String type, String kind, String about) {}

    /** Decayed points that name a product, not clamped. */
    public record ProductPoints(String product, double points) {}

    /**
     * What is wanted of us, and who is to do it.
     *
     * @param team team of the owner; null when it has none
     * @param product product of the newest deal that names one, else that of the most and then latest acts; null when none
     *     was named
     * @param handRaisedMillis when it asked to be contacted, of the latest such act; null when it never did
     * @param unassignedSinceMillis since when nobody owns it although it is to be worked on; null when that is not so
     * @param nextStep configured text of what to do next, by what is wrong and the stage; null when there is none
     */
    public record Work(
            String team, String product, Long handRaisedMillis, Long unassignedSinceMillis, String nextStep) {}

    /**
     * Whether it is one record, several, or none any more.
     *
     * @param mergedInto the lead under which it stands now, and which has all that was said of it; null when it stands on
     *     its own
     * @param merged the leads that were merged into it, in the order of their ids
     * @param deletedMillis since when it is deleted; null when it is not
     */
    public record Identity(String mergedInto, List<String> merged, Long deletedMillis) {
        /** One record. */
        public static final Identity ONE = new Identity(null, List.of(), null);
    }

    /**
     * One deal of the lead.
     *
     * @param deal deal id
     * @param state open, won or lost
     * @param stage stage in which it is, or was last; null when none was ever named
     * @param stageSinceMillis since when; null when none was ever named
     * @param stageDueMillis when the limit of the stage is reached, in the past too; null when the deal is closed or the
     *     stage has no limit
     * @param stageLimit that limit in words, such as {@code 7 business days}; null as above
     * @param owner rep who owns it; null when nobody does
     * @param team team of the owner; null when he has none
     * @param product product; null when none was named
     * @param amountMinor amount in minor units; null when none was said
     * @param openedMillis when it was opened
     * @param closedMillis when it was won or lost; null while it is open
     * @param expectedCloseEpochDay day on which it is expected to close, days since 1970-01-01; null when none was said
     * @param expectedCloseMoves how often that day was put off to a later one
     * @param expectedCloseMovedDays by how many days in all
     * @param reason why it was lost, or what was noted at the win; null otherwise or when not given
     * @param lastChangeMillis when something was last said of it
     * @param conversion how the amount came to be; null if it was told in the company's currency
     */
    public record DealState(
            String deal,
            String state,
            String stage,
            Long stageSinceMillis,
            Long stageDueMillis,
            String stageLimit,
            String owner,
            String team,
            String product,
            Long amountMinor,
            long openedMillis,
            Long closedMillis,
            Long expectedCloseEpochDay,
            long expectedCloseMoves,
            long expectedCloseMovedDays,
            String reason,
            long lastChangeMillis,
            Conversion conversion) {

        /** A deal told in the company's currency. */
        public DealState(
                String deal,
                String state,
                String stage,
                Long stageSinceMillis,
                Long stageDueMillis,
                String stageLimit,
                String owner,
                String team,
                String product,
                Long amountMinor,
                long openedMillis,
                Long closedMillis,
                Long expectedCloseEpochDay,
                long expectedCloseMoves,
                long expectedCloseMovedDays,
                String reason,
                long lastChangeMillis) {
            this(
                    deal,
                    state,
                    stage,
                    stageSinceMillis,
                    stageDueMillis,
                    stageLimit,
                    owner,
                    team,
                    product,
                    amountMinor,
                    openedMillis,
                    closedMillis,
                    expectedCloseEpochDay,
                    expectedCloseMoves,
                    expectedCloseMovedDays,
                    reason,
                    lastChangeMillis,
                    null);
        }
    }

    /**
     * How an amount in another currency was converted.
     *
     * @param currency ISO 4217 code of the currency in which it was told
     * @param amountMinor the amount as it was told, minor units of that currency
     * @param rate main units of the company's currency for one of that currency, a decimal number as text
     * @param rateEpochDay the day from which that rate holds, days since 1970-01-01
     */
    public record Conversion(String currency, long amountMinor, String rate, long rateEpochDay) {}

    /**
     * How the lead ended, with what had been before, see {@code domain.lead.LeadOutcome}. Early is what came at least one
     * business day before.
     *
     * @param won won or lost
     * @param closedMillis when
     * @param stageBefore where it stood one business day before; null if in no stage
     * @param passed the stages in which it stood, in the order in which it first entered them
     * @param qualifiedBand its band when it was marketing-qualified; null if that was not early
     * @param earlyScore its score 24 hours after it was created; null if that was not early
     */
    public record Outcome(
            boolean won,
            long closedMillis,
            String stageBefore,
            List<Passed> passed,
            String qualifiedBand,
            Double earlyScore) {}

    /**
     * A stage in which it stood.
     *
     * @param stage the stage
     * @param early whether it entered the stage early
     * @param acts by kind as on the wire, how often it happened early while the lead stood there
     * @param silenceMillis the longest time without a word of the lead there, milliseconds
     */
    public record Passed(String stage, boolean early, Map<String, Long> acts, long silenceMillis) {}

    /**
     * What the candidate rules say.
     *
     * @param version their version
     * @param score the score by them, 0 to 100
     * @param band cold, warm or hot
     * @param marketingQualifiedMillis when the lead would have been marketing-qualified; null if it would not
     */
    public record Candidate(long version, double score, String band, Long marketingQualifiedMillis) {}
}
