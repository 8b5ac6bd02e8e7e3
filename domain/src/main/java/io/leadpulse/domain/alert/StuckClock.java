package io.leadpulse.domain.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.stage.StageLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Tells stays that last longer than their stage's limit: at most one alert per stay.
 *
 * <p>A stay is {@code [entered, left)} and its clock runs in business days, piece by piece in the calendar of whoever
 * owns the deal or lead at the time.
 *
 * <ul>
 *   <li><b>Raised</b> at the instant at which the limit is reached, <b>escalated</b> at that of 1.5 times the limit,
 *       <b>resolved</b> when left. What would happen at or after the leaving does not: left at the very instant of the
 *       limit, there is no alert.
 *   <li><b>Planned activities</b> delay both. An activity delays from when it was planned until it is due, or until it
 *       is done, cancelled, declined, missed or planned anew, if that is earlier: overdue is no longer planned. A raise
 *       or escalation whose instant lies within that time is put off to its end; if another activity is planned at that
 *       end, to the end of that one, and so on. No delay goes beyond the instant at which twice the limit is reached
 *       (one further limit). If both are put off to one instant, both happen then, the raise first.
 *   <li>An activity planned at the very instant of a raise or escalation still puts it off; one planned after the raise
 *       cannot take it back and only puts off the escalation.
 * </ul>
 *
 * <p>Pure: the same stays, owners, plans and limits give the same alerts with their whole lives, the steps that lie
 * ahead as things stand included. {@link AlertLife#asOf} cuts them at the watermark. No step depends on anything later
 * than itself, so facts that came early do not change what the watermark has not yet passed.
 */
public final class StuckClock {

    private StuckClock() {}

    /**
     * The alerts of a deal in its stages.
     *
     * @param planned what was planned with the deal's lead
     */
    public static List<Alert> ofDeal(
            Deal deal, OwnerCalendars calendars, ToLongFunction<Stay> limits, List<PlannedActivity> planned) {
        return alerts(deal.lead(), deal.id(), deal.stays(), deal.owners(), calendars, limits, planned);
    }

    /**
     * The alerts of a lead or deal in its stages, in order of the stays, as if the watermark had passed everything.
     *
     * @param lead the lead
     * @param deal the deal; null for stays of the lead itself
     * @param stays in order of time
     * @param owners in order of time; before the first it is unowned
     * @param calendars in whose working time the clock runs
     * @param limits limit of a stay in milli-days; {@link StageLimits#NO_LIMIT} for one that is never stuck
     * @param planned in any order
     */
    public static List<Alert> alerts(
            String lead,
            String deal,
            List<Stay> stays,
            List<Ownership> owners,
            OwnerCalendars calendars,
            ToLongFunction<Stay> limits,
            List<PlannedActivity> planned) {
        List<CalendarSpan> spans = calendars.along(owners);
        List<Alert> alerts = new ArrayList<>();
        for (Stay stay : stays) {
            long limitMilliDays = limits.applyAsLong(stay);
            if (limitMilliDays == StageLimits.NO_LIMIT) {
                continue;
            }
            long dueMillis = BusinessCalendar.dueAfterBusinessDays(spans, stay.enteredMillis(), limitMilliDays);
            if (dueMillis >= stay.leftMillis()) {
                continue;
            }
            long criticalMillis =
                    BusinessCalendar.dueAfterBusinessDays(spans, stay.enteredMillis(), oneAndAHalf(limitMilliDays));
            long latestMillis = planned.isEmpty()
                    ? BusinessCalendar.NEVER
                    : BusinessCalendar.dueAfterBusinessDays(spans, stay.enteredMillis(), 2 * limitMilliDays);
            AlertLife life = new AlertLife(stay.leftMillis());
            life.raise(delayed(dueMillis, latestMillis, planned));
            life.escalate(delayed(criticalMillis, latestMillis, planned));
            Alert alert = life.alert(
                    lead,
                    deal,
                    AlertCause.STUCK,
                    stay.stage(),
                    stay.enteredMillis(),
                    limitMilliDays,
                    0,
                    dueMillis,
                    owners);
            if (alert != null) {
                alerts.add(alert);
            }
        }
        return alerts;
    }

    /** Rounded up to a milli-day: critical never comes too early. */
    private static long oneAndAHalf(long limitMilliDays) {
        return (3 * limitMilliDays + 1) / 2;
    }

    /** The first instant not before {@code atMillis} at which nothing is planned, at most {@code latestMillis}. */
    static long delayed(long atMillis, long latestMillis, List<PlannedActivity> planned) {
        long delayedMillis = atMillis;
        boolean moved = true;
        while (moved && delayedMillis < latestMillis) {
            moved = false;
            for (PlannedActivity plan : planned) {
                if (plan.plannedMillis() <= delayedMillis && delayedMillis < plan.plannedUntilMillis()) {
                    delayedMillis = Math.min(latestMillis, plan.plannedUntilMillis());
                    moved = true;
                }
            }
        }
        return delayedMillis;
    }
}
