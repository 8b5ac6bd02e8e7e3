package io.leadpulse.domain.rate;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;

/**
 * What a recorded change did to the rate that it names: the cases that began in the 20 business days before it against
 * those of the 20 after, both with the same time T to get there.
 *
 * <p>Too early until the days after are over and the last of their cases is older than T. It says what went together
 * with the change, not that the change was the cause: nobody else was left without it.
 *
 * @param before the rate within T of cases that began before the change
 * @param after the same of cases that began after it; while it is too early, of those that are old enough
 * @param difference after - before, or what it needs
 */
public record ChangeEffect(Rate before, Rate after, ProportionDifference difference) {

    /**
     * The effect as it can be said at an instant.
     *
     * @param calendar the company's, in whose days the windows are
     * @param windows what is compared
     * @param maturity the T of the rate; 0 for a rate that needs no waiting
     * @param asOfMillis epoch milliseconds
     * @param before mature cases that began in the window before
     * @param after mature cases that began in the window after
     */
    public static ChangeEffect of(
            BusinessCalendar calendar,
            ChangeWindows windows,
            Maturity maturity,
            long asOfMillis,
            Rate before,
            Rate after) {
        Lack tooEarly = tooEarly(calendar, windows, maturity, asOfMillis);
        return new ChangeEffect(
                before,
                after,
                tooEarly == null ? ProportionDifference.of(before, after) : ProportionDifference.lacking(tooEarly));
    }

    private static Lack tooEarly(BusinessCalendar calendar, ChangeWindows windows, Maturity maturity, long asOfMillis) {
        long endMillis = calendar.startOfDayMillis(windows.afterToEpochDayExclusive());
        if (asOfMillis < endMillis) {
            long today = Math.max(windows.afterFromEpochDay(), calendar.epochDay(asOfMillis));
            return new Lack(LackKind.TOO_FEW_DAYS_AFTER_CHANGE, (long) ChangeWindows.BUSINESS_DAYS, (long)
                    calendar.businessDayCount(windows.afterFromEpochDay(), today));
        }
        // The youngest case that there can be began in the last millisecond of the window.
        long youngestMillis = endMillis - 1;
        return maturity.isMature(youngestMillis, asOfMillis)
                ? null
                : new Lack(LackKind.TOO_YOUNG_AFTER_CHANGE, maturity.withinMillis(), asOfMillis - youngestMillis);
    }
}
