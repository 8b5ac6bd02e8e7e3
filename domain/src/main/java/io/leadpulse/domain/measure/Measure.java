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

    // Activities and what followed. What follows is counted on the day of the activity.

    /** Calls of ours, in company time; dimension: weekday and hour, such as {@code 3-14} (Wednesday from 14:00). */
    CALLS_MADE(Pane.DAY),
    /** Those of them that became a conversation; dimension as theirs. */
    CALLS_CONNECTED(Pane.DAY),
    /** Length of the conversations, milliseconds. */
    CONVERSATION_MILLIS(Pane.DAY),
    /** Cold calls; dimension: made, connected, or meeting (connected, the last before one scheduled within 14 days). */
    COLD_CALLS(Pane.DAY),
    /**
     * Mails of ours on the day sent; dimension: what became of them within 14 days (sent, delivered, opened, clicked,
     * replied, and replied_soon within 24 hours), person or automatic, campaign.
     */
    MAILS(Pane.DAY),
    /** SMS of ours on the day sent; dimension as of mails, all within 72 hours. */
    SMS(Pane.DAY),
    /** Meetings; dimension: scheduled, booked (on the day they are due), completed, demo_held, declined, cancelled, no_show. */
    MEETINGS(Pane.DAY),
    /**
     * Demos held; dimension: without_deal (none was open) and opportunity (of those, one was opened within 30 days),
     * with_deal and next_stage (of those, one moved on within 14 days).
     */
    DEMOS(Pane.DAY),
    /** Attempts; dimension: done, or what came within 14 days (opportunities, moves to a later stage), and the kind. */
    YIELD(Pane.DAY),
    /** Amount of the deals opened, as known now, minor units, on the day opened. */
    OPENED_AMOUNT(Pane.DAY),
    /**
     * Deals by what they became after a stage, on the day they reached it or a later one; dimension: moved_on or stopped
     * (lost before they did), won or lost, and the stage.
     */
    STEPS(Pane.DAY),
    /** Spans of time of one person, by day; dimension: kind, team, from, until. Its operator makes their union. */
    TIME_SPENT_SPANS(Pane.DAY),
    /** Time spent on activities, milliseconds, overlaps of one person once; dimension: the kind, empty for all kinds. */
    TIME_SPENT(Pane.DAY);

    /** How a measure is laid out in time. */
    public enum Pane {
        /** One sum per day of the company's calendar; the pane is the epoch day. */
        DAY,
        /** One count per day and bucket of {@link LogBuckets}; the pane is {@link #histogramPane}. */
        DAY_HISTOGRAM,
        /** One sum per five minutes of local time; the pane is epoch day x 288 + slot. */
        FIVE_MINUTES,
        /** One sum, as things stand; the pane is 0. */
        NOW
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
