package io.leadpulse.domain.measure;

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

    /** Spelt out, like the others: a lead of some weeks has hundreds, which are looked up at every event. */
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
        // Most of those that are compared are of one scope, and one text.
        int order = scope.equals(other.scope) ? 0 : scope.compareTo(other.scope);
        order = order == 0 ? measure.compareTo(other.measure) : order;
        order = order == 0 ? dimension.compareTo(other.dimension) : order;
        return order == 0 ? Integer.compare(pane, other.pane) : order;
    }
}
