package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.goal.ExpectedShare;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.ScopeSums;
import io.leadpulse.domain.measure.DurationHistogram;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.organisation.Organisation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The sums of one scope. What is asked for at every scrape and dear to compute is remembered: what a series adds up to over some
 * days, until one of its sums changes, and what of a period is usually reached by when, until a day before that period is restated.
 */
final class ScopeBook implements ScopeSums {
    static final int SLOT_SECONDS = 300;

    private static final long SLOT_MILLIS = SLOT_SECONDS * 1_000L;
    /** The scope of which nothing was published. */
    static final ScopeBook EMPTY = new ScopeBook();

    /** More than the lines and periods that are asked for on one day; older answers go first. */
    private static final int MAX_REMEMBERED = 64;

    private record Question(GoalLine line, Period period) {}

    /** The sums of a measure and dimension by pane, and what was asked of them since one of them last changed. */
    private static final class Series {
        private static final int SPAN_BITS = 32;
        private static final Series NONE = new Series(Collections.emptyNavigableMap());

        private final NavigableMap<Integer, Long> panes;
        /** By first and last pane; a map of its own only once something is asked, since there are many series. */
        private Map<Long, Long> sums = Map.of();

        private Map<Long, DurationHistogram> histograms = Map.of();

        Series(NavigableMap<Integer, Long> panes) {
            this.panes = panes;
        }

        /** Returns what stood there before; 0 if nothing did. */
        long put(int pane, long value) {
            Long before = value == 0 ? panes.remove(pane) : panes.put(pane, value);
            long was = before == null ? 0 : before;
            if (was != value) {
                forgetAnswers();
            }
            return was;
        }

        void dropBefore(int pane) {
            panes.headMap(pane, false).clear();
            forgetAnswers();
        }

        private void forgetAnswers() {
            sums = Map.of();
            histograms = Map.of();
        }

        long value(int pane) {
            return panes.getOrDefault(pane, 0L);
        }

        /** From a pane on up to before another one. */
        long sum(int from, int to) {
            if (panes.isEmpty()) {
                return 0;
            }
            long span = span(from, to);
            Long known = sums.get(span);
            if (known == null) {
                long sum = 0;
                for (long each : panes.subMap(from, to).values()) {
                    sum = Math.addExact(sum, each);
                }
                known = sum;
                sums = remember(sums, span, known);
            }
            return known;
        }

        /** The same of a histogram's buckets; not to be changed. */
        DurationHistogram histogram(int from, int to) {
            if (panes.isEmpty()) {
                return new DurationHistogram();
            }
            long span = span(from, to);
            DurationHistogram known = histograms.get(span);
            if (known == null) {
                DurationHistogram histogram = new DurationHistogram();
                panes.subMap(from, to).forEach((pane, count) -> histogram.add(Measure.bucketOf(pane), count));
                known = histogram;
                histograms = remember(histograms, span, known);
            }
            return known;
        }

        private static long span(int from, int to) {
            return (long) from << SPAN_BITS | Integer.toUnsignedLong(to);
        }

        private static <T> Map<Long, T> remember(Map<Long, T> known, long span, T answer) {
            Map<Long, T> answers = known.isEmpty() || known.size() >= MAX_REMEMBERED ? new HashMap<>() : known;
            answers.put(span, answer);
            return answers;
        }
    }

    private final Map<Measure, Map<String, Series>> measures = new EnumMap<>(Measure.class);
    private final Map<Question, ExpectedShare> shares = new HashMap<>();

    void put(Measure measure, String dimension, int pane, long epochDay, long value) {
        Series series = series(measure, dimension);
        if (series == Series.NONE) {
            if (value == 0) {
                return;
            }
            series = new Series(new TreeMap<>());
            measures.computeIfAbsent(measure, unused -> new HashMap<>()).put(dimension, series);
        }
        if (series.put(pane, value) != value) {
            shares.keySet().removeIf(question -> epochDay < question.period().startEpochDay());
        }
    }

    void dropBefore(long epochDay) {
        int first = Math.toIntExact(epochDay);
        measures.forEach((measure, byDimension) -> {
            switch (measure.pane()) {
                case DAY -> {
                    if (measure != Measure.OPEN_DUE_COUNT) {
                        byDimension.values().forEach(series -> series.dropBefore(first));
                    }
                }
                case DAY_HISTOGRAM ->
                    byDimension.values().forEach(series -> series.dropBefore(first * Measure.BUCKETS_PER_DAY));
                case FIVE_MINUTES ->
                    byDimension.values().forEach(series -> series.dropBefore(first * Measure.SLOTS_PER_DAY));
                case NOW, FIVE_SECONDS -> {
                    // The first has no day, the second is not published.
                }
            }
            byDimension.values().removeIf(series -> series.panes.isEmpty());
        });
        measures.values().removeIf(Map::isEmpty);
    }

    /**
     * A copy without the sums of a day and later ones: as they stood, by what is known now, when that day began. What has
     * no past is as it is.
     */
    ScopeBook before(long epochDay) {
        int end = Math.toIntExact(epochDay);
        ScopeBook earlier = new ScopeBook();
        measures.forEach((measure, byDimension) -> {
            Map<String, Series> copies = new HashMap<>();
            byDimension.forEach((dimension, series) ->
                    copies.put(dimension, new Series(new TreeMap<>(before(measure, series.panes, end)))));
            earlier.measures.put(measure, copies);
        });
        return earlier;
    }

    private static SortedMap<Integer, Long> before(Measure measure, NavigableMap<Integer, Long> panes, int endDay) {
        return switch (measure.pane()) {
            case DAY -> measure == Measure.OPEN_DUE_COUNT ? panes : panes.headMap(endDay, false);
            case DAY_HISTOGRAM -> panes.headMap(Math.multiplyExact(endDay, Measure.BUCKETS_PER_DAY), false);
            case FIVE_MINUTES -> panes.headMap(Math.multiplyExact(endDay, Measure.SLOTS_PER_DAY), false);
            case NOW, FIVE_SECONDS -> panes;
        };
    }

    /** How a measure without days stands now. */
    long now(Measure measure, String dimension) {
        return value(measure, dimension, 0);
    }

    /** How one sum stands; 0 if nothing was said of it. */
    long value(Measure measure, String dimension, int pane) {
        return series(measure, dimension).value(pane);
    }

    /** By dimension, how a divided measure without days stands now; dimensions that are 0 are absent. */
    SortedMap<String, Long> nowByDimension(Measure measure) {
        SortedMap<String, Long> sums = new TreeMap<>();
        measures.getOrDefault(measure, Map.of()).forEach((dimension, series) -> {
            if (series.value(0) != 0) {
                sums.put(dimension, series.value(0));
            }
        });
        return sums;
    }

    /** Open deals that were expected to close before a day. */
    long openDueBefore(long epochDay) {
        return series(Measure.OPEN_DUE_COUNT, NO_DIMENSION).sum(Integer.MIN_VALUE, Math.toIntExact(epochDay));
    }

    @Override
    public long sumOver(Measure measure, String dimension, Period period) {
        if (period.isTotal()) {
            throw new IllegalArgumentException("sums over all days are not kept");
        }
        return series(measure, dimension)
                .sum(Math.toIntExact(period.startEpochDay()), Math.toIntExact(period.endEpochDayExclusive()));
    }

    /**
     * Won from a day on up to an instant, less refunds, minor units: whole days, and of the last its five-minute slots that
     * are over; where these are kept no more nothing of it.
     */
    long wonBetween(long fromEpochDay, long untilMillis, Organisation organisation) {
        int lastDay = organisation.epochDayOf(untilMillis);
        int firstDay = Math.toIntExact(fromEpochDay);
        long won = series(Measure.WON_AMOUNT, NO_DIMENSION).sum(firstDay, Math.max(firstDay, lastDay));
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
        return series(measure, dimension)
                .histogram(
                        Math.multiplyExact(Math.toIntExact(period.startEpochDay()), Measure.BUCKETS_PER_DAY),
                        Math.multiplyExact(Math.toIntExact(period.endEpochDayExclusive()), Measure.BUCKETS_PER_DAY));
    }

    @Override
    public NavigableMap<Integer, Long> wonBySlot(long epochDay) {
        int first = Math.toIntExact(epochDay) * Measure.SLOTS_PER_DAY;
        NavigableMap<Integer, Long> slots = new TreeMap<>();
        series(Measure.WON_AMOUNT_FIVE_MINUTES, NO_DIMENSION)
                .panes
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

    private Series series(Measure measure, String dimension) {
        Map<String, Series> byDimension = measures.get(measure);
        return byDimension == null ? Series.NONE : byDimension.getOrDefault(dimension, Series.NONE);
    }
}
