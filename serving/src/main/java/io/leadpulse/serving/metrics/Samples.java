package io.leadpulse.serving.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The samples of one scrape after the other. Label values beyond the budget become one series {@code other}: the sum of them where
 * sums make sense, else nothing.
 *
 * <p>Not thread-safe.
 */
final class Samples {
    private final LabelBudget budget;
    private final Map<Family, FamilySeries> families = new EnumMap<>(Family.class);
    private final Set<Family> wanted = EnumSet.noneOf(Family.class);
    private final Set<Family> told = EnumSet.noneOf(Family.class);
    private final List<MetricSnapshot> more = new ArrayList<>();

    Samples(LabelBudget budget) {
        this.budget = budget;
    }

    /** A new scrape, of which these families are asked for. */
    void begin(Set<Family> families) {
        wanted.clear();
        wanted.addAll(families);
        told.clear();
        more.clear();
    }

    /** Whether any of these families is asked for; what else is added is left out. */
    boolean wantsAny(Collection<Family> families) {
        return !Collections.disjoint(wanted, families);
    }

    /**
     * Adds a number; one that does not exist (null) is left out.
     *
     * @param labels the values of the family's labels, in its order; not to be changed later
     */
    void add(Family family, Number value, String... labels) {
        if (value == null || !wanted.contains(family)) {
            return;
        }
        FamilySeries series = families.computeIfAbsent(family, each -> new FamilySeries(each, budget));
        if (told.add(family)) {
            series.begin();
        }
        series.add(value.doubleValue(), labels);
    }

    /** Adds a family that was put together elsewhere. */
    void add(Family family, MetricSnapshot snapshot) {
        if (wanted.contains(family)) {
            more.add(snapshot);
        }
    }

    /** What this scrape has; a family that is as it was in the last one that asked for it is the same object. */
    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (Family family : told) {
            MetricSnapshot snapshot = families.get(family).snapshot();
            if (snapshot != null) {
                all.metricSnapshot(snapshot);
            }
        }
        more.forEach(all::metricSnapshot);
        return all.build();
    }
}
