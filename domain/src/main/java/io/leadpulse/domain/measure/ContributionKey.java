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

    /** Spelt out, like {@link #equals}: a lead of some weeks has hundreds, which are looked up at every event. */
    @Override
    public int hashCode() {
        return ((scope.hashCode() * 31 + measure.hashCode()) * 31 + dimension.hashCode()) * 31 + pane;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContributionKey that
                && pane == that.pane
                && measure == that.measure
                && scope.equals(that.scope)
                && dimension.equals(that.dimension);
    }

    @Override
    public int compareTo(ContributionKey other) {
        return ORDER.compare(this, other);
    }
}
