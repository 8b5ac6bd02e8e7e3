package io.leadpulse.oracle;

import java.util.List;
import java.util.OptionalLong;

/** Stuck alerts of one stay after another. */
final class AlertOracle {
    private static final Fraction WARNING = Fraction.of(1, 1);
    private static final Fraction CRITICAL = Fraction.of(3, 2);
    /** A plan suppresses for at most one further limit. */
    private static final Fraction SUPPRESSED = Fraction.of(2, 1);

    private final OracleInput input;
    private final long asOfMillis;

    AlertOracle(OracleInput input, long asOfMillis) {
        this.input = input;
        this.asOfMillis = asOfMillis;
    }

    /**
     * The alert of a stay; null for none.
     *
     * @param key what it is of
     * @param stay the stay
     * @param limitDays limit in business days; null for none
     * @param owners whose calendar counts, from when on
     * @param plans times at which something is planned
     */
    OracleResults.Alert of(
            OracleResults.AlertKey key,
            OracleDeal.Stay stay,
            Integer limitDays,
            List<OracleDeal.Owner> owners,
            List<WorkCalendar.Stretch> plans) {
        if (limitDays == null) {
            return null;
        }
        Long leftMillis = stay.leftMillis();
        long endMillis = leftMillis == null ? asOfMillis : Math.min(leftMillis, asOfMillis);
        List<WorkCalendar.Governed> clock = input.clock(stay.enteredMillis(), endMillis, owners);
        Fraction limit = Fraction.of(limitDays, 1);
        OptionalLong lastMillis = WorkCalendar.reach(clock, limit.times(SUPPRESSED));
        Long raised = transition(WorkCalendar.reach(clock, limit.times(WARNING)), lastMillis, leftMillis, plans);
        Long escalated = transition(WorkCalendar.reach(clock, limit.times(CRITICAL)), lastMillis, leftMillis, plans);
        if (raised == null) {
            return null;
        }
        Long resolved = leftMillis != null && leftMillis <= asOfMillis ? leftMillis : null;
        return new OracleResults.Alert(key, raised, escalated, resolved);
    }

    private Long transition(
            OptionalLong reached, OptionalLong lastMillis, Long leftMillis, List<WorkCalendar.Stretch> plans) {
        if (reached.isEmpty()) {
            return null;
        }
        long at = reached.getAsLong();
        for (boolean isMoved = true; isMoved; ) {
            isMoved = false;
            for (WorkCalendar.Stretch plan : plans) {
                if (plan.fromMillis() <= at && at < plan.toMillis()) {
                    at = plan.toMillis();
                    isMoved = true;
                }
            }
        }
        if (lastMillis.isPresent()) {
            at = Math.min(at, lastMillis.getAsLong());
        }
        boolean isIn = at <= asOfMillis && (leftMillis == null || at < leftMillis);
        return isIn ? at : null;
    }
}
