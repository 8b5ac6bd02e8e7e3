package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.goal.ExpectedShare;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.ScopeSums;
import io.leadpulse.domain.measure.DurationHistogram;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.organisation.Organisation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The sums of one scope. What of a period is usually reached by when is remembered until a day before that period is
 * restated, since it is dear to compute and asked for at every scrape.
 */
final class ScopeBook implements ScopeSums {
    static final int SLOT_SECONDS = 300;

    private static final long SLOT_MILLIS = SLOT_SECONDS * 1_000L;
    /** The scope of which nothing was published. */
    static final ScopeBook EMPTY = new ScopeBook();

    /** More than the lines and periods that are asked for on one day; older answers go first. */
    private static final int MAX_REMEMBERED = 64;

    private record Series(Measure measure, String dimension) {}

    private record Question(GoalLine line, Period period) {}

    private final Map<Series, NavigableMap<Integer, Long>> panes = new HashMap<>();
    private final Map<Question, ExpectedShare> shares = new HashMap<>();

    void put(Measure measure, String dimension, int pane, long epochDay, long value) {
        Series series = new Series(measure, dimension);
        Long before;
        if (value == 0) {
            before = panes.getOrDefault(series, Collections.emptyNavigableMap()).get(pane);
            if (before != null) {
                panes.get(series).remove(pane);
            }
        } else {
            before = panes.computeIfAbsent(series, unused -> new TreeMap<>()).put(pane, value);
        }
        if ((before == null ? 0 : before) != value) {
            shares.keySet().removeIf(question -> epochDay < question.period().startEpochDay());
        }
    }

    void dropBefore(long epochDay) {
        panes.forEach((series, sums) -> {
            int first = Math.toIntExact(epochDay);
            switch (series.measure().pane()) {
                case DAY -> {
                    if (series.measure() != Measure.OPEN_DUE_COUNT) {
                        sums.headMap(first, false).clear();
                    }
                }
                case DAY_HISTOGRAM ->
                    sums.headMap(first * Measure.BUCKETS_PER_DAY, false).clear();
                case FIVE_MINUTES ->
                    sums.headMap(first * Measure.SLOTS_PER_DAY, false).clear();
                case NOW, FIVE_SECONDS -> {
                    // The first has no day, the second is not published.
                }
            }
        });
        panes.values().removeIf(Map::isEmpty);
    }

    /**
     * A copy without the sums of a day and later ones: as they stood, by what is known now, when that day began. What has
     * no past is as it is.
     */
    ScopeBook before(long epochDay) {
        int end = Math.toIntExact(epochDay);
        ScopeBook earlier = new ScopeBook();
        panes.forEach((series, sums) -> earlier.panes.put(
                series,
                new TreeMap<>(
                        switch (series.measure().pane()) {
                            case DAY -> series.measure() == Measure.OPEN_DUE_COUNT ? sums : sums.headMap(end, false);
                            case DAY_HISTOGRAM -> sums.headMap(Math.multiplyExact(end, Measure.BUCKETS_PER_DAY), false);
                            case FIVE_MINUTES -> sums.headMap(Math.multiplyExact(end, Measure.SLOTS_PER_DAY), false);
                            case NOW, FIVE_SECONDS -> sums;
                        })));
        return earlier;
    }

    /** How a measure without days stands now. */
    long now(Measure measure, String dimension) {
        return value(measure, dimension, 0);
    }

    /** How one sum stands; 0 if nothing was said of it. */
    long value(Measure measure, String dimension, int pane) {
        return series(measure, dimension).getOrDefault(pane, 0L);
    }

    /** By dimension, how a divided measure without days stands now; dimensions that are 0 are absent. */
    SortedMap<String, Long> nowByDimension(Measure measure) {
        SortedMap<String, Long> sums = new TreeMap<>();
        panes.forEach((series, values) -> {
            if (series.measure() == measure && values.containsKey(0)) {
                sums.put(series.dimension(), values.get(0));
            }
        });
        return sums;
    }

    /** Open deals that were expected to close before a day. */
    long openDueBefore(long epochDay) {
        return series(Measure.OPEN_DUE_COUNT, NO_DIMENSION).headMap(Math.toIntExact(epochDay), false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public long sumOver(Measure measure, String dimension, Period period) {
        if (period.isTotal()) {
            throw new IllegalArgumentException("sums over all days are not kept");
        }
        long sum = 0;
        for (long each : between(measure, dimension, period, 1).values()) {
            sum = Math.addExact(sum, each);
        }
        return sum;
    }

    /**
     * Won from a day on up to an instant, less refunds, minor units: whole days, and of the last its five-minute slots that
     * are over; where these are kept no more nothing of it.
     */
    long wonBetween(long fromEpochDay, long untilMillis, Organisation organisation) {
        int lastDay = organisation.epochDayOf(untilMillis);
        long won = 0;
        for (long sum : series(Measure.WON_AMOUNT, NO_DIMENSION)
                .subMap(Math.toIntExact(fromEpochDay), Math.max(Math.toIntExact(fromEpochDay), lastDay))
                .values()) {
            won = Math.addExact(won, sum);
        }
        for (Map.Entry<Integer, Long> slot : wonBySlot(lastDay).entrySet()) {
            if (lastDay >= fromEpochDay
                    && organisation.slotStartMillis(lastDay, slot.getKey()) + SLOT_MILLIS <= untilMillis) {
                won = Math.addExact(won, slot.getValue());
            }
        }
        return won;
    }

    @Override
    public long sumOfDay(Measure measure, String dimension, long epochDay) {
        return value(measure, dimension, Math.toIntExact(epochDay));
    }

    @Override
    public DurationHistogram histogramOver(Measure measure, String dimension, Period period) {
        if (period.isTotal()) {
            throw new IllegalArgumentException("sums over all days are not kept");
        }
        DurationHistogram histogram = new DurationHistogram();
        between(measure, dimension, period, Measure.BUCKETS_PER_DAY)
                .forEach((pane, count) -> histogram.add(Measure.bucketOf(pane), count));
        return histogram;
    }

    @Override
    public NavigableMap<Integer, Long> wonBySlot(long epochDay) {
        int first = Math.toIntExact(epochDay) * Measure.SLOTS_PER_DAY;
        NavigableMap<Integer, Long> slots = new TreeMap<>();
        series(Measure.WON_AMOUNT_FIVE_MINUTES, NO_DIMENSION)
                .subMap(first, first + Measure.SLOTS_PER_DAY)
                .forEach((pane, sum) -> slots.put(pane - first, sum));
        return slots;
    }

    @Override
    public ExpectedShare expectedShare(GoalLine line, Period period, Supplier<ExpectedShare> computed) {
        Question question = new Question(line, period);
        ExpectedShare known = shares.get(question);
        if (known == null) {
            if (shares.size() >= MAX_REMEMBERED) {
                shares.clear();
            }
            known = computed.get();
            if (this != EMPTY) {
                shares.put(question, known);
            }
        }
        return known;
    }

    private SortedMap<Integer, Long> between(Measure measure, String dimension, Period period, int panesPerDay) {
        return series(measure, dimension)
                .subMap(
                        Math.multiplyExact(Math.toIntExact(period.startEpochDay()), panesPerDay),
                        Math.multiplyExact(Math.toIntExact(period.endEpochDayExclusive()), panesPerDay));
    }

    private NavigableMap<Integer, Long> series(Measure measure, String dimension) {
        return panes.getOrDefault(new Series(measure, dimension), Collections.emptyNavigableMap());
    }
}
