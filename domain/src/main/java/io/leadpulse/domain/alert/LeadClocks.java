package io.leadpulse.domain.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.OwedReply;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.stage.LeadStages;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The clocks of a lead beside those of its stages: first contact, reply owed, idle, planned activity overdue, expected
 * close passed, unassigned, and that it has become marketing-qualified. As in {@link StuckClock}, what would
 * happen at or after the end of the cause does not, and all is a pure function of the facts; the alerts are whole lives,
 * cut at the watermark by {@link AlertLife#asOf}.
 *
 * @param lead the lead
 * @param history its contacts
 * @param owners its owners in order of time
 * @param calendars in whose working time the clocks run
 * @param limits limits of the clocks
 */
public record LeadClocks(
        String lead, ContactHistory history, List<Ownership> owners, OwnerCalendars calendars, LeadClockLimits limits) {

    private static final long DAY_MILLIS = 86_400_000L;

    /**
     * First contact late, one alert per stay in {@code new}: raised at the first of a business day after it began, 15
     * business minutes after the first hand-raise within it, and 4 business hours after the lead became hot; escalated
     * 60 business minutes after the hand-raise; resolved at the end of the stay. One that waits for an answer when the stay
     * begins counts from then: a form is sent some seconds before the CRM has a lead of it. A hand-raise after the first
     * contact starts no clock of first contact; it owes a reply.
     *
     * @param leadStays stays of the lead in derived stages, see {@link LeadStages#stays}
     * @param hotSinceMillis when the lead became hot, ascending; empty if never
     */
    public List<Alert> firstContact(List<Stay> leadStays, List<Long> hotSinceMillis) {
        List<CalendarSpan> spans = calendars.along(owners);
        List<Alert> alerts = new ArrayList<>();
        for (Stay stay : leadStays) {
            if (!stay.stage().equals(LeadStages.NEW)) {
                continue;
            }
            long dueMillis =
                    BusinessCalendar.dueAfterBusinessDays(spans, stay.enteredMillis(), limits.firstContactMilliDays());
            long limitMilliDays = limits.firstContactMilliDays();
            long limitMillis = 0;
            long hotMillis = firstWithin(stay, hotSinceMillis);
            if (hotMillis != Fact.NO_TIME) {
                long hotDueMillis = BusinessCalendar.dueAfterBusinessMillis(spans, hotMillis, limits.hotMillis());
                if (hotDueMillis < dueMillis) {
                    dueMillis = hotDueMillis;
                    limitMilliDays = 0;
                    limitMillis = limits.hotMillis();
                }
            }
            long raisedHandMillis = history.handRaisedAt(stay.enteredMillis()) == Fact.NO_TIME
                    ? firstWithin(stay, history.handRaisesMillis())
                    : stay.enteredMillis();
            long criticalMillis = BusinessCalendar.NEVER;
            if (raisedHandMillis != Fact.NO_TIME) {
                long handDueMillis = BusinessCalendar.dueAfterBusinessMillis(
                        spans, raisedHandMillis, limits.handRaisedWarningMillis());
                criticalMillis = BusinessCalendar.dueAfterBusinessMillis(
                        spans, raisedHandMillis, limits.handRaisedCriticalMillis());
                if (handDueMillis < dueMillis) {
                    dueMillis = handDueMillis;
                    limitMilliDays = 0;
                    limitMillis = limits.handRaisedWarningMillis();
                }
            }
            AlertLife life = new AlertLife(stay.leftMillis());
            life.raise(dueMillis);
            life.escalate(criticalMillis);
            addIfRaised(
                    alerts,
                    life.alert(
                            lead,
                            null,
                            AlertCause.FIRST_CONTACT,
                            stay.stage(),
                            stay.enteredMillis(),
                            limitMilliDays,
                            limitMillis,
                            dueMillis,
                            owners));
        }
        return alerts;
    }

    /** Reply owed, one alert per waiting: raised 4 business hours after the first message, resolved when it ends. */
    public List<Alert> replyOwed() {
        List<CalendarSpan> spans = calendars.along(owners);
        List<Alert> alerts = new ArrayList<>();
        for (OwedReply owed : history.owedReplies()) {
            long dueMillis =
                    BusinessCalendar.dueAfterBusinessMillis(spans, owed.sinceMillis(), limits.replyOwedMillis());
            AlertLife life = new AlertLife(owed.endedMillis());
            life.raise(dueMillis);
            addIfRaised(
                    alerts,
                    life.alert(
                            lead,
                            null,
                            AlertCause.REPLY_OWED,
                            null,
                            owed.sinceMillis(),
                            0,
                            limits.replyOwedMillis(),
                            dueMillis,
                            owners));
        }
        return alerts;
    }

    /**
     * Idle, one alert per silence: raised 14 calendar days (same time of day in the zone) after the last attempt or
     * two-way contact, resolved at the next. Only while somebody works on the lead, that is in a derived stage or with
     * an open deal; a silence begins anew when that begins and ends when it ends.
     *
     * @param leadStays stays of the lead in derived stages, see {@link LeadStages#stays}
     * @param deals the lead's deals
     * @param zone the company's zone
     */
    public List<Alert> idle(List<Stay> leadStays, List<Deal> deals, ZoneId zone) {
        List<Alert> alerts = new ArrayList<>();
        for (long[] worked : worked(leadStays, deals)) {
            long sinceMillis = worked[0];
            for (long touchMillis : history.touchesMillis()) {
                if (touchMillis >= worked[1]) {
                    break;
                }
                if (touchMillis > sinceMillis) {
                    addIfRaised(alerts, silence(sinceMillis, touchMillis, zone));
                    sinceMillis = touchMillis;
                }
            }
            addIfRaised(alerts, silence(sinceMillis, worked[1], zone));
        }
        return alerts;
    }

    /**
     * Planned activity overdue, one alert per plan: raised when it is due and the configured working time after it has
     * passed, or when it was planned, if that was later; resolved when it is done, declined, cancelled, missed or planned
     * anew, and when the lead is dismissed.
     */
    public List<Alert> plannedOverdue() {
        List<Alert> alerts = new ArrayList<>();
        List<CalendarSpan> spans = limits.plannedOverdueMillis() == 0 ? List.of() : calendars.along(owners);
        for (PlannedActivity plan : history.planned()) {
            long endMillis = Math.min(plan.endedMillis(), firstAfter(plan.plannedMillis(), history.dismissalsMillis()));
            if (endMillis <= plan.dueMillis()) {
                continue;
            }
            long overdueMillis = limits.plannedOverdueMillis() == 0
                    ? plan.dueMillis()
                    : BusinessCalendar.dueAfterBusinessMillis(spans, plan.dueMillis(), limits.plannedOverdueMillis());
            AlertLife life = new AlertLife(endMillis);
            life.raise(Math.max(overdueMillis, plan.plannedMillis()));
            if (!life.isRaised()) {
                continue;
            }
            addIfRaised(
                    alerts,
                    life.alert(
                            Alert.hashOf(
                                    lead,
                                    AlertCause.PLANNED_OVERDUE.name(),
                                    plan.kind() == EventKind.TASK_PLANNED ? "task" : "meeting",
                                    plan.asset() == null ? "" : plan.asset(),
                                    Long.toString(plan.plannedMillis()),
                                    Long.toString(plan.dueMillis())),
                            lead,
                            null,
                            AlertCause.PLANNED_OVERDUE,
                            null,
                            plan.kind().wireName(),
                            plan.dueMillis(),
                            0,
                            limits.plannedOverdueMillis(),
                            overdueMillis,
                            owners));
        }
        return alerts;
    }

    /**
     * Expected close passed, at most one alert per expected day and time of being open: raised when that day has ended in
     * the company's zone, or when it was said or the deal was reopened, if that was later; resolved when the deal closes or
     * another day is expected.
     *
     * @param deal a deal of the lead; a deleted one has no alerts
     * @param zone the company's zone
     */
    public List<Alert> expectedClosePassed(Deal deal, ZoneId zone) {
        List<ExpectedClose> expected = deal.expectedCloses();
        if (deal.deleted()) {
            return List.of();
        }
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            LocalDate day = LocalDate.ofEpochDay(expected.get(i).epochDay());
            long dayEndMillis = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
            long untilMillis = i + 1 < expected.size() ? expected.get(i + 1).fromMillis() : AlertLife.NEVER;
            long fromMillis = Math.max(dayEndMillis, expected.get(i).fromMillis());
            for (OpenSpan open : deal.openSpans()) {
                AlertLife life = new AlertLife(Math.min(untilMillis, open.untilMillis()));
                life.raise(Math.max(fromMillis, open.fromMillis()));
                if (!life.isRaised()) {
                    continue;
                }
                addIfRaised(
                        alerts,
                        life.alert(
                                Alert.hashOf(
                                        lead,
                                        deal.id(),
                                        AlertCause.EXPECTED_CLOSE_PASSED.name(),
                                        Long.toString(expected.get(i).epochDay()),
                                        Long.toString(expected.get(i).fromMillis()),
                                        Long.toString(open.fromMillis())),
                                lead,
                                deal.id(),
                                AlertCause.EXPECTED_CLOSE_PASSED,
                                null,
                                day.toString(),
                                dayEndMillis,
                                0,
                                0,
                                dayEndMillis,
                                deal.owners()));
            }
        }
        return alerts;
    }

    /**
     * Unassigned, one alert per time in which nobody owns the lead although it is to be worked on: raised after 30 business
     * minutes of the company, and 5 after a hand-raise that waits for an answer; resolved when somebody owns it or nothing
     * is to be done.
     *
     * @param spans see {@link Unowned#spans}
     */
    public List<Alert> unassigned(List<long[]> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        BusinessCalendar company = calendars.of(null);
        List<Alert> alerts = new ArrayList<>();
        for (long[] span : spans) {
            long dueMillis = company.dueAfterBusinessMillis(span[0], limits.unassignedMillis());
            long limitMillis = limits.unassignedMillis();
            for (OwedReply owed : history.owedReplies()) {
                for (long raisedMillis : history.handRaisesMillis()) {
                    if (raisedMillis < owed.sinceMillis() || raisedMillis >= owed.endedMillis()) {
                        continue;
                    }
                    long handMillis = company.dueAfterBusinessMillis(
                            Math.max(raisedMillis, span[0]), limits.unassignedHandRaisedMillis());
                    if (handMillis < dueMillis && handMillis < owed.endedMillis()) {
                        dueMillis = handMillis;
                        limitMillis = limits.unassignedHandRaisedMillis();
                    }
                }
            }
            AlertLife life = new AlertLife(span[1]);
            life.raise(dueMillis);
            addIfRaised(
                    alerts,
                    life.alert(lead, null, AlertCause.UNASSIGNED, null, span[0], 0, limitMillis, dueMillis, List.of()));
        }
        return alerts;
    }

    /**
     * Marketing-qualified, at most one alert a lead: no fault, but news to its owner. Raised when it qualified or, if nobody
     * owned it then, when somebody first does; resolved by what the owner makes of it: when it is sales-qualified, at the
     * first attempt or two-way contact after it, and when somebody decides on it. There is none of a lead that was
     * sales-qualified before, nor of one that nobody ever owned: that is {@link #unassigned}.
     *
     * <p>Its id is the lead's alone. A correction that moves the moment moves the alert; nobody is told again.
     *
     * @param qualifiedMillis when it became marketing-qualified; {@link Fact#NO_TIME} when it did not
     * @param salesQualifiedMillis when it became sales-qualified; {@link Fact#NO_TIME} when it did not
     * @param decisionsMillis when it was accepted, rejected or given a status, ascending
     */
    public List<Alert> marketingQualified(long qualifiedMillis, long salesQualifiedMillis, List<Long> decisionsMillis) {
        if (qualifiedMillis == Fact.NO_TIME) {
            return List.of();
        }
        long raiseMillis = AlertLife.NEVER;
        if (Ownership.at(owners, qualifiedMillis) != null) {
            raiseMillis = qualifiedMillis;
        } else {
            for (Ownership each : owners) {
                if (each.fromMillis() > qualifiedMillis && each.owner() != null) {
                    raiseMillis = each.fromMillis();
                    break;
                }
            }
        }
        long endMillis = Math.min(
                firstAfter(qualifiedMillis, history.touchesMillis()), firstAfter(qualifiedMillis, decisionsMillis));
        if (salesQualifiedMillis != Fact.NO_TIME) {
            endMillis = Math.min(endMillis, salesQualifiedMillis);
        }
        AlertLife life = new AlertLife(endMillis);
        life.raise(raiseMillis);
        List<Alert> alerts = new ArrayList<>();
        addIfRaised(
                alerts,
                life.alert(
                        Alert.hashOf(lead, AlertCause.MARKETING_QUALIFIED.name()),
                        lead,
                        null,
                        AlertCause.MARKETING_QUALIFIED,
                        null,
                        null,
                        qualifiedMillis,
                        0,
                        0,
                        raiseMillis,
                        owners));
        return alerts;
    }

    private static long firstAfter(long millis, List<Long> timesMillis) {
        for (long timeMillis : timesMillis) {
            if (timeMillis > millis) {
                return timeMillis;
            }
        }
        return AlertLife.NEVER;
    }

    private Alert silence(long sinceMillis, long endMillis, ZoneId zone) {
        // Days of the calendar are at most a day other than days of 24 hours: most silences end long before.
        if (endMillis - sinceMillis < (limits.idleDays() - 2) * DAY_MILLIS) {
            return null;
        }
        long dueMillis = Instant.ofEpochMilli(sinceMillis)
                .atZone(zone)
                .plusDays(limits.idleDays())
                .toInstant()
                .toEpochMilli();
        AlertLife life = new AlertLife(endMillis);
        life.raise(dueMillis);
        return life.alert(
                lead, null, AlertCause.IDLE, null, sinceMillis, 0, limits.idleDays() * DAY_MILLIS, dueMillis, owners);
    }

    /** When somebody works on the lead: derived stages and open deals, united where they overlap or touch. */
    static List<long[]> worked(List<Stay> leadStays, List<Deal> deals) {
        List<long[]> spans = new ArrayList<>();
        for (Stay stay : leadStays) {
            spans.add(new long[] {stay.enteredMillis(), stay.leftMillis()});
        }
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                for (OpenSpan open : deal.openSpans()) {
                    spans.add(new long[] {open.fromMillis(), open.untilMillis()});
                }
            }
        }
        spans.sort(Comparator.comparingLong(span -> span[0]));
        List<long[]> united = new ArrayList<>();
        for (long[] span : spans) {
            long[] last = united.isEmpty() ? null : united.get(united.size() - 1);
            if (last != null && span[0] <= last[1]) {
                last[1] = Math.max(last[1], span[1]);
            } else {
                united.add(span.clone());
            }
        }
        return united;
    }

    private static long firstWithin(Stay stay, List<Long> timesMillis) {
        for (long timeMillis : timesMillis) {
            if (timeMillis >= stay.enteredMillis() && timeMillis < stay.leftMillis()) {
                return timeMillis;
            }
        }
        return Fact.NO_TIME;
    }

    private static void addIfRaised(List<Alert> alerts, Alert alert) {
        if (alert != null) {
            alerts.add(alert);
        }
    }
}
