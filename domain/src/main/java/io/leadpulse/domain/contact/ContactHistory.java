package io.leadpulse.domain.contact;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who reached whom and when, as all facts of a lead together say it. A pure function of the facts: late, corrected and
 * replayed facts give the same history as ones in time. Bounded by the facts of a lead.
 *
 * <p>Times that there are none of are {@link Fact#NO_TIME}.
 *
 * @param origin who made the first contact, the lead (inbound) or we (outbound); a direction stated by the newest
 *     {@code lead_created} or {@code lead_updated} that states one overrides what the acts say
 * @param createdMillis the first {@code lead_created}, else the first fact
 * @param firstContactMillis the first attempt by a person, or the first answered inbound call
 * @param firstContactStartMillis from when the time to first contact runs: the first hand-raise that was not later than
 *     the first contact, else the creation
 * @param lastContactMillis the latest attempt or inbound message
 * @param lastContactKind its kind; null when there was none
 * @param lastContactTwoWay whether it was two-way
 * @param handRaisesMillis when the lead asked to be contacted, ascending
 * @param touchesMillis attempts and two-way contacts, ascending: what ends a silence
 * @param planned tasks and meetings in the order in which they were planned
 * @param owedReplies in order of time, apart from each other; only the last one may wait
 * @param dismissalsMillis when it was disqualified or rejected, or merged into nobody knows which lead, ascending: nothing is
 *     owed to it and nothing planned with it from then on
 */
public record ContactHistory(
        Direction origin,
        long createdMillis,
        long firstContactMillis,
        long firstContactStartMillis,
        long lastContactMillis,
        EventKind lastContactKind,
        boolean lastContactTwoWay,
        List<Long> handRaisesMillis,
        List<Long> touchesMillis,
        List<PlannedActivity> planned,
        List<OwedReply> owedReplies,
        List<Long> dismissalsMillis) {

    /** An inbound act within so many days before a call keeps it from being cold. */
    public static final int COLD_AFTER_DAYS = 90;

    private static final long DAY_MILLIS = 86_400_000L;

    /** Reads the facts of one lead, one per id, in any order. */
    public static ContactHistory of(List<Fact> facts) {
        Reading reading = new Reading();
        for (Fact fact : Fact.inOrder(facts)) {
            reading.read(fact);
        }
        return reading.history();
    }

    /**
     * The cold calls among the facts of one lead, in canonical order: calls of ours to a lead with no earlier two-way
     * contact and no inbound act in the 90 times 24 hours before, and calls that the producer marked as cold.
     */
    public static List<Fact> coldCalls(List<Fact> facts) {
        List<Fact> calls = new ArrayList<>();
        boolean twoWayBefore = false;
        long lastActMillis = Fact.NO_TIME;
        for (Fact fact : Fact.inOrder(facts)) {
            if (fact.kind() == EventKind.CALL && ContactRules.isAttempt(fact)) {
                boolean actBefore = lastActMillis != Fact.NO_TIME
                        && fact.timeMillis() - lastActMillis <= COLD_AFTER_DAYS * DAY_MILLIS;
                if (fact.cold() || (!twoWayBefore && !actBefore)) {
                    calls.add(fact);
                }
            }
            twoWayBefore |= ContactRules.isTwoWay(fact);
            if (ContactRules.isInboundAct(fact)) {
                lastActMillis = fact.timeMillis();
            }
        }
        return calls;
    }

    /** Since when the lead waits for our answer; {@link Fact#NO_TIME} when it does not. */
    public long replyOwedSinceMillis() {
        OwedReply last = owedReplies.isEmpty() ? null : owedReplies.get(owedReplies.size() - 1);
        return last != null && last.isWaiting() ? last.sinceMillis() : Fact.NO_TIME;
    }

    /** Since when there was no attempt and no two-way contact: the last touch, else the creation. */
    public long idleSinceMillis() {
        return touchesMillis.isEmpty() ? createdMillis : touchesMillis.get(touchesMillis.size() - 1);
    }

    /** When the lead asked to be contacted and at that time still waits for our answer; {@link Fact#NO_TIME} if not. */
    public long handRaisedAt(long atMillis) {
        for (OwedReply owed : owedReplies) {
            if (owed.sinceMillis() <= atMillis && atMillis < owed.endedMillis()) {
                for (long raisedMillis : handRaisesMillis) {
                    if (raisedMillis >= owed.sinceMillis() && raisedMillis <= atMillis) {
                        return raisedMillis;
                    }
                }
            }
        }
        return Fact.NO_TIME;
    }

    /** The planned activity due first, overdue or not; null when nothing is planned. */
    public PlannedActivity nextPlanned() {
        PlannedActivity next = null;
        for (PlannedActivity each : planned) {
            if (each.stands() && (next == null || each.dueMillis() < next.dueMillis())) {
                next = each;
            }
        }
        return next;
    }

    /** Where the reading of a lead's facts stands. */
    private static final class Reading {
        private final List<Long> handRaises = new ArrayList<>();
        private final List<Long> touches = new ArrayList<>();
        private final List<PlannedActivity> planned = new ArrayList<>();
        private final Map<String, Integer> standing = new HashMap<>();
        private final List<OwedReply> owed = new ArrayList<>();
        private final List<Long> dismissals = new ArrayList<>();
        private Direction stated = Direction.UNKNOWN;
        private Direction acted = Direction.UNKNOWN;
        private long firstFactMillis = Fact.NO_TIME;
        private long createdMillis = Fact.NO_TIME;
        private long firstContactMillis = Fact.NO_TIME;
        private Fact lastContact;

        void read(Fact fact) {
            if (firstFactMillis == Fact.NO_TIME) {
                firstFactMillis = fact.timeMillis();
            }
            if (fact.kind() == EventKind.LEAD_CREATED && createdMillis == Fact.NO_TIME) {
                createdMillis = fact.timeMillis();
            }
            readOrigin(fact);
            readContact(fact);
            readOwed(fact);
            readPlan(fact);
        }

        private void readOrigin(Fact fact) {
            boolean ofTheLead = fact.kind() == EventKind.LEAD_CREATED || fact.kind() == EventKind.LEAD_UPDATED;
            if (ofTheLead && fact.direction() != Direction.UNKNOWN) {
                stated = fact.direction();
            }
            if (acted == Direction.UNKNOWN) {
                if (ContactRules.makesInboundLead(fact)) {
                    acted = Direction.INBOUND;
                } else if (ContactRules.makesOutboundLead(fact)) {
                    acted = Direction.OUTBOUND;
                }
            }
        }

        private void readContact(Fact fact) {
            if (fact.kind().isHandRaise() && !fact.automatic()) {
                handRaises.add(fact.timeMillis());
            }
            if (firstContactMillis == Fact.NO_TIME && ContactRules.isAnswer(fact)) {
                firstContactMillis = fact.timeMillis();
            }
            if (ContactRules.isAttempt(fact) || ContactRules.isTwoWay(fact)) {
                touches.add(fact.timeMillis());
            }
            if (ContactRules.isAttempt(fact) || ContactRules.isInboundMessage(fact)) {
                lastContact = fact;
            }
        }

        private void readOwed(Fact fact) {
            boolean waits = !owed.isEmpty() && owed.get(owed.size() - 1).isWaiting();
            boolean dismisses = dismisses(fact);
            if (dismisses) {
                dismissals.add(fact.timeMillis());
            }
            if (waits && (ContactRules.isAnswer(fact) || dismisses)) {
                OwedReply last = owed.remove(owed.size() - 1);
                owed.add(new OwedReply(last.kind(), last.sinceMillis(), fact.timeMillis()));
            } else if (!waits && ContactRules.isInboundMessage(fact) && !ContactRules.isAnsweredCall(fact)) {
                owed.add(new OwedReply(fact.kind(), fact.timeMillis(), OwedReply.WAITING));
            }
        }

        private static boolean dismisses(Fact fact) {
            return switch (fact.kind()) {
                case LEAD_REJECTED, LEAD_DELETED, LEAD_MERGED -> true;
                case LEAD_STATUS_CHANGED ->
                    fact.status() != null
                            && fact.status().toLowerCase(Locale.ROOT).equals("disqualified");
                default -> false;
            };
        }

        private void readPlan(Fact fact) {
            switch (fact.kind()) {
                case TASK_PLANNED -> plan("task/", fact);
                case MEETING_SCHEDULED, MEETING_RESCHEDULED -> plan("meeting/", fact);
                case TASK_DONE -> end("task/", fact);
                case MEETING_COMPLETED, MEETING_DECLINED, MEETING_CANCELLED, MEETING_NO_SHOW, DEMO_HELD ->
                    end("meeting/", fact);
                default -> {
                    // Nothing else plans.
                }
            }
        }

        private void plan(String type, Fact fact) {
            end(type, fact);
            if (fact.dueMillis() != Fact.NO_TIME) {
                standing.put(key(type, fact), planned.size());
                planned.add(new PlannedActivity(
                        fact.asset(), fact.kind(), fact.timeMillis(), fact.dueMillis(), PlannedActivity.STANDS));
            }
        }

        private void end(String type, Fact fact) {
            Integer index = standing.remove(key(type, fact));
            if (index != null) {
                PlannedActivity plan = planned.get(index);
                planned.set(
                        index,
                        new PlannedActivity(
                                plan.asset(), plan.kind(), plan.plannedMillis(), plan.dueMillis(), fact.timeMillis()));
            }
        }

        /** Those without an id share one place: the newest plan is the one meant. */
        private static String key(String type, Fact fact) {
            return fact.asset() == null ? type : type + fact.asset();
        }

        ContactHistory history() {
            long created = createdMillis != Fact.NO_TIME ? createdMillis : firstFactMillis;
            boolean raisedFirst = !handRaises.isEmpty()
                    && (firstContactMillis == Fact.NO_TIME || handRaises.get(0) <= firstContactMillis);
            return new ContactHistory(
                    stated != Direction.UNKNOWN ? stated : acted,
                    created,
                    firstContactMillis,
                    raisedFirst ? handRaises.get(0) : created,
                    lastContact == null ? Fact.NO_TIME : lastContact.timeMillis(),
                    lastContact == null ? null : lastContact.kind(),
                    lastContact != null && ContactRules.isTwoWay(lastContact),
                    handRaises,
                    touches,
                    planned,
                    owed,
                    dismissals);
        }
    }
}
