package io.leadpulse.domain.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.OwedReply;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.stage.LeadStages;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The clocks of a lead beside those of its stages: first contact, reply owed, idle. As in {@link StuckClock}, what would
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
     * 60 business minutes after the hand-raise; resolved at the end of the stay. A hand-raise after the first contact
     * starts no clock of first contact; it owes a reply.
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
            long raisedHandMillis = firstWithin(stay, history.handRaisesMillis());
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

    private Alert silence(long sinceMillis, long endMillis, ZoneId zone) {
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
    private static List<long[]> worked(List<Stay> leadStays, List<Deal> deals) {
        List<long[]> spans = new ArrayList<>();
        for (Stay stay : leadStays) {
            spans.add(new long[] {stay.enteredMillis(), stay.leftMillis()});
        }
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                spans.add(new long[] {deal.openedMillis(), deal.closedMillis()});
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
