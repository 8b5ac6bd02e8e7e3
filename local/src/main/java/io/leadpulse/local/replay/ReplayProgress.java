package io.leadpulse.local.replay;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Tells a run of this JVM how far its reader is. A listener cannot travel with a job graph, but the embedded Flink runs
 * in the JVM that started it, so the reader looks its listener up by name. Read in another JVM, nobody is told.
 */
final class ReplayProgress implements AutoCloseable {
    private static final Map<String, LongConsumer> LISTENERS = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();

    /** Begins to tell {@code listener} how many bytes were read since the last call. */
    ReplayProgress(LongConsumer listener) {
        LISTENERS.put(name, listener);
    }

    /** The name by which a reader finds this listener. */
    String name() {
        return name;
    }

    /** The listener with this name; one that does nothing when there is none. */
    static LongConsumer listener(String name) {
        return LISTENERS.getOrDefault(name, bytes -> {});
    }

    @Override
    public void close() {
        LISTENERS.remove(name);
    }
}
