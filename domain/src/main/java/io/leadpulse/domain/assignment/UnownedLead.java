package io.leadpulse.domain.assignment;

import java.util.Comparator;

/**
 * A lead that is to be worked on and that nobody owns.
 *
 * @param lead lead id
 * @param product what it is interested in; null when that is not known
 * @param handRaised whether it asked to be contacted and waits
 * @param hot whether its score is hot
 * @param valueMinor what is expected of it (win probability x size, or x the usual size), minor units; 0 when nothing is
 *     known
 * @param createdMillis when it was created, epoch milliseconds
 */
public record UnownedLead(
        String lead, String product, boolean handRaised, boolean hot, long valueMinor, long createdMillis) {

    /** First whoever raised a hand, then the hot, then the most valuable, then the oldest; of equal ones by their ids. */
    public static final Comparator<UnownedLead> FIRST_THINGS_FIRST = Comparator.comparing(
                    (UnownedLead lead) -> !lead.handRaised())
            .thenComparing(lead -> !lead.hot())
            .thenComparing(Comparator.comparingLong(UnownedLead::valueMinor).reversed())
            .thenComparingLong(UnownedLead::createdMillis)
            .thenComparing(UnownedLead::lead);
}
