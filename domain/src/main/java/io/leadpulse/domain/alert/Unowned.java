package io.leadpulse.domain.alert;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        List<long[]> spans = new ArrayList<>();
        long[] last = null;
        for (long fromMillis : turns(stays, owners, deals)) {
            if (fromMillis == Long.MAX_VALUE) {
                break;
            }
            boolean unowned = Ownership.at(owners, fromMillis) == null
                    && (inStage(stays, fromMillis) || hasUnownedDeal(deals, fromMillis));
            if (last != null && last[1] == Long.MAX_VALUE && !unowned) {
                last[1] = fromMillis;
            } else if ((last == null || last[1] != Long.MAX_VALUE) && unowned) {
                last = new long[] {fromMillis, Long.MAX_VALUE};
                spans.add(last);
            }
        }
        return spans;
    }

    /** When any of it changes, ascending; a time may come several times, of which the later ones change nothing. */
    private static long[] turns(List<Stay> stays, List<Ownership> owners, List<Deal> deals) {
        int most = 2 * stays.size() + owners.size();
        for (Deal deal : deals) {
            most += deal.deleted()
                    ? 0
                    : 2 * deal.openSpans().size() + deal.owners().size();
        }
        long[] turns = new long[most];
        int count = 0;
        for (Stay stay : stays) {
            turns[count++] = stay.enteredMillis();
            turns[count++] = stay.leftMillis();
        }
        for (Ownership owner : owners) {
            turns[count++] = owner.fromMillis();
        }
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                for (OpenSpan span : deal.openSpans()) {
                    turns[count++] = span.fromMillis();
                    turns[count++] = span.untilMillis();
                }
                for (Ownership owner : deal.owners()) {
                    turns[count++] = owner.fromMillis();
                }
            }
        }
        Arrays.sort(turns);
        return turns;
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
            if (!deal.deleted() && deal.ownerAt(atMillis) == null) {
                for (OpenSpan span : deal.openSpans()) {
                    if (span.contains(atMillis)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
