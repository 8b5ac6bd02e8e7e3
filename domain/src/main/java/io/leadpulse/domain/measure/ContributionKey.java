package io.leadpulse.domain.measure;

import java.util.Comparator;

/**
 * Where a contribution goes.
 *
 * @param scope whose number it is, see {@link Scope}
 * @param measure what is summed
 * @param dimension what it is divided by (a stage, a reason, a bucket); empty when it is not
 * @param pane the pane in the measure's own layout, see {@link Measure.Pane}
 */
public record ContributionKey(String scope, Measure measure, String dimension, int pane)
        implements Comparable<ContributionKey> {

    private static final Comparator<ContributionKey> ORDER = Comparator.comparing(ContributionKey::scope)
            .thenComparing(ContributionKey::measure)
            .thenComparing(ContributionKey::dimension)
            .thenComparingInt(ContributionKey::pane);

    @Override
    public int compareTo(ContributionKey other) {
        return ORDER.compare(this, other);
    }
}
