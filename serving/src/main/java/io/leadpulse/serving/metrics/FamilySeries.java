package io.leadpulse.serving.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of one family, from look to look. All values are told at every look; what is kept is what was made of them: labels that
 * were checked, and the family as it was handed out, which is handed out again while no value of it is another.
 *
 * <p>Not thread-safe.
 */
final class FamilySeries {
    /** What is shown under one set of labels. */
    private static final class Series {
        private final Labels labels;
        private int look;
        private double value;
        private double shown;
        private GaugeDataPointSnapshot gauge;
        private CounterDataPointSnapshot counter;

        Series(Labels labels) {
            this.labels = labels;
        }
    }

    /**
     * Where a value with some labels goes. That never changes, since a label's value that was given room keeps it, and one that was
     * refused stays so.
     */
    private static final class Told {
        private final Series series;
        private final boolean isWithoutRoom;
        private int look;

        Told(Series series, boolean isWithoutRoom) {
            this.series = series;
            this.isWithoutRoom = isWithoutRoom;
        }
    }

    private final Family family;
    private final List<String> names;
    private final LabelBudget budget;
    /** By the labels that are told. */
    private final Map<List<String>, Told> told = new HashMap<>();
    /** By the labels that are shown, in the order in which they are. */
    private final SortedMap<Labels, Series> series = new TreeMap<>();

    private int look;
    private MetricSnapshot snapshot;

    FamilySeries(Family family, LabelBudget budget) {
        this.family = family;
        this.names = family.labels();
        this.budget = budget;
    }

    /** A new look: nothing is told yet. */
    void begin() {
        look++;
    }

    /** Tells a value; of labels without room the sum is shown where sums make sense, else nothing. */
    void add(double value, String... labels) {
        List<String> key = Arrays.asList(labels);
        Told place = told.get(key);
        if (place == null) {
            place = place(labels);
            told.put(key, place);
        }
        place.look = look;
        if (place.isWithoutRoom && !family.isAdditive()) {
            return;
        }
        Series at = place.series;
        if (at.look != look) {
            at.look = look;
            at.value = value;
        } else if (family.isAdditive()) {
            at.value += value;
        } else {
            throw new IllegalStateException("two values of one series");
        }
    }

    private Told place(String... labels) {
        if (labels.length != names.size()) {
            throw new IllegalArgumentException(family.wireName() + " has labels " + names);
        }
        String[] values = new String[labels.length];
        boolean isWithoutRoom = false;
        for (int i = 0; i < labels.length; i++) {
            values[i] = budget.room(family, names.get(i), labels[i]);
            // The identity tells a value without room from one that is called so.
            isWithoutRoom |= values[i].equals(LabelBudget.OTHER) && !labels[i].equals(values[i]);
        }
        Labels shown = Labels.of(names, List.of(values));
        return new Told(series.computeIfAbsent(shown, Series::new), isWithoutRoom);
    }

    /** The family as it was told at this look; null if nothing was. */
    MetricSnapshot snapshot() {
        told.values().removeIf(each -> each.look != look);
        boolean isOther = series.values().removeIf(each -> each.look != look);
        for (Series each : series.values()) {
            isOther |= isOther(each);
        }
        if (isOther) {
            snapshot = series.isEmpty() ? null : built();
        }
        return snapshot;
    }

    /** Whether it was not shown, or as another value: by its bits, since -0.0 is another text than 0.0. */
    private static boolean isOther(Series series) {
        boolean isKnown = (series.gauge != null || series.counter != null)
                && Double.doubleToLongBits(series.value) == Double.doubleToLongBits(series.shown);
        if (!isKnown) {
            series.shown = series.value;
            series.gauge = null;
            series.counter = null;
        }
        return !isKnown;
    }

    private MetricSnapshot built() {
        if (family.type() == MetricType.COUNTER) {
            CounterSnapshot.Builder counters =
                    CounterSnapshot.builder().name(family.baseName()).help(family.help());
            for (Series each : series.values()) {
                if (each.counter == null) {
                    each.counter = CounterDataPointSnapshot.builder()
                            .labels(each.labels)
                            .value(each.shown)
                            .build();
                }
                counters.dataPoint(each.counter);
            }
            return counters.build();
        }
        GaugeSnapshot.Builder gauges =
                GaugeSnapshot.builder().name(family.baseName()).help(family.help());
        for (Series each : series.values()) {
            if (each.gauge == null) {
                each.gauge = GaugeDataPointSnapshot.builder()
                        .labels(each.labels)
                        .value(each.shown)
                        .build();
            }
            gauges.dataPoint(each.gauge);
        }
        return gauges.build();
    }
}
