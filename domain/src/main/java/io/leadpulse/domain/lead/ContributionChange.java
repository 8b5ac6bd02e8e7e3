package io.leadpulse.domain.lead;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What other a lead adds to the rollups than before, without all that it adds. What a fact or a deal gives by itself is
 * computed of those only that came, went or are other; what follows from several together is computed of the lead as it
 * was and as it is, unless nothing of it can have changed.
 *
 * <p>Always the same as the difference of all before and all after: a property test holds it.
 */
final class ContributionChange {
    private final LeadView before;
    private final LeadView after;
    private final LeadBook book;
    private final Contributions change = new Contributions();
    private final List<Fact> gone = new ArrayList<>();
    private final List<Fact> come = new ArrayList<>();
    /** Whether owners and deals are the same, on which much else depends. */
    private final boolean areOthersTheSame;

    private ContributionChange(LeadView before, LeadView after) {
        this.before = before;
        this.after = after;
        this.book = after.book();
        this.areOthersTheSame =
                before.deals().equals(after.deals()) && before.owners().equals(after.owners());
    }

    /** The change from the one to the other; both are read by one book. */
    static Map<ContributionKey, Long> between(LeadView before, LeadView after) {
        ContributionChange between = new ContributionChange(before, after);
        between.compareFacts();
        between.changeFacts();
        between.changeDeals();
        between.changeWhole();
        return between.change.inOrder();
    }

    /** Both lists are in canonical order, and what stays is mostly the same object. */
    private void compareFacts() {
        List<Fact> then = before.facts();
        List<Fact> now = after.facts();
        int old = 0;
        int next = 0;
        while (old < then.size() || next < now.size()) {
            Fact was = old < then.size() ? then.get(old) : null;
            Fact is = next < now.size() ? now.get(next) : null;
            boolean isSame = Objects.equals(was, is);
            int order = was == null ? 1 : is == null ? -1 : isSame ? 0 : Fact.CANONICAL_ORDER.compare(was, is);
            if (order <= 0) {
                old++;
                if (!isSame) {
                    gone.add(was);
                }
            }
            if (order >= 0) {
                next++;
                if (!isSame) {
                    come.add(is);
                }
            }
        }
    }

    private void changeFacts() {
        for (Fact fact : gone) {
            contributeFact(before, fact);
        }
        for (Fact fact : come) {
            contributeFact(after, fact);
        }
        activities(before, areOthersTheSame ? gone : before.facts());
        activities(after, areOthersTheSame ? come : after.facts());
        if (!areOthersTheSame || isAny(fact -> fact.kind().stream() == EventKind.Stream.ACTIVITY)) {
            change.add(after.ofSeveral(), before.ofSeveral());
        } else {
            after.takeOverSeveral(before);
        }
        if (!areOthersTheSame || isAny(ActivityMeasures::countsForColdCalls)) {
            change.add(after.ofColdCalls(), before.ofColdCalls());
        } else {
            after.takeOverColdCalls(before);
        }
    }

    private boolean isAny(Predicate<Fact> different) {
        return gone.stream().anyMatch(different) || come.stream().anyMatch(different);
    }

    private void contributeFact(LeadView of, Fact fact) {
        book.leadMeasures().contributeFact(fact, to(of));
        book.campaignMeasures().contributeFact(fact, to(of));
    }

    private void activities(LeadView of, List<Fact> facts) {
        if (!facts.isEmpty()) {
            book.activityMeasures().contributeFacts(of, facts, to(of));
        }
    }

    private void changeDeals() {
        if (before.deals().equals(after.deals())) {
            return;
        }
        Map<String, Deal> then = new HashMap<>();
        for (Deal deal : before.deals()) {
            then.put(deal.id(), deal);
        }
        for (Deal deal : after.deals()) {
            Deal was = then.remove(deal.id());
            if (!Objects.equals(was, deal)) {
                if (was != null) {
                    contributeDeal(before, was);
                }
                contributeDeal(after, deal);
            }
        }
        for (Deal deal : then.values()) {
            contributeDeal(before, deal);
        }
    }

    private void changeWhole() {
        List<Fact> different = new ArrayList<>(gone);
        different.addAll(come);
        after.whole().addChange(before.whole(), areOthersTheSame, different, change);
    }

    private void contributeDeal(LeadView of, Deal deal) {
        book.activityMeasures().contributeDeal(of, deal, to(of));
        book.dealMeasures().contribute(deal, to(of));
    }

    /** Where what a view gives is put. */
    private Contributions to(LeadView of) {
        change.takeAway(of == before);
        return change;
    }
}
