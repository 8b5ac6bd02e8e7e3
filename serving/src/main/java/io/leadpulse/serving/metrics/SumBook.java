package io.leadpulse.serving.metrics;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.schemas.result.RollupRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest sums of every scope, as the engine published them. A record read twice changes nothing. Sums by reason and
 * by stage passed, and those of where leads come from, are not kept, since no number of now is made of them; nor are days before the ones that the longest
 * look back needs. So it is bounded by scopes x days.
 *
 * <p>Not thread-safe.
 */
final class SumBook {
    /** Four quarters before the present one, and the cohort of leads before the trailing window, lie within. */
    static final int DAYS_KEPT = 500;

    private static final Map<String, Measure> MEASURES = measures();

    private final Map<String, ScopeBook> scopes = new TreeMap<>();
    private long keptFromEpochDay = Long.MIN_VALUE;

    /**
     * Takes a sum.
     *
     * @throws IllegalArgumentException if its pane or bucket cannot be read
     */
    void take(RollupRecord sum) {
        Measure measure = MEASURES.get(sum.measure());
        if (measure == null || sum.pane().equals(RollupRecord.TOTAL) || Scope.isSource(sum.scope())) {
            return;
        }
        Place place = place(measure, sum);
        if (place.epochDay() < keptFromEpochDay && measure != Measure.OPEN_DUE_COUNT) {
            return;
        }
        scopes.computeIfAbsent(sum.scope(), scope -> new ScopeBook())
                .put(measure, place.dimension(), place.pane(), place.epochDay(), sum.value());
    }

    /** The sums of a scope; empty ones if nothing was published of it. */
    ScopeBook of(String scope) {
        return scopes.getOrDefault(scope, ScopeBook.EMPTY);
    }

    /** Scopes of which there are sums, sorted. */
    Set<String> scopes() {
        return new TreeSet<>(scopes.keySet());
    }

    /** Lets go of what is too old on this day. */
    void keepAsOf(long epochDay) {
        long from = epochDay - DAYS_KEPT;
        if (from > keptFromEpochDay) {
            keptFromEpochDay = from;
            scopes.values().forEach(scope -> scope.dropBefore(from));
        }
    }

    private record Place(String dimension, int pane, long epochDay) {}

    private static Place place(Measure measure, RollupRecord sum) {
        try {
            return switch (measure.pane()) {
                case NOW -> new Place(sum.dimension(), 0, Long.MAX_VALUE);
                case DAY -> day(sum.dimension(), LocalDate.parse(sum.pane()).toEpochDay());
                case FIVE_MINUTES -> slot(sum, LocalDateTime.parse(sum.pane()));
                case DAY_HISTOGRAM -> bucket(sum, LocalDate.parse(sum.pane()).toEpochDay());
                case FIVE_SECONDS -> throw new IllegalArgumentException(sum.measure() + " is not published");
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("a sum of " + sum.measure() + " must have a pane of its layout", e);
        }
    }

    private static Place day(String dimension, long epochDay) {
        return new Place(dimension, Math.toIntExact(epochDay), epochDay);
    }

    private static Place slot(RollupRecord sum, LocalDateTime start) {
        long epochDay = start.toLocalDate().toEpochDay();
        int slot = start.toLocalTime().toSecondOfDay() / ScopeBook.SLOT_SECONDS;
        return new Place(sum.dimension(), Math.toIntExact(epochDay) * Measure.SLOTS_PER_DAY + slot, epochDay);
    }

    private static Place bucket(RollupRecord sum, long epochDay) {
        int bar = sum.dimension().lastIndexOf('/');
        int bucket = Integer.parseInt(sum.dimension().substring(bar + 1));
        String dimension = bar < 0 ? "" : sum.dimension().substring(0, bar);
        return new Place(dimension, Math.toIntExact(epochDay) * Measure.BUCKETS_PER_DAY + bucket + 1, epochDay);
    }

    private static Map<String, Measure> measures() {
        Map<String, Measure> measures = new HashMap<>();
        // Those that were added since serve history, which is PostgreSQL's; what a metric is made of is named.
        Set<Measure> kept = EnumSet.range(Measure.WON_AMOUNT, Measure.CONVERSATIONS);
        kept.removeAll(
                EnumSet.of(Measure.LOST_BY_REASON, Measure.DWELL_COUNT, Measure.DWELL_MILLIS, Measure.DWELL_HISTOGRAM));
        kept.addAll(EnumSet.of(
                Measure.OPEN_PUSHED_COUNT, Measure.OPENED_AMOUNT, Measure.LOST_AMOUNT, Measure.REPEAT_WON_AMOUNT));
        kept.forEach(measure -> measures.put(measure.wireName(), measure));
        return Map.copyOf(measures);
    }
}
