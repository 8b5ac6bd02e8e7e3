package io.leadpulse.bench.engine;

import java.io.IOException;
import java.nio.file.Path;

/** An engine that was started and has not yet begun. */
public interface RunningEngine extends AutoCloseable {
    /** Tells it to begin. */
    void go() throws IOException;

    /** Processor time of the whole process until now, nanoseconds, by its own accounting. */
    long cpuNanos() throws IOException, InterruptedException;

    /** What it knows of itself, as JSON; nothing where it knows nothing. */
    default String stats() throws IOException, InterruptedException {
        return "{}";
    }

    /** Whether it has not ended by itself. */
    boolean isAlive();

    /** Where its log is, for messages. */
    Path log();

    /** Ends it in order; that it cannot be is an error. */
    void stop() throws IOException, InterruptedException;

    /** Ends it by force, if it still runs, and returns when it is gone. */
    @Override
    void close();

    /** Starts engines. */
    interface Starter {
        /**
         * Starts one and waits until it can begin.
         *
         * @param folder a folder of its own for this run, which is made; one in which it was started before, to go on from there
         * @throws IOException if it cannot be started
         */
        RunningEngine start(Engine engine, Path folder) throws IOException, InterruptedException;
    }
}
