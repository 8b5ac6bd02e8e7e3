package io.leadpulse.bench.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a visitor did, and whose it is. */
final class Visitor {
    private static final long IDENTIFIED_WITHIN_MILLIS = 30 * 86_400_000L;
    private static final long HELD_FOR_MILLIS = 60 * 86_400_000L;

    private final List<WebAct> acts = new ArrayList<>();
    private final TreeMap<Long, String> identified = new TreeMap<>();

    /** Takes an act from a lead and gives it to another; null for nobody. */
    interface Mover {
        void move(WebAct act, String from, String to);
    }

    /** One act of a visitor. */
    static final class WebAct {
        final Rule rule;
        final Object within;
        final long timeMillis;
        /** Where its record stands. */
        final int partition;

        final long offset;
        private String owner;

        WebAct(Rule rule, Object within, long timeMillis, int partition, long offset) {
            this.rule = rule;
            this.within = within;
            this.timeMillis = timeMillis;
            this.partition = partition;
            this.offset = offset;
        }

        /** When it is given up, if nobody has it, epoch milliseconds. */
        long givenUpMillis() {
            return timeMillis + HELD_FOR_MILLIS;
        }

        /** Whether nobody has it. */
        boolean isHeld() {
            return owner == null;
        }
    }

    /**
     * A new act.
     *
     * @param lead who did it; null if it does not say
     */
    void add(WebAct act, String lead, Mover mover) {
        acts.add(act);
        boolean isNews = lead != null && !lead.equals(identifiedBefore(act.timeMillis));
        if (lead != null) {
            identified.put(act.timeMillis, lead);
        }
        if (!isNews) {
            // Who is identified as who he was anyway has all that was his.
            attribute(act, mover);
            return;
        }
        for (WebAct each : acts) {
            attribute(each, mover);
        }
    }

    private String identifiedBefore(long timeMillis) {
        Map.Entry<Long, String> before = identified.floorEntry(timeMillis);
        return before == null ? null : before.getValue();
    }

    private void attribute(WebAct act, Mover mover) {
        String owner = identifiedBefore(act.timeMillis);
        if (owner == null) {
            Map.Entry<Long, String> after = identified.higherEntry(act.timeMillis);
            boolean isInTime = after != null && after.getKey() - act.timeMillis <= IDENTIFIED_WITHIN_MILLIS;
            owner = isInTime ? after.getValue() : null;
        }
        if (owner == null ? act.owner != null : !owner.equals(act.owner)) {
            String from = act.owner;
            act.owner = owner;
            mover.move(act, from, owner);
        }
    }
}
