package io.leadpulse.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Other orders in which the same history may arrive. Configuration lines stay first, in their order. The same seed gives
 * the same order.
 */
public final class HistoryDisturbance {
    private HistoryDisturbance() {}

    /** All events, behaviour too, in any order: some are late by the whole length of the history. */
    public static List<String> shuffled(List<String> lines, long seed) {
        List<HistoryLine> events = new ArrayList<>(events(lines));
        Collections.shuffle(events, new Random(seed));
        return joined(lines, events);
    }

    /**
     * Repeats a share of the events, and delays events, repeated ones too. Nothing arrives when an event is already there
     * whose time is later by more than {@code lateness}.
     *
     * @param duplicateShare share of the events that come twice, 0 to 1; the second is never before the first
     * @param lateness greatest delay; half of the events come on time, the others are delayed by anything up to it
     */
    public static List<String> withDuplicatesAndLateness(
            List<String> lines, double duplicateShare, Duration lateness, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (HistoryLine event : events(lines)) {
            long delayMillis = random.nextBoolean() ? 0 : random.nextLong(lateness.toMillis() + 1);
            arrivals.add(new Arrival(event.timeMillis() + delayMillis, event));
            if (random.nextDouble() < duplicateShare) {
                long againMillis = random.nextLong(delayMillis, lateness.toMillis() + 1);
                arrivals.add(new Arrival(event.timeMillis() + againMillis, event));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMillis));
        return joined(lines, arrivals.stream().map(Arrival::event).toList());
    }

    private record Arrival(long atMillis, HistoryLine event) {}

    private static List<HistoryLine> events(List<String> lines) {
        return lines.stream()
                .map(HistoryLine::of)
                .filter(line -> !line.isConfiguration())
                .toList();
    }

    private static List<String> joined(List<String> lines, List<HistoryLine> events) {
        return Stream.concat(
                        lines.stream().filter(line -> HistoryLine.of(line).isConfiguration()),
                        events.stream().map(HistoryLine::json))
                .toList();
    }
}
