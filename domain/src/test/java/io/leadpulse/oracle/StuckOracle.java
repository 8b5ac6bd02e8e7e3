package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Stuck alerts by a second way, for tests: asks at every instant at which an answer may change whether the alert stands
 * as raised or critical, and takes the first. Made of the definitions and {@link OracleCalendar} only.
 */
public final class StuckOracle {
    private final long[] ownedFromMillis;
    private final List<OracleCalendar> calendars;
    /** {plannedMillis, dueMillis, endedMillis}. */
    private final List<long[]> plans;

    public StuckOracle(long[] ownedFromMillis, List<OracleCalendar> calendars, List<long[]> plans) {
        this.ownedFromMillis = ownedFromMillis;
        this.calendars = calendars;
        this.plans = plans;
    }

    /**
     * The steps of the one alert of a stay, as "raised TIME", "escalated TIME", "resolved TIME"; empty for none.
     *
     * @param leftMillis Long.MAX_VALUE while it lasts
     */
    public List<String> steps(long enteredMillis, long leftMillis, long limitMilliDays) {
        long limit = due(enteredMillis, limitMilliDays);
        long critical = due(enteredMillis, limitMilliDays * 3 / 2);
        long twice = due(enteredMillis, limitMilliDays * 2);
        TreeSet<Long> candidates = new TreeSet<>(List.of(limit, critical, twice));
        for (long[] plan : plans) {
            candidates.add(plan[1]);
            candidates.add(plan[2]);
        }
        List<String> steps = new ArrayList<>();
        for (long at : candidates) {
            if (at >= leftMillis) {
                break;
            }
            boolean free = at >= twice || plans.stream().noneMatch(plan -> stands(plan, at));
            if (at >= limit && free && steps.isEmpty()) {
                steps.add("raised " + at);
            }
            if (at >= critical && free && steps.size() == 1) {
                steps.add("escalated " + at);
            }
        }
        if (!steps.isEmpty() && leftMillis != Long.MAX_VALUE) {
            steps.add("resolved " + leftMillis);
        }
        return steps;
    }

    private static boolean stands(long[] plan, long at) {
        return plan[0] <= at && at < plan[1] && at < plan[2];
    }

    private long due(long enteredMillis, long limitMilliDays) {
        return OracleCalendar.dueAfterBusinessDays(ownedFromMillis, calendars, enteredMillis, limitMilliDays);
    }
}
