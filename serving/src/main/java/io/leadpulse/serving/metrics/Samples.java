package io.leadpulse.serving.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one scrape. Label values beyond the budget become one series {@code other}: the sum of them where sums
 * make sense, else nothing.
 */
final class Samples {
    private final LabelBudget budget;
    private final Map<Family, Map<List<String>, Double>> samples = new EnumMap<>(Family.class);
    private final List<MetricSnapshot> more = new ArrayList<>();

    Samples(LabelBudget budget) {
        this.budget = budget;
    }

    /**
     * Adds a number; one that does not exist (null) is left out.
     *
     * @param labels the values of the family's labels, in its order
     */
    void add(Family family, Number value, String... labels) {
        if (value == null) {
            return;
        }
        if (labels.length != family.labels().size()) {
            throw new IllegalArgumentException(family.wireName() + " has labels " + family.labels());
        }
        List<String> values = new ArrayList<>(labels.length);
        boolean overflows = false;
        for (int i = 0; i < labels.length; i++) {
            String room = budget.room(family, family.labels().get(i), labels[i]);
            // The identity tells a value without room from one that is called so.
            overflows |= room.equals(LabelBudget.OTHER) && !labels[i].equals(room);
            values.add(room);
        }
        Map<List<String>, Double> series = samples.computeIfAbsent(family, unused -> new LinkedHashMap<>());
        if (!overflows) {
            series.merge(values, value.doubleValue(), family.isAdditive() ? Double::sum : Samples::refuse);
        } else if (family.isAdditive()) {
            series.merge(values, value.doubleValue(), Double::sum);
        }
    }

    /** Adds a family that was put together elsewhere. */
    void add(MetricSnapshot snapshot) {
        more.add(snapshot);
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        samples.forEach((family, series) -> {
            if (!series.isEmpty()) {
                all.metricSnapshot(snapshot(family, series));
            }
        });
        more.forEach(all::metricSnapshot);
        return all.build();
    }

    private static MetricSnapshot snapshot(Family family, Map<List<String>, Double> series) {
        if (family.type() == MetricType.COUNTER) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(family.baseName()).help(family.help());
            series.forEach((values, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(Labels.of(family.labels(), values))
                    .value(value)
                    .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(family.baseName()).help(family.help());
        series.forEach((values, value) -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), values))
                .value(value)
                .build()));
        return gauge.build();
    }

    private static double refuse(double first, double second) {
        throw new IllegalStateException("two values of one series");
    }
}
