package io.leadpulse.domain.lead;

import io.leadpulse.domain.activity.Sending;
import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.activity.TimeSpent;
import io.leadpulse.domain.activity.Yield;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealSteps;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What activities came to: calls, mails, meetings and demos with what followed, the steps of deals, and the time that was
 * spent. What follows within some days is counted on the day of the activity, so that a rate is one of a cohort.
 *
 * <p>Credit goes to who did it. A meeting or demo that names nobody is its lead's owner's at that time: its end is often
 * told by the calendar or by the lead.
 */
final class ActivityMeasures {
    private static final String NO_DIMENSION = "";
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MEETING_AFTER_COLD_CALL_MILLIS = 14 * DAY_MILLIS;
    private static final long OPPORTUNITY_AFTER_DEMO_MILLIS = 30 * DAY_MILLIS;
    private static final long MOVE_AFTER_DEMO_MILLIS = 14 * DAY_MILLIS;
    private static final long YIELD_MILLIS = Yield.WITHIN_DAYS * DAY_MILLIS;
    private static final long SECOND_MILLIS = 1_000;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final int DAYS_PER_WEEK = 7;
    /** 1970-01-01 was a Thursday. */
    private static final int WEEKDAY_OF_DAY_0 = 3;

    /** Made once: a dimension of a closed set is asked for at every activity of every lead. */
    private static final List<String> HOURS_OF_WEEK = hoursOfWeek();

    private static final Map<EventKind, YieldDimensions> YIELDS = yields();

    private final Organisation organisation;
    private final List<String> ladder;

    /** What a yield of one kind of activity is counted under. */
    private record YieldDimensions(String done, String opportunities, String moves) {}

    ActivityMeasures(LeadPolicy policy) {
        organisation = policy.organisation();
        ladder = policy.dealStages().open();
    }

    /** Adds everything that this lead contributes. */
    void contribute(LeadView lead, Contributions to) {
        Reading reading = new Reading(lead, to);
        for (Fact fact : lead.facts()) {
            reading.contributeFact(fact);
        }
        reading.contributeSeveral();
        reading.contributeColdCalls();
        for (Deal deal : lead.deals()) {
            reading.contributeDeal(deal);
        }
    }

    /** Adds what some of its facts give, whatever the others are; owners and deals are those of the lead. */
    void contributeFacts(LeadView lead, List<Fact> facts, Contributions to) {
        Reading reading = new Reading(lead, to);
        for (Fact fact : facts) {
            reading.contributeFact(fact);
        }
    }

    /** Adds what follows from several of its activities together. */
    void contributeSeveral(LeadView lead, Contributions to) {
        new Reading(lead, to).contributeSeveral();
    }

    /** Adds its cold calls, for which it counts what came before them. */
    void contributeColdCalls(LeadView lead, Contributions to) {
        new Reading(lead, to).contributeColdCalls();
    }

    /** Adds what one of its deals gives, whatever else is known. */
    void contributeDeal(LeadView lead, Deal deal, Contributions to) {
        new Reading(lead, to).contributeDeal(deal);
    }

    /** Whether a fact may change which calls were cold, or what these led to. */
    static boolean countsForColdCalls(Fact fact) {
        return fact.kind().stream() == EventKind.Stream.ACTIVITY || ContactRules.isInboundAct(fact);
    }

    /** One lead, as it is read. */
    private final class Reading {
        private final LeadView lead;
        private final Contributions to;
        private final List<Deal> deals = new ArrayList<>();
        private List<List<Long>> moves;

        Reading(LeadView lead, Contributions to) {
            this.lead = lead;
            this.to = to;
            for (Deal deal : lead.deals()) {
                if (!deal.deleted()) {
                    deals.add(deal);
                }
            }
        }

        /** What the lead does on the web is none of these activities, and most of what a lead does. */
        void contributeFact(Fact fact) {
            if (fact.kind().stream() != EventKind.Stream.ACTIVITY) {
                return;
            }
            if (fact.kind() == EventKind.CALL || ContactRules.isAttempt(fact)) {
                Credit credit = creditOf(fact);
                contributeCall(fact, credit);
                contributeYield(fact, credit);
            }
            contributeTime(fact);
            switch (fact.kind()) {
                case MEETING_SCHEDULED -> add(fact, Measure.MEETINGS, "scheduled", 1);
                case MEETING_COMPLETED -> add(fact, Measure.MEETINGS, "completed", 1);
                case DEMO_HELD -> {
                    add(fact, Measure.MEETINGS, "demo_held", 1);
                    contributeDemo(fact);
                }
                case MEETING_DECLINED -> add(fact, Measure.MEETINGS, "declined", 1);
                case MEETING_CANCELLED -> add(fact, Measure.MEETINGS, "cancelled", 1);
                case MEETING_NO_SHOW -> add(fact, Measure.MEETINGS, "no_show", 1);
                default -> {
                    // No meeting.
                }
            }
        }

        void contributeSeveral() {
            List<Fact> activities = new ArrayList<>();
            for (Fact fact : lead.facts()) {
                if (fact.kind().stream() == EventKind.Stream.ACTIVITY) {
                    activities.add(fact);
                }
            }
            contributeSendings(Sending.mails(activities), Measure.MAILS);
            contributeSendings(Sending.sms(activities), Measure.SMS);
            contributeBooked(activities);
        }

        private void contributeCall(Fact fact, Credit credit) {
            if (fact.kind() != EventKind.CALL) {
                return;
            }
            boolean isConversation = ContactRules.isConversation(fact);
            if (ContactRules.isAttempt(fact)) {
                String hour = hourOfWeek(fact.timeMillis());
                credit.add(Measure.CALLS_MADE, hour, 1, to);
                credit.add(Measure.CALLS_CONNECTED, hour, isConversation ? 1 : 0, to);
            }
            if (isConversation) {
                credit.add(Measure.CONVERSATION_MILLIS, NO_DIMENSION, fact.seconds() * SECOND_MILLIS, to);
            }
        }

        void contributeColdCalls() {
            boolean isAny = false;
            for (Fact fact : lead.facts()) {
                isAny |= fact.kind() == EventKind.CALL;
            }
            if (!isAny) {
                return;
            }
            Map<Fact, Boolean> connected = new TreeMap<>(Fact.CANONICAL_ORDER);
            for (Fact call : ContactHistory.coldCalls(lead.facts())) {
                add(call, Measure.COLD_CALLS, "made", 1);
                if (ContactRules.isConversation(call)) {
                    add(call, Measure.COLD_CALLS, "connected", 1);
                    connected.put(call, Boolean.FALSE);
                }
            }
            Fact latest = null;
            for (Fact fact : lead.facts()) {
                if (fact.kind() == EventKind.CALL) {
                    latest = connected.containsKey(fact) ? fact : latest;
                } else if (fact.kind() == EventKind.MEETING_SCHEDULED
                        && latest != null
                        && fact.timeMillis() - latest.timeMillis() <= MEETING_AFTER_COLD_CALL_MILLIS) {
                    connected.put(latest, Boolean.TRUE);
                }
            }
            connected.forEach((call, led) -> add(call, Measure.COLD_CALLS, "meeting", led ? 1 : 0));
        }

        private void contributeSendings(List<Sending> sendings, Measure measure) {
            for (Sending sending : sendings) {
                String what = what(sending);
                addSending(sending, measure, "sent", what, true);
                addSending(sending, measure, "delivered", what, sending.delivered());
                addSending(sending, measure, "opened", what, sending.opened());
                addSending(sending, measure, "clicked", what, sending.clicked());
                addSending(sending, measure, "replied", what, sending.replied());
                addSending(sending, measure, "replied_soon", what, sending.repliedSoon());
            }
        }

        /** A sending without a template has no part for it: so it was counted before there were any. */
        private static String what(Sending sending) {
            String by = sending.sent().automatic() ? "automatic" : "person";
            String campaign = sending.sent().campaign();
            String template = sending.template();
            return template.isEmpty() ? Dimension.of(by, campaign) : Dimension.of(by, campaign, template);
        }

        private void addSending(Sending sending, Measure measure, String step, String what, boolean counts) {
            if (counts) {
                add(sending.sent(), measure, Dimension.of(step, what), 1);
            }
        }

        private void contributeBooked(List<Fact> activities) {
            List<Fact> plans = new ArrayList<>();
            for (Fact fact : activities) {
                if (fact.kind() == EventKind.MEETING_SCHEDULED || fact.kind() == EventKind.MEETING_RESCHEDULED) {
                    plan(plans, fact);
                }
            }
            for (Fact plan : plans) {
                new Credit(whoDid(plan), plan.dueMillis()).add(Measure.MEETINGS, "booked", 1, to);
            }
        }

        /** A meeting that is moved before it was due is booked for its new time only. */
        private void plan(List<Fact> plans, Fact plan) {
            plans.removeIf(before -> before.asset() != null
                    && before.asset().equals(plan.asset())
                    && plan.timeMillis() < before.dueMillis());
            if (plan.dueMillis() != Fact.NO_TIME) {
                plans.add(plan);
            }
        }

        private void contributeDemo(Fact demo) {
            long atMillis = demo.timeMillis();
            boolean isDealOpen = false;
            boolean moved = false;
            for (int i = 0; i < deals.size(); i++) {
                if (deals.get(i).openSpans().stream().anyMatch(span -> span.contains(atMillis))) {
                    isDealOpen = true;
                    moved |= moves().get(i).stream().anyMatch(move -> isWithin(move, atMillis, MOVE_AFTER_DEMO_MILLIS));
                }
            }
            if (isDealOpen) {
                add(demo, Measure.DEMOS, "with_deal", 1);
                add(demo, Measure.DEMOS, "next_stage", moved ? 1 : 0);
            } else {
                add(demo, Measure.DEMOS, "without_deal", 1);
                boolean opened = openedWithin(atMillis, OPPORTUNITY_AFTER_DEMO_MILLIS) > 0;
                add(demo, Measure.DEMOS, "opportunity", opened ? 1 : 0);
            }
        }

        private void contributeYield(Fact fact, Credit credit) {
            if (!ContactRules.isAttempt(fact)) {
                return;
            }
            YieldDimensions dimensions = YIELDS.get(fact.kind());
            int moved = 0;
            for (List<Long> ofDeal : moves()) {
                for (long move : ofDeal) {
                    moved += isWithin(move, fact.timeMillis(), YIELD_MILLIS) ? 1 : 0;
                }
            }
            credit.add(Measure.YIELD, dimensions.done(), 1, to);
            credit.add(Measure.YIELD, dimensions.opportunities(), openedWithin(fact.timeMillis(), YIELD_MILLIS), to);
            credit.add(Measure.YIELD, dimensions.moves(), moved, to);
        }

        /** When each deal was moved on; asked for by some activities only. */
        private List<List<Long>> moves() {
            if (moves == null) {
                moves = new ArrayList<>(deals.size());
                for (Deal deal : deals) {
                    moves.add(new DealSteps(deal, ladder).movesMillis());
                }
            }
            return moves;
        }

        private int openedWithin(long afterMillis, long withinMillis) {
            int opened = 0;
            for (Deal deal : deals) {
                opened += isWithin(deal.openedMillis(), afterMillis, withinMillis) ? 1 : 0;
            }
            return opened;
        }

        void contributeDeal(Deal deal) {
            if (deal.deleted()) {
                return;
            }
            long amountMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
            new Credit(deal.ownerAt(deal.openedMillis()), deal.openedMillis())
                    .add(Measure.OPENED_AMOUNT, NO_DIMENSION, amountMinor, to);
            DealSteps steps = new DealSteps(deal, ladder);
            for (int stage = 0; stage < ladder.size(); stage++) {
                long reachedMillis = steps.reachedMillis(stage);
                if (reachedMillis == DealSteps.NEVER) {
                    break;
                }
                boolean isWon = deal.outcome() == Deal.Outcome.WON;
                boolean isLost = deal.outcome() == Deal.Outcome.LOST;
                boolean movedOn =
                        isWon || (stage + 1 < ladder.size() && steps.reachedMillis(stage + 1) != DealSteps.NEVER);
                Credit reached = new Credit(deal.ownerAt(reachedMillis), reachedMillis);
                addStep(reached, "moved_on", stage, movedOn);
                addStep(reached, "stopped", stage, isLost && !movedOn);
                addStep(reached, "won", stage, isWon);
                addStep(reached, "lost", stage, isLost);
            }
        }

        private void addStep(Credit reached, String result, int stage, boolean counts) {
            if (counts) {
                reached.add(Measure.STEPS, Dimension.of(result, ladder.get(stage)), 1, to);
            }
        }

        /**
         * Spans cannot be summed: one person's may overlap with those of other leads. They go to a scope of their own, whose
         * operator makes the union of all of them.
         */
        private void contributeTime(Fact fact) {
            String who = fact.seconds() == 0 || fact.automatic() ? null : whoDid(fact);
            if (who == null) {
                return;
            }
            String team = organisation.teamOf(who, fact.timeMillis());
            long from = fact.timeMillis();
            long end = from + fact.seconds() * SECOND_MILLIS;
            while (from < end) {
                int day = dayOf(from);
                long until = Math.min(end, organisation.slotStartMillis(day + 1, 0));
                SpentSpan span = new SpentSpan(
                        fact.kind().wireName(), team == null ? "" : team, new TimeSpent.Span(from, until));
                to.add(Scope.spent(who), Measure.TIME_SPENT_SPANS, span.dimension(), day, 1);
                from = until;
            }
        }

        private String whoDid(Fact fact) {
            if (fact.actor() != null) {
                return fact.actor();
            }
            return switch (fact.kind()) {
                case MEETING_SCHEDULED,
                        MEETING_RESCHEDULED,
                        MEETING_COMPLETED,
                        MEETING_DECLINED,
                        MEETING_CANCELLED,
                        MEETING_NO_SHOW,
                        DEMO_HELD -> lead.ownerAt(fact.timeMillis());
                default -> null;
            };
        }

        private Credit creditOf(Fact fact) {
            return new Credit(whoDid(fact), fact.timeMillis());
        }

        private void add(Fact fact, Measure measure, String dimension, long value) {
            creditOf(fact).add(measure, dimension, value, to);
        }
    }

    /** To whom, and for which day, something at a moment counts. */
    private final class Credit {
        private final int day;
        private final String rep;
        private final String team;

        Credit(String who, long timeMillis) {
            day = dayOf(timeMillis);
            rep = who == null ? null : Scope.rep(who);
            String inTeam = who == null ? null : organisation.teamOf(who, timeMillis);
            team = inTeam == null ? null : Scope.team(inTeam);
        }

        void add(Measure measure, String dimension, long value, Contributions to) {
            to.add(Scope.COMPANY, measure, dimension, day, value);
            if (rep != null) {
                to.add(rep, measure, dimension, day, value);
            }
            if (team != null) {
                to.add(team, measure, dimension, day, value);
            }
        }
    }

    private static List<String> hoursOfWeek() {
        List<String> hours = new ArrayList<>();
        for (int weekday = 1; weekday <= DAYS_PER_WEEK; weekday++) {
            for (int hour = 0; hour < HOURS_PER_DAY; hour++) {
                hours.add(weekday + "-" + hour);
            }
        }
        return List.copyOf(hours);
    }

    private static Map<EventKind, YieldDimensions> yields() {
        Map<EventKind, YieldDimensions> yields = new EnumMap<>(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            String name = kind.wireName();
            yields.put(
                    kind,
                    new YieldDimensions(
                            Dimension.of("done", name),
                            Dimension.of("opportunities", name),
                            Dimension.of("moves", name)));
        }
        return yields;
    }

    private static boolean isWithin(long millis, long afterMillis, long withinMillis) {
        return millis > afterMillis && millis - afterMillis <= withinMillis;
    }

    private int dayOf(long millis) {
        return organisation.epochDayOf(millis);
    }

    /** Weekday (1 is Monday) and hour of the company's clock, such as {@code 3-14}. */
    private String hourOfWeek(long millis) {
        int weekday = Math.floorMod(dayOf(millis) + WEEKDAY_OF_DAY_0, DAYS_PER_WEEK);
        return HOURS_OF_WEEK.get(weekday * HOURS_PER_DAY + organisation.minuteOfDayOf(millis) / MINUTES_PER_HOUR);
    }
}
