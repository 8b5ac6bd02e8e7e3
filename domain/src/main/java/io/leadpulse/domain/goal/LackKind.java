package io.leadpulse.domain.goal;

/** Why a number is not shown. */
public enum LackKind {
    NO_GOAL,
    /** The period has no working time: a weekend day, a holiday. */
    NO_BUSINESS_TIME,
    /** The period is over, or only free time is left of it. */
    NO_BUSINESS_TIME_LEFT,
    /** The total never ends, so nothing is expected of it by now. */
    NO_END,
    /** Too early: less of the period is usually won by now than the least that says something. */
    TOO_LITTLE_EXPECTED,
    TOO_FEW_WON_DEALS,
    /** The won deals of the last 90 days brought no money, refunds counted. */
    NO_MEAN_WON_AMOUNT,
    NO_WIN_RATE,
    /** No lead that is old enough to be judged has become a sale. */
    NO_LEAD_TO_SALE_RATE,
    NO_LEAD_TO_SALE_TIME,
    /** A lead created now will usually not become a sale in this period. */
    REST_TOO_SHORT,
    /** Deals do not bring this goal nearer. */
    NOT_MEASURED_IN_SALES
}
