package io.leadpulse.bench.agent;

/** An engine as its process runs it. */
public interface EngineProgram {
    /**
     * Begins to read the topics from their beginning if its folder is empty; else it goes on where the process ended, or was
     * killed, that left there what it finds. Returns when it has begun, or runs until it is closed.
     */
    void start(Order order) throws Exception;

    /** What it knows of itself, as JSON without line breaks; called from another thread at any time after the beginning. */
    default String stats() {
        return "{}";
    }

    /** Ends it; called from another thread. */
    void close() throws Exception;
}
