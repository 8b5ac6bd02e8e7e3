package io.leadpulse.domain.figure;

import java.util.Locale;

/**
 * What is needed before a number can be shown.
 *
 * @param kind why it is not shown
 * @param needed how much is needed: things, percent or milliseconds by kind; null where nothing is counted
 * @param has how much there is; null where nothing is counted
 */
public record Lack(LackKind kind, Long needed, Long has) {
    private static final double DAY_MILLIS = 86_400_000.0;

    /** What is lacking where nothing is counted. */
    public static Lack of(LackKind kind) {
        return new Lack(kind, null, null);
    }

    /** What is lacking of something that is counted, or null if there is enough of it. */
    public static Lack unless(LackKind kind, long has, long needed) {
        return has >= needed ? null : new Lack(kind, needed, has);
    }

    /** What is needed, in words, such as {@code 5 won deals, has 2}. */
    public String text() {
        return switch (kind) {
            case NO_GOAL -> "a goal";
            case NO_BUSINESS_TIME -> "business time in the period";
            case NO_BUSINESS_TIME_LEFT -> "business time left in the period";
            case NO_END -> "a period that ends";
            case TOO_LITTLE_EXPECTED -> needed + " % expected so far, has " + has + " %";
            case TOO_FEW_WON_DEALS -> counted("won deal", "");
            case TOO_FEW_LOST_DEALS -> counted("lost deal", "");
            case NO_MEAN_WON_AMOUNT -> "won deals with an amount";
            case NO_WIN_RATE -> needed + " won deal among those closed, has " + has;
            case NO_LEAD_TO_SALE_RATE -> needed + " sale from mature leads, has " + has;
            case NO_LEAD_TO_SALE_TIME -> "a median lead-to-sale time";
            case REST_TOO_SHORT -> days("a rest of the period longer than");
            case NOT_MEASURED_IN_SALES -> "a goal in money or deals";
            case TOO_FEW_CASES -> counted("case", "");
            case TOO_FEW_CASES_BEFORE -> counted("case", " before");
            case TOO_FEW_CASES_NOW -> counted("case", " now");
            case TOO_FEW_MATURE_LEADS -> counted("mature lead", "");
            case TOO_FEW_PAIRS -> counted("pair", "");
            case NO_VARIATION -> "values that differ";
            case TOO_FEW_DAYS_AFTER_CHANGE -> counted("business day", " after the change");
            case TOO_YOUNG_AFTER_CHANGE -> days("cases older than");
            case TOO_FEW_LOST_LEADS -> counted("lost lead", "");
            case TOO_FEW_LEADS_WITH_ACT -> counted("closed lead", " with it");
            case TOO_FEW_LEADS_WITHOUT_ACT -> counted("closed lead", " without it");
            case NO_CONTRAST -> "won and lost leads, with it and without, at one stage";
            case NO_USUAL_RATE -> "other mature qualified leads of the channel";
            case TOO_FEW_FORECASTS -> counted("period", " that was forecast and is over");
            case NO_SALES_BEFORE -> "sales in the period before by the same business day";
            case NO_AMOUNT -> "an amount";
            case NOTHING_DONE -> "something done";
            case NO_TIME_SPENT -> "time spent";
            case TOO_FEW_ANSWERS -> counted("answer", "");
            case TOO_FEW_WON_LEADS_IN_STAGE -> counted("won lead", " that passed the stage");
            case TOO_FEW_WON_LEADS -> counted("won lead", "");
            case TOO_YOUNG_LEAD -> "a lead that is at least a day old";
        };
    }

    private String counted(String thing, String which) {
        return needed + " " + thing + (needed == 1 ? "" : "s") + which + ", has " + has;
    }

    private String days(String what) {
        return String.format(Locale.ROOT, "%s %.1f days, has %.1f", what, needed / DAY_MILLIS, has / DAY_MILLIS);
    }
}
