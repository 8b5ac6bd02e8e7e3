package io.leadpulse.domain.deal;

import java.util.List;

/**
 * Who owns a deal or a lead from a time on, until the next entry.
 *
 * @param owner rep id; null when it has no owner
 * @param fromMillis event time, epoch milliseconds
 */
public record Ownership(String owner, long fromMillis) {

    /**
     * The owner at a time; null before the first, because a later owner has no part in what was before him.
     *
     * @param owners in order of time
     */
    public static String at(List<Ownership> owners, long timeMillis) {
        String owner = null;
        for (Ownership each : owners) {
            if (each.fromMillis() > timeMillis) {
                break;
            }
            owner = each.owner();
        }
        return owner;
    }
}
