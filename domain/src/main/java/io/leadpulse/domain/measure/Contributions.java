package io.leadpulse.domain.measure;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one lead adds to the rollups: signed whole numbers by key. The difference of two of these is what changes when a
 * fact comes, goes or is corrected, so restating the past is the normal path.
 */
public final class Contributions {
    /** As many as a lead of some weeks has, so that the table seldom grows. */
    private static final int USUAL_KEYS = 256;

    private final Map<ContributionKey, Long> values = new HashMap<>(USUAL_KEYS);

    /** Adds to a key; adding 0 does nothing. */
    public void add(String scope, Measure measure, String dimension, int pane, long value) {
        if (value != 0) {
            values.merge(new ContributionKey(scope, measure, dimension, pane), value, Contributions::sumOrNothing);
        }
    }

    /** These less what is contributed elsewhere. */
    public Contributions less(Map<ContributionKey, Long> elsewhere) {
        Contributions rest = new Contributions();
        rest.values.putAll(values);
        elsewhere.forEach((key, value) -> rest.values.merge(key, -value, Contributions::sumOrNothing));
        return rest;
    }

    /**
     * Of these what an engine contributes that knows only the first measures.
     *
     * @param measures how many {@link Measure} constants it knows
     * @return this if it is all
     */
    public Contributions ofFirst(int measures) {
        if (measures >= Measure.COUNT) {
            return this;
        }
        Contributions known = new Contributions();
        values.forEach((key, value) -> {
            if (key.measure().isAmongFirst(measures)) {
                known.values.put(key, value);
            }
        });
        return known;
    }

    /** What must be added to {@code before} to get this, in a fixed order; keys that stay the same are absent. */
    public Map<ContributionKey, Long> minus(Contributions before) {
        // Most stays the same: only what is other is put in order.
        Map<ContributionKey, Long> difference = new TreeMap<>();
        int known = 0;
        for (Map.Entry<ContributionKey, Long> each : values.entrySet()) {
            Long value = each.getValue();
            Long was = before.values.get(each.getKey());
            if (was == null) {
                difference.put(each.getKey(), value);
                continue;
            }
            known++;
            if (!was.equals(value)) {
                difference.put(each.getKey(), Math.subtractExact(value, was));
            }
        }
        if (known < before.values.size()) {
            before.values.forEach((key, value) -> {
                if (!values.containsKey(key)) {
                    difference.put(key, Math.negateExact(value));
                }
            });
        }
        return difference;
    }

    /** The sums by key, not to be changed; a key whose sum is 0 is absent. */
    public Map<ContributionKey, Long> values() {
        return Collections.unmodifiableMap(values);
    }

    private static Long sumOrNothing(Long left, Long right) {
        long sum = Math.addExact(left, right);
        return sum == 0 ? null : Long.valueOf(sum);
    }
}
