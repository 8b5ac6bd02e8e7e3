package io.leadpulse.domain.behaviour;

import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often a lead did what, as a function of time: a pure function of its facts, whatever the order in which they came.
 * "In the last 24 hours" at a time t is later than t less 24 hours and not later than t. A visit counts at its first view.
 * All times are epoch milliseconds of event time.
 */
public final class BehaviourCounts {

    /** Half an hour without a view ends a visit. */
    public static final long VISIT_GAP_MILLIS = 30 * 60_000L;

    /** Stands for "at no time". */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long DAY_MILLIS = 86_400_000L;

    private final Map<Act, List<Long>> times;

    private BehaviourCounts(Map<Act, List<Long>> times) {
        this.times = times;
    }

    /** How far back is counted. */
    public enum Span {
        HOURS_24(DAY_MILLIS),
        DAYS_7(7 * DAY_MILLIS),
        DAYS_30(30 * DAY_MILLIS);

        private final long millis;

        Span(long millis) {
            this.millis = millis;
        }

        /** Its length in milliseconds; days are of 24 hours. */
        public long millis() {
            return millis;
        }
    }

    /**
     * Reads a lead.
     *
     * @param facts its facts in {@link Fact#CANONICAL_ORDER}, one per id
     */
    public static BehaviourCounts of(List<Fact> facts) {
        Map<Act, List<Long>> times = new EnumMap<>(Act.class);
        long lastViewMillis = Fact.NO_TIME;
        for (Fact fact : facts) {
            Act act = Act.of(fact);
            if (act != null) {
                add(times, act, fact.timeMillis());
            }
            if (Act.isView(fact)) {
                if (lastViewMillis == Fact.NO_TIME || fact.timeMillis() - lastViewMillis >= VISIT_GAP_MILLIS) {
                    add(times, Act.WEB_VISIT, fact.timeMillis());
                }
                lastViewMillis = fact.timeMillis();
            }
        }
        return new BehaviourCounts(times);
    }

    private static void add(Map<Act, List<Long>> times, Act act, long timeMillis) {
        times.computeIfAbsent(act, any -> new ArrayList<>()).add(timeMillis);
    }

    /** How often it did something in a span that ends at a time. */
    public int count(Act act, Span span, long atMillis) {
        return inAll(act, atMillis) - inAll(act, atMillis - span.millis());
    }

    /** How often it did something up to a time. */
    public int inAll(Act act, long atMillis) {
        int count = 0;
        for (long timeMillis : times.getOrDefault(act, List.of())) {
            if (timeMillis > atMillis) {
                break;
            }
            count++;
        }
        return count;
    }

    /** When it did something last, not later than a time; {@link Fact#NO_TIME} if it did not. */
    public long latestMillis(Act act, long atMillis) {
        int count = inAll(act, atMillis);
        return count == 0 ? Fact.NO_TIME : times.get(act).get(count - 1);
    }

    /**
     * The first time later than {@code atMillis} at which a count is another although nothing happens: something it did
     * leaves a span. {@link #NEVER} if none does.
     */
    public long nextChangeAfter(long atMillis) {
        long next = NEVER;
        for (List<Long> each : times.values()) {
            for (long timeMillis : each) {
                for (Span span : Span.values()) {
                    long leavesMillis = timeMillis + span.millis();
                    if (leavesMillis > atMillis && leavesMillis < next) {
                        next = leavesMillis;
                    }
                }
            }
        }
        return next;
    }
}
