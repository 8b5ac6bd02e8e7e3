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

    // Pipeline, funnel, nurture and customers. A dimension of several parts is written by Dimension.of.

    /** Amount of lost deals, minor units, on the day lost; deals without an amount add nothing. */
    LOST_AMOUNT(Pane.DAY),
    /** Deals lost, on the day lost; dimension: the stage left, the reason, the product and the competitor. */
    LOST_CAUSES(Pane.DAY),
    /** Their amounts, minor units. */
    LOST_CAUSES_AMOUNT(Pane.DAY),
    /** Deals won, on the day won; dimension: the product. */
    WON_COUNT_BY_PRODUCT(Pane.DAY),
    /** Their amounts without refunds, minor units; dimension: the product. */
    WON_AMOUNT_BY_PRODUCT(Pane.DAY),
    /** Open deals now; dimension: the product. */
    OPEN_COUNT_BY_PRODUCT(Pane.NOW),
    /** Amount of open deals now, minor units; dimension: the product. */
    OPEN_AMOUNT_BY_PRODUCT(Pane.NOW),
    /** Amount of open deals, minor units, by the day on which they are expected to close. */
    OPEN_DUE_AMOUNT(Pane.DAY),
    /** Open deals now whose expected close was put off; dimension: how often, 1, 2, or 3 for more. */
    OPEN_PUSHED_COUNT(Pane.NOW),
    /** Their amounts, minor units; dimension as theirs. */
    OPEN_PUSHED_AMOUNT(Pane.NOW),
    /** Deals won that had been in a stage, on the day won; dimension: the stage. */
    WON_AFTER_STAGE(Pane.DAY),
    /** Deals lost that had been in a stage, on the day lost; dimension: the stage. */
    LOST_AFTER_STAGE(Pane.DAY),
    /**
     * Deals and leads that left a stage, by their business days in it, all stays together; dimension: the stage; on the
     * day they left it last. A business day is written as 86,400,000 milliseconds. Not of new leads, whose time to the
     * first contact has a histogram of its own.
     */
    STAGE_BUSINESS_HISTOGRAM(Pane.DAY_HISTOGRAM),
    /** First purchases: time since the lead was created, milliseconds, on the day won. */
    LEAD_TO_SALE_MILLIS(Pane.DAY),
    /** Leads by the steps they reached, a later one implying the earlier, on the day created; dimension: step, direction. */
    FUNNEL_REACHED(Pane.DAY),
    /** Leads that reached a step and nobody works on any more; dimension: last step, direction, first campaign, reason. */
    FUNNEL_LOST(Pane.DAY),
    /** Leads by the steps that they themselves took, on the day created; dimension: step, direction. */
    FUNNEL_STRICT(Pane.DAY),
    /** Those of them that also took a later step; dimension as theirs. */
    FUNNEL_STRICT_MOVED(Pane.DAY),
    /** Leads created that day which were sales-qualified within 30 days; dimension: direction. */
    COHORT_SALES_QUALIFIED_WITHIN_30_DAYS(Pane.DAY),
    /** Leads created that day which bought within 90 days; dimension: direction. */
    COHORT_SOLD_WITHIN_90_DAYS(Pane.DAY),
    /** Stays that were stuck and have ended, on the day they got stuck; dimension: stage, last outcome before, end. */
    STUCK_ENDED(Pane.DAY),
    /** The same by what was done in the next 10 business days, once for each kind; dimension: stage, kind, end. */
    STUCK_ENDED_BY_ACT(Pane.DAY),
    /** Leads in nurture now; dimension: method of the last touch, empty without one. */
    IN_NURTURE(Pane.NOW),
    /** Leads in nurture now, by the day of their last touch, or of their coming there. */
    IN_NURTURE_BY_LAST_TOUCH(Pane.DAY),
    /** Nurture touches; dimension: the method. */
    NURTURE_TOUCHES(Pane.DAY),
    /** Those answered by an act of the lead within 14 days and before the next touch, on the day of the touch. */
    NURTURE_RESPONSES(Pane.DAY),
    /** Times that leads went to nurture; dimension: what they became later, empty for all. */
    NURTURE_ENTERED(Pane.DAY),
    /** Leads disqualified, on that day; dimension: the reason. */
    DISQUALIFIED(Pane.DAY),
    /** Disqualified leads that came back, on the day they did; dimension: the reason of the disqualification. */
    DISQUALIFIED_BACK(Pane.DAY),
    /** Deals won from those who had bought before, on the day won. */
    REPEAT_WON_COUNT(Pane.DAY),
    /** Their amounts without refunds, minor units. */
    REPEAT_WON_AMOUNT(Pane.DAY),
    /** Customers, by the day on which they were last heard of: an act of theirs, a contact with both sides, a purchase. */
    CUSTOMERS_BY_LAST_SIGN(Pane.DAY),
    /** Customers that were heard of again after 90 days of silence or more, on the day of that act. */
    CUSTOMERS_RENEWED(Pane.DAY),
    /** What visitors did with forms, known or not, of the company; dimension: the form, and the kind of the act. */
    FORM_ACTS(Pane.DAY),

    // Campaigns: leads by what brought them, on the day of the touch; scopes of campaigns, channels, pages, forms,
    // assets.
    /** Leads by the touch. */
    TOUCHED_LEADS(Pane.DAY),
    /** The same by five minutes of the company's local time; not of last touches. */
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
    /** By five minutes of the touch, leads that were qualified within 15 minutes of it; not of last touches. */
    TOUCHED_QUALIFIED_IN_15_MINUTES(Pane.FIVE_MINUTES),
    /** The same within an hour. */
    TOUCHED_QUALIFIED_IN_60_MINUTES(Pane.FIVE_MINUTES),
    /** The same within a day. */
    TOUCHED_QUALIFIED_IN_24_HOURS(Pane.FIVE_MINUTES),
    /** Views, starts and sendings of a form by visitors who are or became known, on the day of each; dimension: the kind. */
    LEAD_FORM_ACTS(Pane.DAY),

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
     * replied, and replied_soon within 24 hours), person or automatic, campaign, and the template of one
     * that names it.
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
    TIME_SPENT(Pane.DAY),

    // Visitors of campaigns and channels, on the day of their first act that names it, each once.

    /** Visitors, known or not; said once there are 10 of the source, or one identified, a lead or spend. */
    VISITORS(Pane.DAY),
    /** Those of them of whom one of these acts belongs to a lead. */
    VISITORS_IDENTIFIED(Pane.DAY);

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

    /** So many constants, the first ones, were all that release 1 knew; its state does not say. */
    public static final int COUNT_OF_RELEASE_1 = 30;

    /** How many there are; of a later release more. */
    public static final int COUNT = values().length;

    /** Five-minute slots of a day. */
    public static final int SLOTS_PER_DAY = 288;

    /** Room for the buckets of a day: durations up to some {@code 1.01^4000} milliseconds. */
    public static final int BUCKETS_PER_DAY = 4_096;

    /**
     * The last measure of which the sum over all days is kept and published too. Nothing reads that of a later one, and each
     * would cost as much again as its days do.
     */
    private static final Measure LAST_WITH_TOTAL = CONVERSATIONS;

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

    /**
     * Whether an engine knows it that knows only so many.
     *
     * @param measures how many, the first ones
     */
    @SuppressWarnings(
            "EnumOrdinal") // Constants are only appended: so the order is what tells one release from the next.
    public boolean isAmongFirst(int measures) {
        return ordinal() < measures;
    }

    /** How this measure is laid out in time. */
    public Pane pane() {
        return pane;
    }

    /** Whether the sum over all days that ever were is kept and published beside the days. */
    public boolean hasTotal() {
        return (pane == Pane.DAY || pane == Pane.DAY_HISTOGRAM) && compareTo(LAST_WITH_TOTAL) <= 0;
    }

    /** The name in results, such as {@code won_amount}. */
    public String wireName() {
        return wireName;
    }
}
