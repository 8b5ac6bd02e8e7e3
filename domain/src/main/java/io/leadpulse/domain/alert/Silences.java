package io.leadpulse.domain.alert;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * Times within a stay in which nothing was heard of the lead: no act of its own and no contact in which both took part. A
 * pure function, used for the alert and for what is learnt from won leads alike.
 */
public final class Silences {

    private Silences() {}

    /**
     * The silences of a stay, {@code [from, until)} each, in order; the first begins with the stay, the last ends with it.
     *
     * @param facts the lead's facts in {@link Fact#CANONICAL_ORDER}
     */
    public static List<long[]> of(Stay stay, List<Fact> facts) {
        List<long[]> silences = new ArrayList<>();
        long sinceMillis = stay.enteredMillis();
        for (Fact fact : facts) {
            long atMillis = fact.timeMillis();
            if (atMillis > sinceMillis && atMillis < stay.leftMillis() && isHeard(fact)) {
                silences.add(new long[] {sinceMillis, atMillis});
                sinceMillis = atMillis;
            }
        }
        silences.add(new long[] {sinceMillis, stay.leftMillis()});
        return silences;
    }

    /** The longest silence of a stay that was left, milliseconds. */
    public static long longestMillis(Stay stay, List<Fact> facts) {
        long longest = 0;
        for (long[] silence : of(stay, facts)) {
            longest = Math.max(longest, silence[1] - silence[0]);
        }
        return longest;
    }

    private static boolean isHeard(Fact fact) {
        return ContactRules.isInboundAct(fact) || ContactRules.isTwoWay(fact);
    }
}
