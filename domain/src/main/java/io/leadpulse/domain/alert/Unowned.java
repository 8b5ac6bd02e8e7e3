package io.leadpulse.domain.alert;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * When a lead is to be worked on and nobody owns it: in a derived stage without an owner of the lead, or with an open
 * deal that neither the deal's nor the lead's owner owns. A pure function, so late assignments move it as if they had
 * always been there.
 */
public final class Unowned {

    private Unowned() {}

    /**
     * The times in which nobody owns it, {@code [from, until)} each, in order, apart from each other; one that lasts ends at
     * {@link Long#MAX_VALUE}.
     *
     * @param stays the lead's stays in derived stages
     * @param owners the lead's owners in order of time
     * @param deals the lead's deals
     */
    public static List<long[]> spans(List<Stay> stays, List<Ownership> owners, List<Deal> deals) {
        TreeSet<Long> turns = new TreeSet<>();
        for (Stay stay : stays) {
            turns.add(stay.enteredMillis());
            turns.add(stay.leftMillis());
        }
        List<Deal> standing = deals.stream().filter(deal -> !deal.deleted()).toList();
        for (Deal deal : standing) {
            for (OpenSpan span : deal.openSpans()) {
                turns.add(span.fromMillis());
                turns.add(span.untilMillis());
            }
            deal.owners().forEach(owner -> turns.add(owner.fromMillis()));
        }
        owners.forEach(owner -> turns.add(owner.fromMillis()));
        turns.remove(Long.MAX_VALUE);

        List<long[]> spans = new ArrayList<>();
        long[] last = null;
        for (long fromMillis : turns) {
            boolean unowned = Ownership.at(owners, fromMillis) == null
                    && (inStage(stays, fromMillis) || hasUnownedDeal(standing, fromMillis));
            if (last != null && last[1] == Long.MAX_VALUE && !unowned) {
                last[1] = fromMillis;
            } else if ((last == null || last[1] != Long.MAX_VALUE) && unowned) {
                last = new long[] {fromMillis, Long.MAX_VALUE};
                spans.add(last);
            }
        }
        return spans;
    }

    private static boolean inStage(List<Stay> stays, long atMillis) {
        for (Stay stay : stays) {
            if (stay.enteredMillis() <= atMillis && atMillis < stay.leftMillis()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasUnownedDeal(List<Deal> deals, long atMillis) {
        for (Deal deal : deals) {
            for (OpenSpan span : deal.openSpans()) {
                if (span.contains(atMillis) && deal.ownerAt(atMillis) == null) {
                    return true;
                }
            }
        }
        return false;
    }
}
