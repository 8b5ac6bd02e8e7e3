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

    /**
     * Which of all sums one is.
     *
     * @param epochDay the day it is of; the last of all if it has none
     */
    record Place(String scope, Measure measure, String dimension, int pane, long epochDay) {}

    private final Map<String, ScopeBook> scopes = new TreeMap<>();
    private long keptFromEpochDay = Long.MIN_VALUE;

    /**
     * Which sum a record is of; null if it is not kept.
     *
     * @throws IllegalArgumentException if its pane or bucket cannot be read
     */
    static Place placeOf(RollupRecord sum) {
        Measure measure = MEASURES.get(sum.measure());
        return measure == null || sum.pane().equals(RollupRecord.TOTAL) || Scope.isSource(sum.scope())
                ? null
                : place(measure, sum);
    }

    /** Takes a sum, unless it is too old. */
    void put(Place place, long value) {
        if (place.epochDay() < keptFromEpochDay && place.measure() != Measure.OPEN_DUE_COUNT) {
            return;
        }
        scopes.computeIfAbsent(place.scope(), scope -> new ScopeBook())
                .put(place.measure(), place.dimension(), place.pane(), place.epochDay(), value);
    }

    /** As if nothing had ever been published of a scope. */
    void forget(String scope) {
        scopes.remove(scope);
    }

    /** Whether something was published of a scope. */
    boolean knows(String scope) {
        return scopes.containsKey(scope);
    }

    /** How a sum stands. */
    long value(Place place) {
        return of(place.scope()).value(place.measure(), place.dimension(), place.pane());
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

    private static Place place(Measure measure, RollupRecord sum) {
        try {
            return switch (measure.pane()) {
                case NOW -> new Place(sum.scope(), measure, sum.dimension(), 0, Long.MAX_VALUE);
                case DAY -> day(measure, sum, LocalDate.parse(sum.pane()).toEpochDay());
                case FIVE_MINUTES -> slot(measure, sum, LocalDateTime.parse(sum.pane()));
                case DAY_HISTOGRAM ->
                    bucket(measure, sum, LocalDate.parse(sum.pane()).toEpochDay());
                case FIVE_SECONDS -> throw new IllegalArgumentException(sum.measure() + " is not published");
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("a sum of " + sum.measure() + " must have a pane of its layout", e);
        }
    }

    private static Place day(Measure measure, RollupRecord sum, long epochDay) {
        return new Place(sum.scope(), measure, sum.dimension(), Math.toIntExact(epochDay), epochDay);
    }

    private static Place slot(Measure measure, RollupRecord sum, LocalDateTime start) {
        long epochDay = start.toLocalDate().toEpochDay();
        int slot = start.toLocalTime().toSecondOfDay() / ScopeBook.SLOT_SECONDS;
        int pane = Math.toIntExact(epochDay) * Measure.SLOTS_PER_DAY + slot;
        return new Place(sum.scope(), measure, sum.dimension(), pane, epochDay);
    }

    private static Place bucket(Measure measure, RollupRecord sum, long epochDay) {
        int bar = sum.dimension().lastIndexOf('/');
        int bucket = Integer.parseInt(sum.dimension().substring(bar + 1));
        String dimension = bar < 0 ? "" : sum.dimension().substring(0, bar);
        int pane = Math.toIntExact(epochDay) * Measure.BUCKETS_PER_DAY + bucket + 1;
        return new Place(sum.scope(), measure, dimension, pane, epochDay);
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
