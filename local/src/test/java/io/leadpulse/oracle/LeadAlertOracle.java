package io.leadpulse.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * Alerts of a lead beside those of its stages, by the default limits: each is looked for in every time in which its cause
 * holds. Where the definitions leave room:
 *
 * <ul>
 *   <li><b>First contact</b> is late once for each stay in <i>new</i>: one business day after its beginning, 15 business
 *       minutes after the first hand-raise in it (its beginning, where one waits for an answer then), or 4 business hours
 *       after the first moment in it at which an act or its beginning finds the lead hot, whichever is first. It is
 *       critical 60 business minutes after what the 15 are counted from.
 *   <li><b>Reply owed</b> runs from the first message to the answer, or until the lead is disqualified.
 *   <li><b>Idle</b> is told once for each silence of 14 days, by the clock on the wall, within a time in which somebody is
 *       to work on the lead.
 *   <li><b>Planned overdue</b> begins when it is due, or when it was planned if it was due before.
 *   <li><b>Expected close passed</b> begins with the day after, or when that day was said, or when the deal was reopened.
 *   <li><b>Marketing-qualified</b> is told once a lead, when somebody owns it from then on, until somebody reached it or
 *       tried to or decided on it, or it is sales-qualified.
 *   <li><b>Unassigned</b> runs in the company's calendar, from the moment at which nobody owns the lead: 30 business
 *       minutes, or 5 from a hand-raise that waits for an answer then.
 * </ul>
 */
final class LeadAlertOracle {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final long NEVER = Long.MAX_VALUE;

    private final OracleConfig config;
    private final OracleInput input;
    private final long asOfMillis;
    private final String lead;
    private final LeadOracle facts;
    private final List<OracleDeal> deals;
    private final LongPredicate isHot;
    private final Long qualifiedMillis;
    private final List<String> found = new ArrayList<>();

    /**
     * The alerts of one lead.
     *
     * @param isHot whether its score was hot at a time
     * @param qualifiedMillis when it became marketing-qualified; null if it did not
     */
    LeadAlertOracle(
            OracleConfig config,
            OracleInput input,
            long asOfMillis,
            String lead,
            LeadOracle facts,
            List<OracleDeal> deals,
            LongPredicate isHot,
            Long qualifiedMillis) {
        this.config = config;
        this.input = input;
        this.asOfMillis = asOfMillis;
        this.lead = lead;
        this.facts = facts;
        this.deals = deals;
        this.isHot = isHot;
        this.qualifiedMillis = qualifiedMillis;
    }

    /** Each as {@code cause|lead|deal|raised|escalated|resolved}, in no order; what did not come up to as-of is empty. */
    List<String> all() {
        facts.stays().stream().filter(stay -> stay.stage().equals("new")).forEach(this::firstContact);
        for (WorkCalendar.Stretch wait : facts.waits()) {
            long due = after(wait.fromMillis(), 4 * HOUR_MILLIS, facts.owners());
            add("reply_owed", null, due, NEVER, wait.toMillis());
        }
        times(facts::isWorkedOn).forEach(this::idle);
        for (LeadOracle.Plan plan : facts.plannedActivities()) {
            if (plan.dueMillis() < plan.endMillis()) {
                add("planned_overdue", null, Math.max(plan.dueMillis(), plan.plannedMillis()), NEVER, plan.endMillis());
            }
        }
        deals.forEach(this::expectedClose);
        times(facts::isUnowned).forEach(this::unassigned);
        if (qualifiedMillis != null) {
            qualified();
        }
        return found;
    }

    private void firstContact(OracleDeal.Stay stay) {
        long endMillis = stay.leftMillis() == null ? NEVER : stay.leftMillis();
        List<OracleDeal.Owner> owners = facts.owners();
        List<WorkCalendar.Governed> clock = input.clock(stay.enteredMillis(), asOfMillis, owners);
        long due = WorkCalendar.reach(clock, Fraction.of(1, 1)).orElse(NEVER);
        long critical = NEVER;
        for (long hand : facts.handRaises()) {
            boolean isBefore = hand < stay.enteredMillis() && waitsFrom(hand, stay.enteredMillis());
            boolean isWithin = hand >= stay.enteredMillis() && hand < endMillis;
            if (critical == NEVER && (isBefore || isWithin)) {
                long from = Math.max(hand, stay.enteredMillis());
                due = Math.min(due, after(from, 15 * MINUTE_MILLIS, owners));
                critical = after(from, 60 * MINUTE_MILLIS, owners);
            }
        }
        for (long at : facts.changes()) {
            if (at >= stay.enteredMillis() && at < endMillis && isHot.test(at)) {
                due = Math.min(due, after(at, 4 * HOUR_MILLIS, owners));
                break;
            }
        }
        add("first_contact", null, due, critical, endMillis);
    }

    private boolean waitsFrom(long handMillis, long untilMillis) {
        return facts.waits().stream()
                .anyMatch(wait -> wait.fromMillis() <= handMillis && untilMillis < wait.toMillis());
    }

    private void qualified() {
        List<Long> ends = new ArrayList<>(facts.touches());
        ends.addAll(facts.decisions());
        ends.removeIf(end -> end <= qualifiedMillis);
        if (facts.salesQualifiedMillis() != null) {
            ends.add(facts.salesQualifiedMillis());
        }
        Long raised = facts.ownerAt(qualifiedMillis) != null ? qualifiedMillis : null;
        for (OracleDeal.Owner owner : facts.owners()) {
            if (raised == null && owner.fromMillis() > qualifiedMillis && owner.rep() != null) {
                raised = owner.fromMillis();
            }
        }
        if (raised != null) {
            add(
                    "marketing_qualified",
                    null,
                    raised,
                    NEVER,
                    ends.stream().min(Long::compare).orElse(NEVER));
        }
    }

    private void idle(WorkCalendar.Stretch worked) {
        List<Long> ends = new ArrayList<>(facts.touches());
        ends.removeIf(touch -> touch <= worked.fromMillis() || touch >= worked.toMillis());
        ends.add(worked.toMillis());
        long since = worked.fromMillis();
        for (long end : ends) {
            long due = Instant.ofEpochMilli(since)
                    .atZone(config.zone())
                    .plusDays(14)
                    .toInstant()
                    .toEpochMilli();
            add("idle", null, due, NEVER, end);
            since = end;
        }
    }

    private void expectedClose(OracleDeal deal) {
        for (int i = 0; i < deal.expected().size(); i++) {
            OracleDeal.Expected expected = deal.expected().get(i);
            long until =
                    i + 1 < deal.expected().size() ? deal.expected().get(i + 1).fromMillis() : NEVER;
            long passed = expected.day()
                    .plusDays(1)
                    .atStartOfDay(config.zone())
                    .toInstant()
                    .toEpochMilli();
            for (WorkCalendar.Stretch open : deal.open()) {
                long due = Math.max(passed, Math.max(expected.fromMillis(), open.fromMillis()));
                add("expected_close_passed", deal.id(), due, NEVER, Math.min(until, open.toMillis()));
            }
        }
    }

    private void unassigned(WorkCalendar.Stretch unowned) {
        long due = after(unowned.fromMillis(), 30 * MINUTE_MILLIS, List.of());
        for (WorkCalendar.Stretch wait : facts.waits()) {
            for (long hand : facts.handRaises()) {
                boolean waits = wait.fromMillis() <= hand && hand < wait.toMillis();
                long handDue = after(Math.max(hand, unowned.fromMillis()), 5 * MINUTE_MILLIS, List.of());
                if (waits && handDue < wait.toMillis()) {
                    due = Math.min(due, handDue);
                }
            }
        }
        add("unassigned", null, due, NEVER, unowned.toMillis());
    }

    /** The times in which something holds; one that lasts ends at the greatest number. */
    private List<WorkCalendar.Stretch> times(LongPredicate holds) {
        List<WorkCalendar.Stretch> times = new ArrayList<>();
        Long since = null;
        for (long at : facts.changes()) {
            boolean isSo = holds.test(at);
            if (isSo && since == null) {
                since = at;
            } else if (!isSo && since != null) {
                times.add(new WorkCalendar.Stretch(since, at));
                since = null;
            }
        }
        if (since != null) {
            times.add(new WorkCalendar.Stretch(since, NEVER));
        }
        return times;
    }

    private long after(long fromMillis, long limitMillis, List<OracleDeal.Owner> owners) {
        OptionalLong reached = fromMillis >= asOfMillis
                ? OptionalLong.empty()
                : WorkCalendar.reachMillis(
                        input.clock(fromMillis, asOfMillis + Duration.ofDays(1).toMillis(), owners), limitMillis);
        return reached.orElse(NEVER);
    }

    private void add(String cause, String deal, long raised, long escalated, long ended) {
        if (raised > asOfMillis || raised >= ended) {
            return;
        }
        boolean escalates = escalated <= asOfMillis && escalated < ended;
        found.add(String.join(
                "|",
                cause,
                lead,
                deal == null ? "" : deal,
                OracleTime.text(raised),
                escalates ? OracleTime.text(Math.max(raised, escalated)) : "",
                ended <= asOfMillis ? OracleTime.text(ended) : ""));
    }
}
