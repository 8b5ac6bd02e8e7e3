package io.leadpulse.serving.alert;

import java.util.function.UnaryOperator;

/**
 * What messages say of a lead that its alerts do not know; asked when they are written, and again whenever they are posted.
 *
 * @param proposedOwner who is to get a lead that nobody owns; null for want of anybody
 * @param winProbability how likely a lead is won, in words, or what is needed before it can be said; null for a lead that is
 *     not open, and until it was worked out
 */
public record LeadOutlook(UnaryOperator<String> proposedOwner, UnaryOperator<String> winProbability) {

    /** Nothing is known. */
    public static final LeadOutlook NONE = new LeadOutlook(lead -> null, lead -> null);
}
