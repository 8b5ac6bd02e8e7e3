package io.leadpulse.domain.lead;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.StuckClock;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.stage.StageLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stay that was stuck and has ended: what had come out last before, what was done about it, and how it ended. Those
 * that are still stuck are not among them, since nothing is known of their end; the alerts list them.
 *
 * @param stage the stage
 * @param raisedMillis when it got stuck, epoch milliseconds
 * @param owner who owned the deal or lead then; null when nobody did
 * @param before the last outcome until then, such as {@code conversation}; {@code none} if there was none
 * @param acts what was done afterwards in at most 10 business days and before it ended; {@code nothing} if that was all
 * @param end {@code moved} on, went {@code back}, or {@code lost}
 */
record Stuck(String stage, long raisedMillis, String owner, String before, Set<String> acts, String end) {
    private static final long MILLI_DAYS_TO_ACT = 10_000;
    private static final long MILLIS_OF_MILLI_DAY = 86_400;

    /** A calendar's first and last day may be minutes long, and clocks are set forward by less than a day meanwhile. */
    private static final long SLACK_OF_CALENDAR_MILLIS = 3 * 86_400_000L;

    private static final String MOVED = "moved";
    private static final String BACK = "back";
    private static final String LOST = "lost";
    private static final String HANDED_OVER = "handed_over";

    /** All of a lead, in its own stages and in those of its deals. */
    static List<Stuck> of(LeadView lead, LeadPolicy policy) {
        List<Stuck> all = new ArrayList<>();
        List<String> ladder = Funnel.steps(policy.dealStages());
        List<Stay> stays = lead.stays();
        for (int i = 0; i < stays.size(); i++) {
            if (mayBeStuck(stays.get(i), lead.owners(), policy)) {
                boolean goesOn = i + 1 < stays.size()
                        && stays.get(i + 1).enteredMillis() == stays.get(i).leftMillis();
                String end = goesOn || opensDeal(lead, stays.get(i).leftMillis()) ? MOVED : LOST;
                add(lead, null, stays.get(i), lead.owners(), end, policy, all);
            }
        }
        for (Deal deal : lead.deals()) {
            if (!deal.deleted()) {
                List<Stay> inDeal = deal.stays();
                for (int i = 0; i < inDeal.size(); i++) {
                    if (mayBeStuck(inDeal.get(i), deal.owners(), policy)) {
                        add(lead, deal, inDeal.get(i), deal.owners(), end(deal, i, ladder), policy, all);
                    }
                }
            }
        }
        return all;
    }

    /**
     * Not where it was left too soon, which is cheap to see: in one calendar n business days take more than n - 3 days. Each
     * calendar that follows may add its own first and last day: who hands over to where it is day has several in one.
     */
    private static boolean mayBeStuck(Stay stay, List<Ownership> owners, LeadPolicy policy) {
        if (stay.isOpen()) {
            return false;
        }
        long limitMilliDays = policy.limits().limitMilliDays(stay, Long.MAX_VALUE);
        if (limitMilliDays == StageLimits.NO_LIMIT) {
            return false;
        }
        long missingMillis = limitMilliDays * MILLIS_OF_MILLI_DAY - (stay.leftMillis() - stay.enteredMillis());
        return missingMillis < SLACK_OF_CALENDAR_MILLIS
                || missingMillis < SLACK_OF_CALENDAR_MILLIS * calendars(stay, owners, policy);
    }

    /** Through how many calendars its clock runs at most: the company's, and those of who owns it meanwhile. */
    private static int calendars(Stay stay, List<Ownership> owners, LeadPolicy policy) {
        int calendars = 1;
        for (int i = 0; i < owners.size(); i++) {
            boolean ownsMeanwhile = owners.get(i).fromMillis() < stay.leftMillis()
                    && (i + 1 == owners.size() || owners.get(i + 1).fromMillis() > stay.enteredMillis());
            calendars += ownsMeanwhile
                    ? policy.calendars().spansOf(owners.get(i).owner()).size()
                    : 0;
        }
        return calendars;
    }

    private static boolean opensDeal(LeadView lead, long atMillis) {
        return lead.deals().stream().anyMatch(deal -> !deal.deleted() && deal.openedMillis() == atMillis);
    }

    private static String end(Deal deal, int stay, List<String> ladder) {
        if (stay + 1 == deal.stays().size()) {
            return deal.outcome() == Deal.Outcome.LOST ? LOST : MOVED;
        }
        int from = ladder.indexOf(Funnel.STAGE + deal.stays().get(stay).stage());
        int to = ladder.indexOf(Funnel.STAGE + deal.stays().get(stay + 1).stage());
        return to >= 0 && to <= from ? BACK : MOVED;
    }

    private static void add(
            LeadView lead,
            Deal deal,
            Stay stay,
            List<Ownership> owners,
            String end,
            LeadPolicy policy,
            List<Stuck> to) {
        String dealId = deal == null ? null : deal.id();
        for (Alert alert : StuckClock.alerts(
                lead.lead(),
                dealId,
                List.of(stay),
                owners,
                policy.calendars(),
                each -> policy.limits().limitMilliDays(each, Long.MAX_VALUE),
                lead.contacts().planned())) {
            long raisedMillis = alert.raisedMillis();
            long untilMillis = Math.min(
                    stay.leftMillis(),
                    BusinessCalendar.dueAfterBusinessDays(
                            policy.calendars().along(owners), raisedMillis, MILLI_DAYS_TO_ACT));
            String before = "none";
            Set<String> acts = new TreeSet<>();
            for (Fact fact : lead.facts()) {
                if (fact.timeMillis() <= raisedMillis) {
                    String outcome = outcome(fact);
                    before = outcome == null ? before : outcome;
                } else if (fact.timeMillis() <= untilMillis) {
                    addAct(fact, acts);
                }
            }
            for (Ownership owner : owners) {
                if (owner.fromMillis() > raisedMillis && owner.fromMillis() <= untilMillis) {
                    acts.add(HANDED_OVER);
                }
            }
            if (acts.isEmpty()) {
                acts.add("nothing");
            }
            to.add(new Stuck(stay.stage(), raisedMillis, alert.owner(), before, acts, end));
        }
    }

    /** What a fact says of how far we are with the lead; null when nothing. */
    private static String outcome(Fact fact) {
        return switch (fact.kind()) {
            case CALL -> {
                if (ContactRules.isConversation(fact)) {
                    yield "conversation";
                }
                yield fact.connected() ? "call_connected" : "call_not_connected";
            }
            case EMAIL_SENT, SMS_SENT, EMAIL_REPLIED, SMS_REPLIED, FORM_SUBMITTED ->
                fact.automatic() ? null : fact.kind().wireName();
            case MEETING_SCHEDULED,
                    MEETING_RESCHEDULED,
                    MEETING_COMPLETED,
                    MEETING_DECLINED,
                    MEETING_CANCELLED,
                    MEETING_NO_SHOW,
                    DEMO_HELD -> fact.kind().wireName();
            default -> fact.kind().isHandRaise() ? fact.kind().wireName() : null;
        };
    }

    /** What people of ours did; a change of owner is read from the owners. */
    private static void addAct(Fact fact, Set<String> to) {
        if (ContactRules.isConversation(fact)) {
            to.add("conversation");
        }
        boolean isDone = fact.kind() == EventKind.TASK_DONE
                || fact.kind() == EventKind.MEETING_SCHEDULED
                || fact.kind() == EventKind.MEETING_RESCHEDULED;
        if (isDone || ContactRules.isAttempt(fact)) {
            to.add(fact.kind().wireName());
        }
    }
}
