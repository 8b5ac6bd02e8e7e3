package io.leadpulse.domain.goal;

import java.util.Locale;

/**
 * What is needed before a number can be shown.
 *
 * @param kind why it is not shown
 * @param needed how much is needed: deals, percent or milliseconds by kind; null where nothing is counted
 * @param has how much there is; null where nothing is counted
 */
public record Lack(LackKind kind, Long needed, Long has) {
    private static final double DAY_MILLIS = 86_400_000.0;

    static Lack of(LackKind kind) {
        return new Lack(kind, null, null);
    }

    /** What is needed, in words, such as {@code 5 won deals, has 2}. */
    public String text() {
        return switch (kind) {
            case NO_GOAL -> "a goal";
            case NO_BUSINESS_TIME -> "business time in the period";
            case NO_BUSINESS_TIME_LEFT -> "business time left in the period";
            case NO_END -> "a period that ends";
            case TOO_LITTLE_EXPECTED -> needed + " % expected so far, has " + has + " %";
            case TOO_FEW_WON_DEALS -> needed + " won deals, has " + has;
            case NO_MEAN_WON_AMOUNT -> "won deals with an amount";
            case NO_WIN_RATE -> needed + " won deal among those closed, has " + has;
            case NO_LEAD_TO_SALE_RATE -> needed + " sale from mature leads, has " + has;
            case NO_LEAD_TO_SALE_TIME -> "a median lead-to-sale time";
            case REST_TOO_SHORT ->
                String.format(
                        Locale.ROOT,
                        "a rest of the period longer than %.1f days, has %.1f",
                        needed / DAY_MILLIS,
                        has / DAY_MILLIS);
            case NOT_MEASURED_IN_SALES -> "a goal in money or deals";
        };
    }
}
