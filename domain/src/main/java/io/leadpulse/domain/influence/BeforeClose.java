package io.leadpulse.domain.influence;

import io.leadpulse.domain.calendar.BusinessCalendar;

/**
 * What may count as having come before a close: only what happened at least one business day before it.
 *
 * <p>Without this rule the end of a story predicts itself: "contract sent" and "meeting held" would go with winning only
 * because the winners get that far. The rule holds for the act and, alike, for the lead's entry into the stage at which
 * it is compared: who left the stage within a day had no time for the act.
 */
public final class BeforeClose {

    private static final long ONE_BUSINESS_DAY_MILLI_DAYS = 1_000;

    private BeforeClose() {}

    /**
     * Whether something came early enough: one business day of the company had passed between it and the close.
     *
     * @param atMillis when it happened, epoch milliseconds
     * @param closedMillis when the lead was won or lost, epoch milliseconds
     * @param calendar the company's
     */
    public static boolean counts(long atMillis, long closedMillis, BusinessCalendar calendar) {
        return calendar.dueAfterBusinessDays(atMillis, ONE_BUSINESS_DAY_MILLI_DAYS) <= closedMillis;
    }
}
