package io.leadpulse.oracle;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose a visitor's events are by a second way, for tests: looks at every identification for every event. */
public final class VisitorOracle {
    private static final long THIRTY_DAYS_MILLIS = 30L * 24 * 60 * 60 * 1000;

    private VisitorOracle() {}

    /**
     * One delivery of one event.
     *
     * @param id the event's id; deliveries with the same id are versions or repetitions of it
     * @param rank the kind's place in the order of events of one instant
     * @param lead the lead that it names; null for none
     */
    public record Delivery(long id, long timeMillis, int rank, long version, long hash, String lead) {}

    /** The owner of every event by id; null for nobody. */
    public static Map<Long, String> owners(List<Delivery> deliveries) {
        Map<Long, Delivery> valid = new HashMap<>();
        deliveries.forEach(each -> valid.merge(each.id(), each, VisitorOracle::better));
        Map<Long, String> owners = new HashMap<>();
        valid.values().forEach(each -> owners.put(each.id(), owner(each, List.copyOf(valid.values()))));
        return owners;
    }

    private static Delivery better(Delivery one, Delivery other) {
        Comparator<Delivery> best = Comparator.comparingLong((Delivery each) -> -each.version())
                .thenComparingLong(Delivery::timeMillis)
                .thenComparingLong(Delivery::hash);
        return best.compare(one, other) <= 0 ? one : other;
    }

    private static String owner(Delivery event, List<Delivery> all) {
        if (event.lead() != null) {
            return event.lead();
        }
        Comparator<Delivery> order = Comparator.comparingLong(Delivery::timeMillis)
                .thenComparingInt(Delivery::rank)
                .thenComparingLong(Delivery::id);
        Optional<Delivery> latestBefore = all.stream()
                .filter(each -> each.lead() != null && each.timeMillis() <= event.timeMillis())
                .max(order);
        Optional<Delivery> firstAfter = all.stream()
                .filter(each -> each.lead() != null && each.timeMillis() > event.timeMillis())
                .min(order)
                .filter(each -> each.timeMillis() <= event.timeMillis() + THIRTY_DAYS_MILLIS);
        return latestBefore.or(() -> firstAfter).map(Delivery::lead).orElse(null);
    }
}
