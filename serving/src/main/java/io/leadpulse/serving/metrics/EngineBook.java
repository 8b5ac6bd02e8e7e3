package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.KindUse;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.ConservationRecord;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.HashMap;
import java.util.Map;

/**
 * What the engine says of itself, from the newest record of conservation.
 *
 * <p>Not thread-safe.
 */
final class EngineBook {
    private static final double MILLIS_PER_SECOND = 1_000;
    /** Upper bounds in seconds; what is slower than a minute falls behind the last. */
    private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, Double.POSITIVE_INFINITY};

    private final BusinessCalendar calendar;
    private final Map<String, Long> appendSeen = new HashMap<>();
    private final long[] delays = new long[BOUNDS.length];
    private double delaySum;
    private ConservationRecord newest;
    private long correctionsBefore;
    private long correctionsDay = Long.MIN_VALUE;

    EngineBook(BusinessCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * Takes a record.
     *
     * @param nowMillis when it became visible here; below 0 for records of before reading had caught up, whose delay says
     *     nothing
     */
    void take(ConservationRecord record, long nowMillis) {
        record.sources().forEach((topic, source) -> {
            Long appended = source.lastAppendMillis();
            if (!topic.equals(Topics.TICKS)
                    && appended != null
                    && !appended.equals(appendSeen.put(topic, appended))
                    && nowMillis >= 0) {
                observe(Math.max(0, nowMillis - appended) / MILLIS_PER_SECOND);
            }
        });
        newest = record;
    }

    private void observe(double seconds) {
        int bucket = 0;
        while (seconds > BOUNDS[bucket]) {
            bucket++;
        }
        delays[bucket]++;
        delaySum += seconds;
    }

    /**
     * @param behind the engine has a backlog of events, so that the newest tick it has seen says nothing of them
     */
    void collect(long nowMillis, boolean behind, Samples out) {
        if (newest == null) {
            return;
        }
        out.add(Family.RECORDS, newest.in(), "in");
        out.add(Family.RECORDS, newest.counted(), "counted");
        out.add(Family.RECORDS, newest.duplicate(), "duplicate");
        out.add(Family.RECORDS, newest.superseded(), "superseded");
        out.add(Family.RECORDS, newest.held(), "held");
        out.add(Family.RECORDS, newest.configuration(), "configuration");
        long dead = newest.deadLettered().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        out.add(Family.RECORDS, dead, "dead_lettered");
        newest.deadLettered().forEach((reason, records) -> out.add(Family.DEAD_LETTERS, records, reason));
        long fates = newest.counted()
                + newest.duplicate()
                + newest.superseded()
                + newest.held()
                + newest.configuration()
                + dead;
        out.add(Family.CONSERVATION_DIFFERENCE, newest.in() - fates);
        out.add(Family.DATA_AS_OF_TIMESTAMP_SECONDS, asOf(behind) / MILLIS_PER_SECOND);
        newest.sources().forEach((topic, source) -> {
            if (!topic.equals(Topics.TICKS)) {
                out.add(Family.EVENTS_LATE, source.late(), topic);
            }
        });
        for (EventKind kind : EventKind.values()) {
            collect(kind, out);
        }
        out.add(Family.CORRECTIONS_TODAY, correctionsToday(nowMillis));
        out.add(Family.EVENT_DELAY_SECONDS, delays());
    }

    /** By topic, or 0 of no topic: what never came is to be seen too. */
    private void collect(EventKind kind, Samples out) {
        boolean came = false;
        for (Map.Entry<String, Map<String, Long>> topic : newest.kinds().entrySet()) {
            Long events = topic.getValue().get(kind.wireName());
            if (events != null) {
                came = true;
                out.add(Family.EVENTS_OF_KIND, events, kind.wireName(), topic.getKey(), KindUse.words(kind));
            }
        }
        if (!came) {
            out.add(Family.EVENTS_OF_KIND, 0, kind.wireName(), "", KindUse.words(kind));
        }
    }

    /** The engine's clock when it last told of itself, epoch milliseconds; {@code Long.MIN_VALUE} before it did. */
    long clockMillis() {
        return newest == null ? Long.MIN_VALUE : newest.asOfMillis();
    }

    /** Until when all is worked off: the newest tick, which stands behind all events that came before it. */
    private long asOf(boolean behind) {
        ConservationRecord.Source ticks = newest.sources().get(Topics.TICKS);
        return behind || ticks == null ? newest.asOfMillis() : Math.max(newest.asOfMillis(), ticks.lastEventMillis());
    }

    /** The engine counts from its beginning; what it said at the first look of a day is taken off. */
    private long correctionsToday(long nowMillis) {
        long today = calendar.epochDay(nowMillis);
        if (today != correctionsDay) {
            correctionsDay = today;
            correctionsBefore = newest.corrections();
        }
        return newest.corrections() - correctionsBefore;
    }

    private HistogramSnapshot delays() {
        return HistogramSnapshot.builder()
                .name(Family.EVENT_DELAY_SECONDS.baseName())
                .help(Family.EVENT_DELAY_SECONDS.help())
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, delays))
                        .sum(delaySum)
                        .build())
                .build();
    }
}
