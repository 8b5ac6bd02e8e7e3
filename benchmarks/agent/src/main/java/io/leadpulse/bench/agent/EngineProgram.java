package io.leadpulse.bench.agent;

/** An engine as its process runs it. */
public interface EngineProgram {
    /**
     * Begins to read the topics from their beginning, with nothing remembered of any earlier run. Returns when it has begun, or
     * runs until it is closed.
     */
    void start(Order order) throws Exception;

    /** Ends it; called from another thread. */
    void close() throws Exception;
}
