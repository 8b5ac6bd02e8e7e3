package io.leadpulse.domain.figure;

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
    TOO_FEW_LOST_DEALS,
    /** The won deals of the last 90 days brought no money, refunds counted. */
    NO_MEAN_WON_AMOUNT,
    NO_WIN_RATE,
    /** No lead that is old enough to be judged has become a sale. */
    NO_LEAD_TO_SALE_RATE,
    NO_LEAD_TO_SALE_TIME,
    /** A lead created now will usually not become a sale in this period. */
    REST_TOO_SHORT,
    /** Deals do not bring this goal nearer. */
    NOT_MEASURED_IN_SALES,
    /** A rate of so few cases that it says nothing, or of none. */
    TOO_FEW_CASES,
    /** A comparison with what was before, of which there was too little. */
    TOO_FEW_CASES_BEFORE,
    /** A comparison of what is now, of which there is too little. */
    TOO_FEW_CASES_NOW,
    /** Leads there may be, but too few of them are old enough to be judged. */
    TOO_FEW_MATURE_LEADS,
    /** A correlation of too few pairs. */
    TOO_FEW_PAIRS,
    /** All values of one side are the same, so nothing can move together with them. */
    NO_VARIATION,
    /** Too early: the time to compare with is not over. */
    TOO_FEW_DAYS_AFTER_CHANGE,
    /** Too early: the youngest cases after the change have not had the time that those before it had. */
    TOO_YOUNG_AFTER_CHANGE,
    TOO_FEW_LOST_LEADS,
    TOO_FEW_LEADS_WITH_ACT,
    TOO_FEW_LEADS_WITHOUT_ACT,
    /** Nowhere do won and lost, with and without, stand beside each other. */
    NO_CONTRAST,
    /** The channel has nothing else by which a campaign could be judged. */
    NO_USUAL_RATE,
    TOO_FEW_FORECASTS,
    /** Growth over nothing is no number. */
    NO_SALES_BEFORE,
    NO_AMOUNT,
    NOTHING_DONE,
    NO_TIME_SPENT,
    TOO_FEW_ANSWERS,
    /** What is usual in a stage rests on too few won leads. */
    TOO_FEW_WON_LEADS_IN_STAGE,
    /** What won leads do rests on too few of them. */
    TOO_FEW_WON_LEADS,
    /** A lead so young that it cannot be compared with others at its age. */
    TOO_YOUNG_LEAD
}
