package io.leadpulse.bench.streams;

import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The event-time clock: the least of all partitions' latest event times, less what may overtake each other. Kafka Streams' own stream
 * time is the most that a task has seen, and each task has its own; so tasks tell each other how far their partitions have come.
 */
final class EventClock {
    private static final long OUT_OF_ORDER_MILLIS = 5_000;
    private static final String READ = "read ";

    private final KeyValueStore<String, Long> store;
    private final List<String> partitions;

    /**
     * A view of a task's store.
     *
     * @param partitions all partitions of events, as {@code topic/number}
     */
    EventClock(KeyValueStore<String, Long> store, List<String> partitions) {
        this.store = store;
        this.partitions = partitions;
    }

    /** The latest event time that this task itself has read of a partition, epoch milliseconds; 0 if none. */
    long latestRead(String partition) {
        Long latest = store.get(READ + partition);
        return latest == null ? 0 : latest;
    }

    void read(String partition, long latestMillis) {
        store.put(READ + partition, latestMillis);
    }

    /** A partition has come so far, and all that it had for this task is here. */
    void reached(String partition, long latestMillis) {
        store.put(partition, latestMillis);
    }

    /** Up to when, inclusive, time has passed, epoch milliseconds; 0 while a partition has said nothing. */
    long nowMillis() {
        long least = Long.MAX_VALUE;
        for (String partition : partitions) {
            Long latest = store.get(partition);
            if (latest == null) {
                return 0;
            }
            least = Math.min(least, latest);
        }
        return Math.max(0, least - OUT_OF_ORDER_MILLIS - 1);
    }
}
