package io.leadpulse.serving.metrics;

import io.leadpulse.schemas.result.RollupRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Sums that the engine has written and not yet committed, in the place of the committed ones. A sum is shown as soon as it was
 * written. Once the committed position has passed it, what is committed shows: the same if its transaction was committed, the
 * one before it or a later one if that was aborted. Which of the two readers is first does not matter, nor does reading
 * something again.
 *
 * <p>Holds only what lies behind the committed position, and of that {@link #MOST} sums at most; further ones show when they are
 * committed.
 *
 * <p>Not thread-safe.
 */
final class ProvisionalSums {
    /** Some 20 MB; more than what an engine that keeps up says between two checkpoints. */
    static final int MOST = 100_000;

    private static final class Provisional {
        private final TopicPartition partition;
        private final long offset;
        private final long value;
        private long committed;

        Provisional(TopicPartition partition, long offset, long value, long committed) {
            this.partition = partition;
            this.offset = offset;
            this.value = value;
            this.committed = committed;
        }
    }

    private final SumBook shown;
    private final Map<SumBook.Place, Provisional> values = new HashMap<>();
    /** Scopes of which nothing is committed. */
    private final Set<String> newScopes = new HashSet<>();

    private Map<TopicPartition, Long> next = Map.of();

    /** Shows in this book what is taken here. */
    ProvisionalSums(SumBook shown) {
        this.shown = shown;
    }

    /**
     * Takes a committed sum.
     *
     * @throws IllegalArgumentException if its pane or bucket cannot be read
     */
    void takeCommitted(RollupRecord sum) {
        SumBook.Place place = SumBook.placeOf(sum);
        if (place == null) {
            return;
        }
        newScopes.remove(place.scope());
        Provisional later = values.get(place);
        if (later == null) {
            shown.put(place, sum.value());
        } else {
            later.committed = sum.value();
        }
    }

    /** Whether something that was written there is not decided yet, or was not read as committed yet. */
    boolean isAhead(TopicPartition partition, long offset) {
        return offset >= next.getOrDefault(partition, 0L);
    }

    /**
     * Takes a sum that may never be committed; of one that is not ahead nothing comes.
     *
     * @throws IllegalArgumentException if its pane or bucket cannot be read
     */
    void take(RollupRecord sum, TopicPartition partition, long offset) {
        SumBook.Place place = SumBook.placeOf(sum);
        if (place == null || !isAhead(partition, offset)) {
            return;
        }
        Provisional earlier = values.get(place);
        boolean isKnown = earlier != null && earlier.partition.equals(partition) && earlier.offset >= offset;
        if (isKnown || (earlier == null && values.size() >= MOST)) {
            return;
        }
        if (!shown.knows(place.scope())) {
            newScopes.add(place.scope());
        }
        long committed = earlier == null ? shown.value(place) : earlier.committed;
        values.put(place, new Provisional(partition, offset, sum.value(), committed));
        shown.put(place, sum.value());
    }

    /**
     * Lets go of what the committed position has passed.
     *
     * @param next the next offset to read as committed, of every partition; what was before it has been taken
     */
    void passed(Map<TopicPartition, Long> next) {
        Map<TopicPartition, Long> before = this.next;
        this.next = Map.copyOf(next);
        Iterator<Map.Entry<SumBook.Place, Provisional>> each = values.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<SumBook.Place, Provisional> entry = each.next();
            Provisional value = entry.getValue();
            boolean isOtherTopic =
                    this.next.getOrDefault(value.partition, 0L) < before.getOrDefault(value.partition, 0L);
            if (isOtherTopic || !isAhead(value.partition, value.offset)) {
                each.remove();
                shown.put(entry.getKey(), value.committed);
            }
        }
        if (!newScopes.isEmpty()) {
            forgetAborted();
        }
    }

    private void forgetAborted() {
        Set<String> gone = new HashSet<>(newScopes);
        values.keySet().forEach(place -> gone.remove(place.scope()));
        gone.forEach(shown::forget);
        newScopes.removeAll(gone);
    }

    /** How many sums are shown that are not committed. */
    int size() {
        return values.size();
    }

    /** Answers by what is committed alone. */
    <T> T without(Supplier<T> question) {
        values.forEach((place, value) -> shown.put(place, value.committed));
        newScopes.forEach(shown::forget);
        try {
            return question.get();
        } finally {
            values.forEach((place, value) -> shown.put(place, value.value));
        }
    }
}
