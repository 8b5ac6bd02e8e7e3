package io.leadpulse.domain.behaviour;

import java.util.Comparator;
import java.util.Locale;

/**
 * One step of a lead's journey.
 *
 * @param atMillis when, epoch milliseconds
 * @param type what it is a step of
 * @param kind wire name of the event; of a stage its name
 * @param about of a touch the campaign, else the channel; of a stage the deal that entered it, null for the lead's own;
 *     of a message the product, else what it was about; null when not given
 */
public record JourneyStep(long atMillis, Type type, String kind, String about) {

    /** By time; of one time in the order of the types, then of their names. */
    static final Comparator<JourneyStep> ORDER = Comparator.comparingLong(JourneyStep::atMillis)
            .thenComparing(JourneyStep::type)
            .thenComparing(JourneyStep::kind)
            .thenComparing(JourneyStep::about, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What steps there are, by their names on the wire. */
    public enum Type {
        /** It came by a campaign or a channel, or visited an event. */
        TOUCH,
        /** One side turned to the other: a call, a mail, a meeting, a form. */
        MESSAGE,
        /** It, or a deal of it, entered a stage, was won or lost. */
        STAGE;

        /** The name on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
