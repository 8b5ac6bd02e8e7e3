package io.leadpulse.serving.metrics;

import io.leadpulse.serving.read.TopicReading;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts a scrape together, of all families or of those that are asked for. What was computed is given again while nothing else was read,
 * for a second at most, and in any case for as long as computing it took: so however many scrapers there are that ask for the same, half
 * of the time nothing is computed.
 */
final class MetricsCollector implements MultiCollector {
    private static final long FRESH_MILLIS = 1_000;
    /** More than what comes in between two checkpoints. */
    private static final long BACKLOG_RECORDS = 1_000;

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final Set<Family> ALL = Collections.unmodifiableSet(EnumSet.allOf(Family.class));
    /** What these say is of all families. */
    private static final Set<Family> OF_ALL_OTHERS = EnumSet.of(Family.LABEL_BUDGET_USED_RATIO, Family.LABEL_OVERFLOW);

    /**
     * What it asks.
     *
     * @param served results in memory
     * @param reading how far they are read
     * @param caughtUp whether they were ever complete
     * @param leads counts of leads; null without a read model
     * @param keySums of key metrics; null without a read model
     * @param sources the topics of events; null if nobody watches them
     * @param store how far the read model is; null without one
     */
    record Sources(
            ServedResults served,
            Supplier<Map<String, TopicReading>> reading,
            BooleanSupplier caughtUp,
            LeadCounts leads,
            KeySums keySums,
            SourceWatch sources,
            StoreReading store) {}

    private final Sources from;
    private final InstantSource clock;
    private final LabelBudget budget;
    private final Samples samples;
    private final String version;
    /** The last look at all families, and the last one at some; null before the first. */
    private Look whole;

    private Look named;

    /** A scrape of some families, when and out of how many changes it was computed, and how long that took. */
    private record Look(Set<Family> families, MetricSnapshots page, long millis, long tookMillis, long changes) {}

    MetricsCollector(Sources from, InstantSource clock, LabelBudget.Limits limits, String version) {
        this.from = from;
        this.clock = clock;
        this.budget = new LabelBudget(limits);
        this.samples = new Samples(budget);
        this.version = version;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        whole = look(whole, ALL);
        return whole.page();
    }

    @Override
    public synchronized MetricSnapshots collect(
            Predicate<String> includedNames, PrometheusScrapeRequest withoutMeaningHere) {
        Set<Family> wanted = EnumSet.copyOf(ALL);
        wanted.removeIf(family -> !includedNames.test(family.baseName()));
        if (Collections.disjoint(wanted, OF_ALL_OTHERS)) {
            named = look(named, wanted);
            return named.page();
        }
        MetricSnapshots.Builder page = MetricSnapshots.builder();
        collect().stream()
                .filter(each -> includedNames.test(each.getMetadata().getPrometheusName()))
                .forEach(page::metricSnapshot);
        return page.build();
    }

    private Look look(Look before, Set<Family> families) {
        long nowMillis = clock.millis();
        long changes = from.served().changes();
        if (before != null
                && before.families().equals(families)
                && !isStale(before, nowMillis - before.millis(), changes)) {
            return before;
        }
        MetricSnapshots page = computed(families);
        long doneMillis = clock.millis();
        return new Look(families, page, doneMillis, doneMillis - nowMillis, changes);
    }

    private static boolean isStale(Look look, long ageMillis, long changes) {
        boolean isNews = changes != look.changes() && ageMillis >= look.tookMillis();
        return isNews || ageMillis >= FRESH_MILLIS || ageMillis < 0;
    }

    private MetricSnapshots computed(Set<Family> families) {
        samples.begin(families);
        from.served()
                .collect(
                        from.leads() == null ? null : from.leads().counts(),
                        from.keySums() == null ? null : from.keySums().sums(),
                        engineIsBehind(),
                        samples);
        readings(samples);
        if (from.sources() != null) {
            from.sources().sources().forEach((topic, source) -> source(topic, source, samples));
        }
        samples.add(Family.CAUGHT_UP, from.caughtUp().getAsBoolean() ? 1 : 0);
        samples.add(Family.BUILD_INFO, 1, version);
        budget.used().forEach((family, used) -> samples.add(Family.LABEL_BUDGET_USED_RATIO, used, family.wireName()));
        samples.add(Family.LABEL_OVERFLOW, budget.refused());
        return samples.snapshots();
    }

    private boolean engineIsBehind() {
        return from.sources() != null
                && from.sources().sources().values().stream().anyMatch(source -> source.lagRecords() > BACKLOG_RECORDS);
    }

    private void readings(Samples out) {
        from.reading().get().forEach((topic, reading) -> {
            out.add(Family.RESULT_LAG_RECORDS, reading.lagRecords(), topic);
            out.add(Family.RESULT_TIMESTAMP_SECONDS, seconds(reading.newestMillis()), topic);
        });
        if (from.store() != null) {
            Map<String, TopicReading> stored = from.store().readings();
            stored.forEach((topic, reading) -> out.add(Family.STORE_LAG_RECORDS, reading.lagRecords(), topic));
            stored.values().stream()
                    .map(TopicReading::newestMillis)
                    .filter(newest -> newest != null)
                    .max(Long::compare)
                    .ifPresent(newest -> out.add(Family.STORE_TIMESTAMP_SECONDS, seconds(newest)));
        }
    }

    private static void source(String topic, SourceWatch.Source source, Samples out) {
        out.add(Family.SOURCE_LAST_EVENT_TIMESTAMP_SECONDS, seconds(source.lastAppendMillis()), topic);
        out.add(Family.SOURCE_USUAL_GAP_SECONDS, source.usualGapSeconds(), topic);
        out.add(Family.SOURCE_SILENT, source.silent() ? 1 : 0, topic);
        out.add(Family.SOURCE_NEVER_HEARD, source.lastAppendMillis() == null ? 1 : 0, topic);
        out.add(Family.INPUT_LAG_RECORDS, source.lagRecords(), topic);
    }

    private static Double seconds(Long millis) {
        return millis == null ? null : (Double) (millis / MILLIS_PER_SECOND);
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return Family.descriptors();
    }
}
