package io.leadpulse.domain.assignment;

import java.util.Set;

/**
 * A rep who may get leads.
 *
 * @param rep rep id
 * @param products what he sells; empty for everything
 * @param openLeads leads that he works on already
 * @param presence whether he can see to it
 */
public record Seller(String rep, Set<String> products, long openLeads, Presence presence) {

    /** Whether a rep is there, the best first. */
    public enum Presence {
        /** It is his working time. */
        AT_WORK,
        /** His day is over or has not begun. */
        OFF_DUTY,
        /** On leave, or gone. */
        AWAY
    }

    /** Copies the set. */
    public Seller {
        products = Set.copyOf(products);
    }

    /** Whether he sells this; everybody sells what is not known. */
    public boolean sells(String productOrNull) {
        return productOrNull == null || products.isEmpty() || products.contains(productOrNull);
    }
}
