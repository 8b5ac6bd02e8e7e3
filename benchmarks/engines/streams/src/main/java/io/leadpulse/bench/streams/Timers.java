package io.leadpulse.bench.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is to be looked at when time comes to it, in a store in the order of time. Kept for a key as often as it is set; whoever is
 * called looks whether it is still meant.
 */
final class Timers {
    private final KeyValueStore<Bytes, byte[]> store;
    /** All up to here are done. Not kept: after a restart all are looked through once. */
    private long doneMillis;

    /** Called when time has come. */
    interface Due {
        /**
         * Acts.
         *
         * @param dueMillis the time that was set, epoch milliseconds
         */
        void due(long dueMillis, String key, byte[] note);
    }

    Timers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * Sets one.
     *
     * @param dueMillis epoch milliseconds, after the time of the last {@link #fire}
     * @param note comes back with it
     */
    void set(long dueMillis, String key, byte[] note) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        store.put(
                Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length)
                        .putLong(dueMillis)
                        .put(text)
                        .array()),
                note);
    }

    /** Time has come to here: calls for each that is due, and forgets it. */
    void fire(long nowMillis, Due due) {
        if (nowMillis <= doneMillis) {
            return;
        }
        // What was fired before is gone, but the store would step over the remains of each.
        try (KeyValueIterator<Bytes, byte[]> all = store.range(begin(doneMillis), begin(nowMillis + 1))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> each = all.next();
                ByteBuffer key = ByteBuffer.wrap(each.key.get());
                long dueMillis = key.getLong();
                store.delete(each.key);
                due.due(dueMillis, StandardCharsets.UTF_8.decode(key).toString(), each.value);
            }
        }
        doneMillis = nowMillis;
    }

    private static Bytes begin(long millis) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }
}
