package io.leadpulse.domain.stage;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The stage of a lead while it has no open deal, derived from its facts and deals: <i>new</i> until the first contact,
 * <i>contacted</i> until sales-qualified, <i>qualified</i> until a deal opens. A pure function, so late and corrected
 * facts move the stays as if they had always been so.
 *
 * <p>Where the definition is silent:
 *
 * <ul>
 *   <li>Sales-qualified without a contact is <i>qualified</i>.
 *   <li>The statuses {@code nurture}, {@code disqualified} and {@code customer}, a rejection and a conversion end the
 *       stay, and no stage follows. Any other status brings the lead back (an acceptance does after a rejection): as
 *       <i>qualified</i> if that status says so, else as <i>contacted</i> or <i>new</i>; it has to be qualified again.
 *   <li>A merge into another lead ends the stay until an unmerge, and a deletion for good. Such facts are only among those
 *       read here when nobody knows into which lead it was merged, and when a lead is read as release 1 did; see
 *       {@link io.leadpulse.domain.merge.Standing}.
 *   <li>A deal that opens uses up the qualification. When the last open deal is lost, no stage follows until a later
 *       status brings the lead back; otherwise every lost deal would nag as a stuck qualified lead.
 *   <li>A won deal makes a customer for good. Deleted deals never were.
 *   <li>Without {@code lead_created} the lead begins with its first fact.
 * </ul>
 */
public final class LeadStages {

    public static final String NEW = "new";
    public static final String CONTACTED = "contacted";
    public static final String QUALIFIED = "qualified";

    private LeadStages() {}

    /**
     * The stays of the lead in its derived stages, in order of time, apart from each other.
     *
     * @param facts the lead's facts, one per id, in any order
     * @param deals the lead's deals, in any order
     */
    public static List<Stay> stays(List<Fact> facts, List<Deal> deals) {
        if (facts.isEmpty()) {
            return List.of();
        }
        List<Turn> turns = new ArrayList<>();
        long createdMillis = Long.MAX_VALUE;
        long firstMillis = Long.MAX_VALUE;
        for (Fact fact : facts) {
            firstMillis = Math.min(firstMillis, fact.timeMillis());
            if (fact.kind() == EventKind.LEAD_CREATED) {
                createdMillis = Math.min(createdMillis, fact.timeMillis());
            }
            turns.add(new Turn(fact.timeMillis(), fact, null, false));
        }
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                turns.add(new Turn(deal.openedMillis(), null, deal, true));
                if (deal.outcome() != Outcome.OPEN) {
                    turns.add(new Turn(Math.max(deal.openedMillis(), deal.closedMillis()), null, deal, false));
                }
            }
        }
        turns.sort(Turn.ORDER);
        Reading reading = new Reading(createdMillis != Long.MAX_VALUE ? createdMillis : firstMillis);
        for (Turn turn : turns) {
            reading.read(turn);
        }
        return reading.stays();
    }

    /**
     * Who owned the lead from when on, by assignments and by the owner named when it was created or changed. An
     * assignment without an owner leaves it unowned.
     *
     * @param facts the lead's facts, one per id, in any order
     */
    public static List<Ownership> owners(List<Fact> facts) {
        List<Ownership> owners = new ArrayList<>();
        for (Fact fact : Fact.inOrder(facts)) {
            boolean ofTheLead = fact.kind() == EventKind.LEAD_CREATED || fact.kind() == EventKind.LEAD_UPDATED;
            if (fact.kind() != EventKind.LEAD_ASSIGNED && !(ofTheLead && fact.owner() != null)) {
                continue;
            }
            if (!owners.isEmpty() && owners.get(owners.size() - 1).fromMillis() == fact.timeMillis()) {
                owners.remove(owners.size() - 1);
            }
            boolean same = !owners.isEmpty()
                    && Objects.equals(owners.get(owners.size() - 1).owner(), fact.owner());
            if (!same) {
                owners.add(new Ownership(fact.owner(), fact.timeMillis()));
            }
        }
        return owners;
    }

    /** A point at which the stage may turn: a fact, or a deal that opens or closes. */
    private record Turn(long timeMillis, Fact fact, Deal deal, boolean opens) {

        /** At one instant openings come first, then closings, then facts. */
        static final Comparator<Turn> ORDER = Turn::compare;

        private static int compare(Turn one, Turn other) {
            int order = Long.compare(one.timeMillis, other.timeMillis);
            order = order == 0 ? Boolean.compare(one.deal == null, other.deal == null) : order;
            order = order == 0 ? Boolean.compare(!one.opens, !other.opens) : order;
            if (order != 0) {
                return order;
            }
            return one.deal == null
                    ? Fact.CANONICAL_ORDER.compare(one.fact, other.fact)
                    : one.deal.id().compareTo(other.deal.id());
        }
    }

    /** Where the reading stands. */
    private static final class Reading {
        private final long createdMillis;
        private final List<Stay> stays = new ArrayList<>();
        private boolean contacted;
        private boolean qualified;
        private boolean out;
        private boolean rejected;
        private boolean merged;
        private boolean gone;
        private boolean customer;
        private int openDeals;

        Reading(long createdMillis) {
            this.createdMillis = createdMillis;
        }

        void read(Turn turn) {
            if (turn.deal != null) {
                readDeal(turn);
            } else {
                readFact(turn.fact);
            }
            turnTo(stage(), Math.max(createdMillis, turn.timeMillis));
        }

        private void readDeal(Turn turn) {
            openDeals += turn.opens ? 1 : -1;
            customer |= !turn.opens && turn.deal.outcome() == Outcome.WON;
            out = true;
        }

        private void readFact(Fact fact) {
            contacted |= ContactRules.isAnswer(fact);
            switch (fact.kind()) {
                case LEAD_STATUS_CHANGED -> readStatus(fact.status());
                case LEAD_CONVERTED -> out = true;
                case LEAD_REJECTED -> {
                    out = true;
                    rejected = true;
                }
                case LEAD_ACCEPTED -> {
                    if (rejected && openDeals == 0) {
                        comeBack(false);
                    }
                }
                case LEAD_MERGED -> merged = true;
                case LEAD_UNMERGED -> merged = false;
                case LEAD_DELETED -> gone = true;
                default -> {
                    // Nothing else turns the stage.
                }
            }
        }

        private void readStatus(String status) {
            if (status == null || openDeals > 0) {
                return;
            }
            switch (status.toLowerCase(Locale.ROOT)) {
                case "nurture", "disqualified", "customer" -> {
                    out = true;
                    rejected = false;
                }
                case "qualified" -> comeBack(true);
                default -> comeBack(false);
            }
        }

        private void comeBack(boolean nowQualified) {
            qualified = nowQualified || (qualified && !out);
            out = false;
            rejected = false;
        }

        private String stage() {
            if (out || merged || gone || customer || openDeals > 0) {
                return null;
            }
            if (qualified) {
                return QUALIFIED;
            }
            return contacted ? CONTACTED : NEW;
        }

        private void turnTo(String stage, long timeMillis) {
            Stay last = stays.isEmpty() ? null : stays.get(stays.size() - 1);
            boolean lasts = last != null && last.isOpen();
            if (lasts && last.stage().equals(stage)) {
                return;
            }
            if (lasts) {
                stays.remove(stays.size() - 1);
                if (timeMillis > last.enteredMillis()) {
                    stays.add(new Stay(last.stage(), last.enteredMillis(), timeMillis));
                }
            }
            if (stage != null) {
                stays.add(new Stay(stage, timeMillis, Stay.OPEN));
            }
        }

        List<Stay> stays() {
            return stays;
        }
    }
}
