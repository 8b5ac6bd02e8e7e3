package io.leadpulse.domain.measure;

import java.util.Locale;

/**
 * What is summed. A constant is never renamed, removed or moved: state stores its ordinal and results its
 * {@link #wireName()}.
 */
public enum Measure {
    /** Amount of won deals less refunds, minor units, on the day won or refunded. */
    WON_AMOUNT(Pane.DAY),
    /** The same by five minutes of the company's local time; what the usual day's curve is made of. */
    WON_AMOUNT_FIVE_MINUTES(Pane.FIVE_MINUTES),
    /** Deals won, on the day won. */
    WON_COUNT(Pane.DAY),
    /** Amount of won deals without refunds, minor units; what the mean won amount is made of. */
    WON_DEAL_AMOUNT(Pane.DAY),
    /** Deals lost, on the day lost. */
    LOST_COUNT(Pane.DAY),
    /** Deals lost by reason; dimension: the reason, empty when none was given. */
    LOST_BY_REASON(Pane.DAY),
    /** Deals opened, on the day opened. */
    OPENED_COUNT(Pane.DAY),
    /** Sales cycle of won deals (won less opened), milliseconds, on the day won. */
    CYCLE_MILLIS(Pane.DAY),
    /** Won deals by length of their cycle, on the day won. */
    CYCLE_HISTOGRAM(Pane.DAY_HISTOGRAM),
    /** Deals that left a stage; dimension: the stage; on the day they left it last. */
    DWELL_COUNT(Pane.DAY),
    /** Their time in that stage, all stays together, milliseconds; dimension: the stage. */
    DWELL_MILLIS(Pane.DAY),
    /** The same by length; dimension: the stage. */
    DWELL_HISTOGRAM(Pane.DAY_HISTOGRAM),
    /** Open deals now. */
    OPEN_COUNT(Pane.NOW),
    /** Amount of open deals now, minor units; deals without an amount add nothing. */
    OPEN_AMOUNT(Pane.NOW),
    /** Open deals now of which no amount is known. */
    OPEN_WITHOUT_AMOUNT(Pane.NOW),
    /** Open deals by the day on which they are expected to close. */
    OPEN_DUE_COUNT(Pane.DAY),
    /** Leads created, on the day created. */
    LEADS_CREATED(Pane.DAY),
    /** Leads that reached the threshold or raised their hand, on that day. */
    LEADS_MARKETING_QUALIFIED(Pane.DAY),
    /** Leads that sales accepted, on that day. */
    LEADS_ACCEPTED(Pane.DAY),
    /** Leads whose status became qualified or that got a deal, on that day. */
    LEADS_SALES_QUALIFIED(Pane.DAY),
    /** Leads created that day which bought within 90 days. */
    LEADS_SOLD_WITHIN_90_DAYS(Pane.DAY),
    /** First purchases by time since the lead was created, on the day won. */
    LEAD_TO_SALE_HISTOGRAM(Pane.DAY_HISTOGRAM),
    /** Activities done; dimension: the kind. */
    ACTIVITIES(Pane.DAY),
    /** Working time to the first contact, milliseconds, of leads that were contacted, on the day the lead was created. */
    FIRST_CONTACT_MILLIS(Pane.DAY),
    /** The same by length. */
    FIRST_CONTACT_HISTOGRAM(Pane.DAY_HISTOGRAM),
    /** Leads that were contacted, on the day they were created. */
    FIRST_CONTACT_COUNT(Pane.DAY),
    /** Those of them of which no late first contact had to be told. */
    FIRST_CONTACT_WITHIN_LIMIT(Pane.DAY),
    /** Open deals now; dimension: the stage, empty when none was named. */
    OPEN_COUNT_BY_STAGE(Pane.NOW),
    /** Amount of open deals now, minor units; dimension: the stage. */
    OPEN_AMOUNT_BY_STAGE(Pane.NOW),
    /** Calls in either direction that reached a person and lasted. */
    CONVERSATIONS(Pane.DAY),

    // Campaigns: leads by what brought them, on the day of the touch; scopes of campaigns, channels, pages, forms,
    // assets.
    /** Leads by the touch. */
    TOUCHED_LEADS(Pane.DAY),
    /** The same by five minutes of the company's local time; of campaigns and channels by first touch only. */
    TOUCHED_LEADS_FIVE_MINUTES(Pane.FIVE_MINUTES),
    /** Those of them that were marketing-qualified at or after it; dimension: how long after it, by classes of age. */
    TOUCHED_QUALIFIED(Pane.DAY),
    /** Those of them that were sales-qualified at or after it. */
    TOUCHED_SALES_QUALIFIED(Pane.DAY),
    /** Those of them that sales has accepted and not rejected since. */
    TOUCHED_ACCEPTED(Pane.DAY),
    /** Those of them that stand rejected or disqualified; dimension: the reason, empty when none was given. */
    TOUCHED_REJECTED(Pane.DAY),
    /** Their deals opened at or after it. */
    TOUCHED_OPPORTUNITIES(Pane.DAY),
    /** Of these the won ones. */
    TOUCHED_WON(Pane.DAY),
    /** Amount of these less refunds, minor units. */
    TOUCHED_REVENUE(Pane.DAY),
    /** Their scores 60 minutes after it, summed, thousandths of a point. */
    TOUCHED_MILLI_SCORE_60_MINUTES(Pane.DAY),
    /** Their scores 24 hours after it, summed, thousandths of a point. */
    TOUCHED_MILLI_SCORE_24_HOURS(Pane.DAY),
    /** Leads of a channel; dimension: the campaign. What campaigns are judged by; not published. */
    COHORT_LEADS(Pane.FIVE_SECONDS),
    /** Those of them that were qualified; dimension: age class, slash, campaign. */
    COHORT_QUALIFIED(Pane.FIVE_SECONDS),
    /** Money spent on a campaign or channel, minor units, on the day that the record states. */
    SPEND(Pane.DAY),
    /** A budget of a campaign or channel spread over its planned run, minor units. */
    SPEND_ESTIMATED(Pane.DAY),
    /** Acts of leads that machines did and that count for nothing; dimension: the kind. */
    AUTOMATIC_ACTS(Pane.DAY),
    /** By five minutes of the touch, leads that were qualified within 15 minutes of it; of campaigns and channels. */
    TOUCHED_QUALIFIED_IN_15_MINUTES(Pane.FIVE_MINUTES),
    /** The same within an hour. */
    TOUCHED_QUALIFIED_IN_60_MINUTES(Pane.FIVE_MINUTES),
    /** The same within a day. */
    TOUCHED_QUALIFIED_IN_24_HOURS(Pane.FIVE_MINUTES),
    /** Views, starts and sendings of a form by visitors who are or became known, on the day of each; dimension: the kind. */
    FORM_ACTS(Pane.DAY);

    /** How a measure is laid out in time. */
    public enum Pane {
        /** One sum per day of the company's calendar; the pane is the epoch day. */
        DAY,
        /** One count per day and bucket of {@link LogBuckets}; the pane is {@link #histogramPane}. */
        DAY_HISTOGRAM,
        /** One sum per five minutes of local time; the pane is epoch day x 288 + slot. */
        FIVE_MINUTES,
        /** One sum, as things stand; the pane is 0. */
        NOW,
        /** One sum per five seconds since 1970 UTC, whose number is the pane; only the engine itself reads it. */
        FIVE_SECONDS
    }

    /** Five-minute slots of a day. */
    public static final int SLOTS_PER_DAY = 288;

    /** Room for the buckets of a day: durations up to some {@code 1.01^4000} milliseconds. */
    public static final int BUCKETS_PER_DAY = 4_096;

    private final Pane pane;
    private final String wireName;

    Measure(Pane pane) {
        this.pane = pane;
        this.wireName = name().toLowerCase(Locale.ROOT);
    }

    /** Length of a pane of {@link Pane#FIVE_SECONDS}. */
    public static final long FIVE_SECONDS_MILLIS = 5_000;

    /** The pane of an instant in {@link Pane#FIVE_SECONDS}, epoch milliseconds. */
    public static int fiveSecondsPane(long timeMillis) {
        return Math.toIntExact(Math.floorDiv(timeMillis, FIVE_SECONDS_MILLIS));
    }

    /** The pane of a duration in a {@link Pane#DAY_HISTOGRAM}: epoch day x 4096 + bucket + 1. */
    public static int histogramPane(int epochDay, long durationMillis) {
        return epochDay * BUCKETS_PER_DAY + LogBuckets.indexOf(durationMillis) + 1;
    }

    /** The bucket of a pane of a {@link Pane#DAY_HISTOGRAM}. */
    public static int bucketOf(int histogramPane) {
        return Math.floorMod(histogramPane, BUCKETS_PER_DAY) - 1;
    }

    /** How this measure is laid out in time. */
    public Pane pane() {
        return pane;
    }

    /** The name in results, such as {@code won_amount}. */
    public String wireName() {
        return wireName;
    }
}
