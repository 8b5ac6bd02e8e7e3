package io.leadpulse.domain.assignment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proposes an owner for each lead that nobody owns: in order of {@link UnownedLead#FIRST_THINGS_FIRST}, to a rep who sells
 * its product and is at work, of these to the one who works on fewest leads, counting those that this gives him; of equal
 * ones to the first by id. While none of them is at work, to one who will be; to nobody who is on leave. A pure function:
 * a proposal is not an assignment, and another lead, or another hour, may change it.
 */
public final class Assignment {

    private Assignment() {}

    /**
     * The proposals, by lead, in order of priority; a lead that nobody present sells has none.
     *
     * @param leads in any order, each once
     * @param sellers in any order, each once
     */
    public static Map<String, String> propose(Collection<UnownedLead> leads, Collection<Seller> sellers) {
        Map<String, Long> load = new HashMap<>();
        sellers.forEach(seller -> load.put(seller.rep(), seller.openLeads()));
        List<UnownedLead> inOrder = new ArrayList<>(leads);
        inOrder.sort(UnownedLead.FIRST_THINGS_FIRST);
        Map<String, String> proposals = new LinkedHashMap<>();
        for (UnownedLead lead : inOrder) {
            Seller best = null;
            for (Seller seller : sellers) {
                boolean canTake = seller.presence() != Seller.Presence.AWAY && seller.sells(lead.product());
                if (canTake && (best == null || isBetter(seller, best, load))) {
                    best = seller;
                }
            }
            if (best != null) {
                proposals.put(lead.lead(), best.rep());
                load.merge(best.rep(), 1L, Long::sum);
            }
        }
        return proposals;
    }

    private static boolean isBetter(Seller one, Seller other, Map<String, Long> load) {
        if (one.presence() != other.presence()) {
            return one.presence().compareTo(other.presence()) < 0;
        }
        int byLoad = Long.compare(load.get(one.rep()), load.get(other.rep()));
        return byLoad != 0 ? byLoad < 0 : one.rep().compareTo(other.rep()) < 0;
    }
}
