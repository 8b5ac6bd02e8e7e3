package io.leadpulse.domain.lead;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of a lead that is not worked on: in nurture, turned down, or a customer already. A pure function of its
 * facts and deals.
 *
 * @param nurture when it was in nurture, in order of time; only the last may last
 * @param touches nurture touches, in order of time
 * @param turnedDown when it was turned down, in order of time
 * @param purchases won deals, in order of time
 * @param signs when the customer was heard of, ascending, from the first purchase on
 */
record Aftercare(
        List<Nurture> nurture,
        List<Touch> touches,
        List<TurnedDown> turnedDown,
        List<Deal> purchases,
        List<Long> signs) {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long RESPONSE_MILLIS = 14 * DAY_MILLIS;

    /**
     * A time in nurture.
     *
     * @param fromMillis when it came there, epoch milliseconds
     * @param untilMillis when it left: another status, a rejection, a deal, a merge, a deletion; {@link Fact#NO_TIME} while
     *     it lasts
     */
    record Nurture(long fromMillis, long untilMillis) {
        boolean lasts() {
            return untilMillis == Fact.NO_TIME;
        }
    }

    /**
     * A nurture touch.
     *
     * @param timeMillis epoch milliseconds
     * @param actor who did it; null when a machine did
     * @param method how: the channel it names; empty when none
     * @param isAnswered whether the lead acted within 14 days and before the next touch
     */
    record Touch(long timeMillis, String actor, String method, boolean isAnswered) {}

    /**
     * A disqualification or rejection.
     *
     * @param timeMillis epoch milliseconds
     * @param reason why; null when nobody said
     * @param backMillis when it came back: a working status, an acceptance after a rejection, a deal; {@link Fact#NO_TIME}
     *     while it stands
     */
    record TurnedDown(long timeMillis, String reason, long backMillis) {}

    /** Whether nothing has become of it yet. */
    boolean isNothing() {
        return nurture.isEmpty() && touches.isEmpty() && turnedDown.isEmpty() && purchases.isEmpty();
    }

    static Aftercare of(LeadView lead) {
        List<Deal> purchases = new ArrayList<>();
        for (Deal deal : lead.deals()) {
            if (!deal.deleted() && deal.outcome() == Deal.Outcome.WON) {
                purchases.add(deal);
            }
        }
        purchases.sort(Comparator.comparingLong(Deal::closedMillis).thenComparing(Deal::id));
        Reading reading = new Reading(lead);
        return new Aftercare(
                reading.nurture, touches(lead.facts()), reading.turnedDown, purchases, signs(lead.facts(), purchases));
    }

    private static List<Touch> touches(List<Fact> facts) {
        List<Touch> touches = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.kind() == EventKind.NURTURE_TOUCH) {
                touches.add(new Touch(
                        fact.timeMillis(),
                        fact.actor(),
                        fact.channel() == null ? "" : fact.channel(),
                        isAnswered(facts, i)));
            }
        }
        return touches;
    }

    private static boolean isAnswered(List<Fact> facts, int touch) {
        long touchedMillis = facts.get(touch).timeMillis();
        for (int i = touch + 1; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.timeMillis() - touchedMillis > RESPONSE_MILLIS || fact.kind() == EventKind.NURTURE_TOUCH) {
                return false;
            }
            if (ContactRules.isInboundAct(fact) && fact.timeMillis() > touchedMillis) {
                return true;
            }
        }
        return false;
    }

    private static List<Long> signs(List<Fact> facts, List<Deal> purchases) {
        List<Long> signs = new ArrayList<>();
        if (purchases.isEmpty()) {
            return signs;
        }
        long sinceMillis = purchases.get(0).closedMillis();
        for (Fact fact : facts) {
            boolean isSign = ContactRules.isInboundAct(fact) || ContactRules.isTwoWay(fact);
            if (isSign && fact.timeMillis() >= sinceMillis) {
                signs.add(fact.timeMillis());
            }
        }
        purchases.forEach(deal -> signs.add(deal.closedMillis()));
        signs.sort(null);
        return signs;
    }

    /** Reads what was said of the lead, and when its deals were opened, in order of time. */
    private static final class Reading {
        private final List<Nurture> nurture = new ArrayList<>();
        private final List<TurnedDown> turnedDown = new ArrayList<>();
        private final long firstSaleMillis;
        private boolean rejected;

        private Reading(LeadView lead) {
            firstSaleMillis = lead.milestones().firstSaleMillis();
            List<Long> openings = new ArrayList<>();
            for (Deal deal : lead.deals()) {
                if (!deal.deleted()) {
                    openings.add(deal.openedMillis());
                }
            }
            openings.sort(null);
            int opened = 0;
            for (Fact fact : lead.turns()) {
                while (opened < openings.size() && openings.get(opened) <= fact.timeMillis()) {
                    openDeal(openings.get(opened++));
                }
                read(fact);
            }
            while (opened < openings.size()) {
                openDeal(openings.get(opened++));
            }
        }

        private void openDeal(long atMillis) {
            leaveNurture(atMillis);
            comeBack(atMillis);
        }

        private void read(Fact fact) {
            switch (fact.kind()) {
                case LEAD_STATUS_CHANGED -> {
                    if (fact.status() != null) {
                        readStatus(fact, fact.status().toLowerCase(Locale.ROOT));
                    }
                }
                case LEAD_REJECTED -> turnDown(fact, true);
                case LEAD_ACCEPTED -> {
                    if (rejected) {
                        comeBack(fact.timeMillis());
                    }
                }
                case LEAD_MERGED, LEAD_DELETED -> leaveNurture(fact.timeMillis());
                default -> {
                    // Says nothing of it.
                }
            }
        }

        private void readStatus(Fact fact, String status) {
            switch (status) {
                case "nurture" -> {
                    boolean isCustomer = firstSaleMillis != Fact.NO_TIME && firstSaleMillis <= fact.timeMillis();
                    if (!isCustomer && (nurture.isEmpty() || !last(nurture).lasts())) {
                        nurture.add(new Nurture(fact.timeMillis(), Fact.NO_TIME));
                    }
                }
                case "disqualified" -> turnDown(fact, false);
                default -> {
                    leaveNurture(fact.timeMillis());
                    comeBack(fact.timeMillis());
                }
            }
        }

        private void turnDown(Fact fact, boolean isRejection) {
            leaveNurture(fact.timeMillis());
            rejected = isRejection;
            if (turnedDown.isEmpty() || last(turnedDown).backMillis() != Fact.NO_TIME) {
                turnedDown.add(new TurnedDown(fact.timeMillis(), fact.reason(), Fact.NO_TIME));
            }
        }

        private void leaveNurture(long atMillis) {
            if (!nurture.isEmpty() && last(nurture).lasts()) {
                Nurture stay = nurture.remove(nurture.size() - 1);
                nurture.add(new Nurture(stay.fromMillis(), atMillis));
            }
        }

        private void comeBack(long atMillis) {
            rejected = false;
            if (!turnedDown.isEmpty() && last(turnedDown).backMillis() == Fact.NO_TIME) {
                TurnedDown stands = turnedDown.remove(turnedDown.size() - 1);
                turnedDown.add(new TurnedDown(stands.timeMillis(), stands.reason(), atMillis));
            }
        }

        private static <T> T last(List<T> list) {
            return list.get(list.size() - 1);
        }
    }
}
