package io.leadpulse.bench.leadpulse;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;

/** How many records had been read when. Looks ten times a second until all that counts is read. */
final class Intake {
    private static final int LOOK_EVERY_MILLIS = 100;

    private final List<Counter> counters = new CopyOnWriteArrayList<>();
    private final NavigableMap<Long, Long> recordsByMillis = new TreeMap<>();

    /**
     * Some time, and what was read in it.
     *
     * @param millis how long it was
     * @param records how many were read
     */
    record Spell(long millis, long records) {}

    void count(Counter counter) {
        counters.add(counter);
    }

    /** From now on looks by itself; ends with the process. */
    void watch() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "intake");
            thread.setDaemon(true);
            return thread;
        });
        var unused = clock.scheduleAtFixedRate(
                () -> look(System.currentTimeMillis()), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Takes down what has been read by now; after the last record nothing more. */
    synchronized void look(long nowMillis) {
        long records = counters.stream().mapToLong(Counter::getCount).sum();
        Map.Entry<Long, Long> last = recordsByMillis.lastEntry();
        if (last == null || last.getValue() != records) {
            recordsByMillis.put(nowMillis, records);
        }
    }

    /** When the last record had been read, epoch milliseconds; {@link Long#MIN_VALUE} if none was. */
    synchronized long lastMillis() {
        return recordsByMillis.isEmpty() ? Long.MIN_VALUE : recordsByMillis.lastKey();
    }

    /** What was read between two times, as far as anything was still to be read. */
    synchronized Spell between(long fromMillis, long toMillis) {
        long endMillis = Math.min(toMillis, lastMillis());
        return endMillis <= fromMillis
                ? new Spell(0, 0)
                : new Spell(endMillis - fromMillis, recordsAt(endMillis) - recordsAt(fromMillis));
    }

    private long recordsAt(long millis) {
        Map.Entry<Long, Long> before = recordsByMillis.floorEntry(millis);
        return before == null ? 0 : before.getValue();
    }
}
